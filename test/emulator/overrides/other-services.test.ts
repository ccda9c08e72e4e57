import { AccountClient, GetAlternateContactCommand, GetContactInformationCommand } from '@aws-sdk/client-account';
import {
  CloudTrailClient,
  GetEventSelectorsCommand,
  GetTrailCommand,
  GetTrailStatusCommand,
  ListTrailsCommand,
  LookupEventsCommand,
  type LookupEventsCommandInput,
} from '@aws-sdk/client-cloudtrail';
import { DescribeInstanceInformationCommand, DescribeInstancePatchStatesCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { account } from '../../../emulator/account.ts';
import { startLocalAws } from '../../../emulator/local-aws.ts';
import { nameOf } from '../error-of.ts';

const ID = '111122223333';
const now = new Date('2026-06-01T12:00:00Z');

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const aws = await startLocalAws({ regions: ['us-east-1', 'eu-west-1'] });
const idOf = await aws.seed(
  account(ID, { now })
    .root({
      events: [
        { name: 'ConsoleLogin', at: 2 },
        { name: 'CreateUser', source: 'iam.amazonaws.com', at: 1 },
        { name: 'RunInstances', at: 3, region: 'eu-west-1' },
      ],
    })
    .contacts({ primary: true, security: true })
    .bucket('log-bucket')
    .trail('main', {
      bucket: 'log-bucket',
      multiRegion: true,
      validation: true,
      deliveryError: 'NoSuchBucket',
      lastDelivery: 0.01,
      organization: true,
    })
    .trail('ireland', {
      bucket: 'log-bucket',
      region: 'eu-west-1',
      logging: false,
      selectors: [{ ReadWriteType: 'WriteOnly', IncludeManagementEvents: true }],
    })
    .instance('managed', { os: { name: 'Ubuntu', version: '24.04' }, patches: { missing: 3, operation: 'Install', ended: 2 } })
    .instance('lost', { os: { name: 'Amazon Linux', version: '2', ping: 'ConnectionLost' } })
    .instance('unmanaged')
    .instance('ended', { state: 'terminated', os: { name: 'Ubuntu', version: '24.04' } }),
);

afterAll(() => aws.stop());

describe('SSM', () => {
  it('knows the managed instances', async () => {
    const { InstanceInformationList } = await new SSMClient(aws.client(ID)).send(
      new DescribeInstanceInformationCommand({ MaxResults: 50 }),
    );
    expect(InstanceInformationList).toMatchObject([
      {
        InstanceId: idOf('instance', 'managed'),
        PingStatus: 'Online',
        PlatformName: 'Ubuntu',
        PlatformVersion: '24.04',
        PlatformType: 'Linux',
      },
      { InstanceId: idOf('instance', 'lost'), PingStatus: 'ConnectionLost' },
    ]);
  });

  it('knows none where there are none', async () => {
    const { InstanceInformationList } = await new SSMClient(aws.client(ID, 'eu-west-1')).send(new DescribeInstanceInformationCommand({}));
    expect(InstanceInformationList).toEqual([]);
  });

  it('has patch states of the instances that have one', async () => {
    const InstanceIds = [idOf('instance', 'managed'), idOf('instance', 'lost')];
    const { InstancePatchStates } = await new SSMClient(aws.client(ID)).send(new DescribeInstancePatchStatesCommand({ InstanceIds }));
    expect(InstancePatchStates).toMatchObject([
      {
        InstanceId: InstanceIds[0],
        MissingCount: 3,
        FailedCount: 0,
        Operation: 'Install',
        OperationEndTime: new Date('2026-05-30T12:00:00Z'),
      },
    ]);
  });

  it('does not take more than 50 ids', async () => {
    const InstanceIds = Array.from({ length: 51 }, (_, index) => `i-${index}`);
    expect(await nameOf(new SSMClient(aws.client(ID)).send(new DescribeInstancePatchStatesCommand({ InstanceIds })))).toBe(
      'ValidationException',
    );
  });
});

describe('LookupEvents', () => {
  const lookUp = async (region: string, input: LookupEventsCommandInput) =>
    (await new CloudTrailClient(aws.client(ID, region)).send(new LookupEventsCommand(input))).Events;
  const byRoot = { LookupAttributes: [{ AttributeKey: 'Username' as const, AttributeValue: 'root' }] };

  it('gives the events of root in each region, newest first', async () => {
    expect(await lookUp('us-east-1', byRoot)).toMatchObject([
      { EventName: 'CreateUser', EventSource: 'iam.amazonaws.com', Username: 'root', EventTime: new Date('2026-05-31T12:00:00Z') },
      { EventName: 'ConsoleLogin', EventSource: 'signin.amazonaws.com' },
    ]);
    expect((await lookUp('eu-west-1', byRoot))?.map(({ EventName }) => EventName)).toEqual(['RunInstances']);
  });

  it('keeps to the time that was asked for', async () => {
    const events = await lookUp('us-east-1', { ...byRoot, StartTime: new Date('2026-05-31T00:00:00Z'), EndTime: now });
    expect(events?.map(({ EventName }) => EventName)).toEqual(['CreateUser']);
  });

  it('gives nothing of others', async () => {
    expect(await lookUp('us-east-1', { LookupAttributes: [{ AttributeKey: 'Username', AttributeValue: 'alice' }] })).toEqual([]);
  });
});

describe('trails', () => {
  const main = `arn:aws:cloudtrail:us-east-1:${ID}:trail/main`;
  const cloudtrail = (region = 'us-east-1') => new CloudTrailClient(aws.client(ID, region));

  it.each(['us-east-1', 'eu-west-1'])('are all listed, in %s too', async (region) => {
    const { Trails } = await cloudtrail(region).send(new ListTrailsCommand({}));
    expect(Trails?.map(({ Name, HomeRegion }) => [Name, HomeRegion]).sort()).toEqual([
      ['ireland', 'eu-west-1'],
      ['main', 'us-east-1'],
    ]);
  });

  it('are as described', async () => {
    const { Trail } = await cloudtrail().send(new GetTrailCommand({ Name: main }));
    expect(Trail).toMatchObject({
      IsMultiRegionTrail: true,
      LogFileValidationEnabled: true,
      IsOrganizationTrail: true,
      S3BucketName: 'log-bucket',
    });
  });

  it('deliver, or do not', async () => {
    expect(await cloudtrail().send(new GetTrailStatusCommand({ Name: main }))).toMatchObject({
      IsLogging: true,
      LatestDeliveryError: 'NoSuchBucket',
      LatestDeliveryTime: new Date('2026-06-01T11:45:36Z'),
    });
    expect(await cloudtrail('eu-west-1').send(new GetTrailStatusCommand({ Name: 'ireland' }))).toMatchObject({ IsLogging: false });
  });

  it('log all management events unless they have selectors', async () => {
    const { EventSelectors } = await cloudtrail().send(new GetEventSelectorsCommand({ TrailName: main }));
    expect(EventSelectors).toMatchObject([{ ReadWriteType: 'All', IncludeManagementEvents: true, ExcludeManagementEventSources: [] }]);
    const ireland = await cloudtrail('eu-west-1').send(new GetEventSelectorsCommand({ TrailName: 'ireland' }));
    expect(ireland.EventSelectors).toMatchObject([{ ReadWriteType: 'WriteOnly' }]);
  });
});

describe('contacts', () => {
  it('are there when they are described', async () => {
    const client = new AccountClient(aws.client(ID));
    expect((await client.send(new GetContactInformationCommand({}))).ContactInformation?.FullName).toBe('Example Person');
    expect((await client.send(new GetAlternateContactCommand({ AlternateContactType: 'SECURITY' }))).AlternateContact?.Name).toBe(
      'Security',
    );
  });

  it('are not there when they are not', async () => {
    const client = new AccountClient(aws.client('444455556666'));
    expect(await nameOf(client.send(new GetContactInformationCommand({})))).toBe('ResourceNotFoundException');
    expect(await nameOf(client.send(new GetAlternateContactCommand({ AlternateContactType: 'SECURITY' })))).toBe(
      'ResourceNotFoundException',
    );
  });
});
