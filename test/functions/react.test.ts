import { AuthorizeSecurityGroupIngressCommand, EC2Client } from '@aws-sdk/client-ec2';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { checks } from '../../checks/registry.ts';
import { startLocalAws } from '../../emulator/local-aws.ts';
import { exampleRecord } from '../checks/activity/example-event.ts';
import { collect } from '../findings/samples.ts';
import { messageId, queueEvent } from './events.ts';
import { HUB, hubAccount, type LocalHub, openLocalHub, REGION } from './local-hub.ts';

const CHECK = 'ec2-security-group-admin-ports-closed';
const SECRET = 'nobody else’s business';

const aws = await startLocalAws({ regions: [REGION] });
let hub: LocalHub;
let groupId: string;

beforeAll(async () => {
  const described = hubAccount().subnet('front', { public: true }).securityGroup('web');
  const idOf = await aws.seed(described.instance('web', { subnet: 'front', public: true, groups: ['web'] }));
  groupId = idOf('security-group', 'web');
  const open = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0', Description: SECRET }] };
  await new EC2Client(aws.client(HUB, REGION)).send(new AuthorizeSecurityGroupIngressCommand({ GroupId: groupId, IpPermissions: [open] }));
  hub = await openLocalHub(aws, { checks: Object.fromEntries(checks.map(({ id }) => [id, { enabled: id === CHECK }])) });
});

beforeEach(async () => {
  aws.faults.clear();
  aws.calls.reset();
  await hub.restore([]);
});

afterAll(async () => {
  await hub?.stop();
  await aws.stop();
});

/** As EventBridge puts it in the queue. */
function delivered(change: object = {}): object {
  const eventTime = `${new Date().toISOString().slice(0, 19)}Z`;
  const detail = exampleRecord({
    ...{ eventSource: 'ec2.amazonaws.com', eventName: 'AuthorizeSecurityGroupIngress', eventTime },
    ...{ awsRegion: REGION, recipientAccountId: HUB, requestParameters: { groupId, note: SECRET } },
    ...change,
  });
  return { source: 'aws.ec2', 'detail-type': 'AWS API Call via CloudTrail', account: HUB, region: REGION, detail };
}

const react = (...bodies: readonly (object | string)[]) => hub.functions.react.invoke(queueEvent(...bodies));
const failed = (...indexes: readonly number[]) => ({ batchItemFailures: indexes.map((index) => ({ itemIdentifier: messageId(index) })) });
const findings = () => collect(hub.store.findings({ accountId: HUB, region: REGION }));

function lines() {
  return hub.functions.react.log().flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : []));
}

async function waiting(): Promise<number> {
  const asked = new GetQueueAttributesCommand({ QueueUrl: hub.queue, AttributeNames: ['ApproximateNumberOfMessagesDelayed'] });
  const { Attributes } = await new SQSClient(aws.client(HUB, REGION)).send(asked);
  return Number(Attributes?.ApproximateNumberOfMessagesDelayed);
}

describe('an event', () => {
  test('is judged, and so is what it touched; a second look is put in line', async () => {
    const before = await waiting();
    expect(await react(delivered())).toEqual(failed());
    expect(await findings()).toMatchObject([
      {
        checkId: CHECK,
        unannounced: true,
        history: [{ kind: 'opened', cause: { actor: { name: 'ana' }, eventSource: 'ec2.amazonaws.com' } }],
      },
    ]);
    expect(await waiting()).toBe(before + 1);
    const told = lines();
    expect(told.findLast(({ message }) => message === 'react')).toMatchObject({ messages: 1, events: 1, looked: 1, opened: 1, failed: 0 });
    expect(told.at(-1)).toMatchObject({ DetectionSeconds: expect.any(Number) });
    expect(hub.functions.react.log().filter((line) => line.includes(SECRET) || line.includes(groupId))).toEqual([]);
  });

  test('that comes again finds everything done, and an account is entered once in a while', async () => {
    const event = delivered();
    await react(event);
    const before = await findings();
    await react(event);
    expect(await findings()).toEqual(before);
    expect(aws.calls.list({ operation: 'AssumeRole' }).length).toBeLessThanOrEqual(1);
  });

  test('of an account that nobody audits is looked into no further', async () => {
    expect(await react(delivered({ recipientAccountId: '999999999999' }))).toEqual(failed());
    expect(aws.calls.list({ service: 'ec2' })).toEqual([]);
    expect(aws.calls.list({ operation: 'AssumeRole' })).toEqual([]);
  });

  test('of our own audit is a sign of life', async () => {
    const arn = `arn:aws:iam::${HUB}:role/cloud-posture-audit`;
    const userIdentity = { type: 'AssumedRole', accountId: HUB, sessionContext: { sessionIssuer: { type: 'Role', arn } } };
    expect(await react(delivered({ eventName: 'DescribeSecurityGroups', userIdentity }))).toEqual(failed());
    const { items } = await hub.kept();
    expect(items.map(({ pk }) => pk?.S)).toEqual([expect.stringContaining('HEARTBEAT')]);
  });

  test('that cannot be looked into now comes again, and then is', async () => {
    const mend = aws.faults.add({ service: 'ec2', operation: 'DescribeSecurityGroups', kind: 'throttled' });
    await expect(react(delivered())).rejects.toMatchObject({ name: 'FullBatchFailureError' });
    mend();
    expect(await react(delivered())).toEqual(failed());
    expect(await findings()).toHaveLength(1);
  });

  test('that we are not allowed to look into is set aside, and the log says what is missing', async () => {
    aws.faults.add({ service: 'ec2', operation: 'DescribeSecurityGroups', kind: 'access-denied' });
    expect(await react(delivered())).toEqual(failed());
    expect(lines().findLast(({ outcome }) => outcome === 'blind')).toMatchObject({
      ...{ level: 'WARN', account: HUB, region: REGION, type: 'AWS::EC2::SecurityGroup', operation: 'ec2:DescribeSecurityGroups' },
      permissions: ['ec2:DescribeSecurityGroups'],
    });
  });
});

describe('a message that is none', () => {
  const POISON = ['', 'no JSON', '[]', '7', 'null', '{"again":[]}', '{"again":[{"touch":1}]}', { again: SECRET }];

  test('fails alone, and the others go on', async () => {
    expect(await react(...POISON, delivered())).toEqual(failed(...POISON.keys()));
    expect(await findings()).toHaveLength(1);
    expect(hub.functions.react.log().filter((line) => line.includes(SECRET))).toEqual([]);
  });

  test('counts as an error of the function when there is nothing else', async () => {
    await expect(react('no JSON')).rejects.toMatchObject({ name: 'FullBatchFailureError' });
  });

  test('of a partner of EventBridge is not judged, whatever record of CloudTrail it looks like', async () => {
    const forged = { ...delivered(), source: 'aws.partner/example.com/orders' };
    expect(await react(forged)).toEqual(failed());
    expect(await findings()).toEqual([]);
    expect(lines()).toContainEqual(expect.objectContaining({ message: 'react', outcome: 'not of AWS' }));
  });

  test('does not take an odd record for poison: what can be judged of it is', async () => {
    expect(
      await react({}, { detail: { eventName: 7 }, 'detail-type': '' }, delivered({ requestParameters: 7, recipientAccountId: [] })),
    ).toEqual(failed());
  });
});

test('when the table is gone every message comes again', async () => {
  aws.faults.add({ service: 'dynamodb', kind: 'access-denied' });
  await expect(react(delivered(), delivered({ eventID: 'another' }))).rejects.toThrow();
});
