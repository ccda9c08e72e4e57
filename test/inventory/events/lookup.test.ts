import { describe, expect, test } from 'vitest';
import { isUnread } from '../../../checks/predicates/logic.ts';
import { changeLookup, type SoughtChange } from '../../../inventory/events/lookup.ts';
import { sources } from '../../../inventory/registry.ts';
import type { ResourceIdentity } from '../../../inventory/resource.ts';
import { ACCOUNT, type Answer, fakeSession, type Input, pages, refused } from '../fake-session.ts';
import type { Raw } from './corpus.ts';
import { record } from './records.ts';

const UNTIL = new Date('2026-11-21T12:00:00Z');
const lookUp = changeLookup(sources);

const group: ResourceIdentity = {
  type: 'AWS::EC2::SecurityGroup',
  id: 'sg-1',
  arn: `arn:aws:ec2:eu-west-1:${ACCOUNT}:security-group/sg-1`,
  accountId: ACCOUNT,
  region: 'eu-west-1',
  partition: 'aws',
  tags: {},
};

function change(resource: Partial<ResourceIdentity>, facets: readonly string[], more: Partial<SoughtChange> = {}): SoughtChange {
  return { resource: { ...group, ...resource }, facets, gone: false, until: UNTIL, ...more };
}

/** A page of the history with these records. */
const page = (...records: readonly Raw[]) => ({ Events: records.map((raw) => ({ CloudTrailEvent: JSON.stringify(raw) })) });

async function find(sought: SoughtChange, answer: Answer, maySend = () => true) {
  const { session, sent } = fakeSession({ 'cloudtrail:LookupEvents': answer });
  const found = await lookUp(session, sought, maySend);
  return { found: found?.id, sent, session };
}

const opened = record({ eventID: 'opened', requestParameters: { groupId: 'sg-1' } });
const closed = record({ eventID: 'closed', eventName: 'RevokeSecurityGroupEgress', requestParameters: { groupId: 'sg-1' } });
const deleted = record({ eventID: 'deleted', eventName: 'DeleteSecurityGroup', requestParameters: { groupId: 'sg-1' } });

describe('the change that is found', () => {
  test('is the newest event that touched the resource and one of the facets', async () => {
    const other = record({ eventID: 'other', requestParameters: { groupId: 'sg-2' } });
    const failed = record({ ...opened, eventID: 'failed', errorCode: 'Client.UnauthorizedOperation' });
    const earlier = record({ ...opened, eventID: 'earlier' });
    const { found } = await find(change({}, ['ingress']), page(other, failed, deleted, closed, opened, earlier));
    expect(found).toBe('opened');
  });

  test('may stand on a later page', async () => {
    expect((await find(change({}, ['ingress']), pages(page(closed), page(), page(opened)))).found).toBe('opened');
  });

  test('of a resource that is gone is its deletion', async () => {
    expect((await find(change({}, ['ingress'], { gone: true }), page(deleted, opened))).found).toBe('deleted');
  });

  test('is none where none fits, and where records make no sense', async () => {
    const answer = { Events: [{ CloudTrailEvent: 'no JSON' }, { CloudTrailEvent: '[]' }, {}, { CloudTrailEvent: JSON.stringify(closed) }] };
    expect((await find(change({}, ['ingress']), answer)).found).toBeUndefined();
  });
});

describe('what CloudTrail is asked', () => {
  const asked = ({ LookupAttributes }: Input) => {
    const [attribute] = Array.isArray(LookupAttributes) ? LookupAttributes : [];
    return `${attribute.AttributeKey} ${attribute.AttributeValue}`;
  };
  const question = async (sought: SoughtChange) =>
    (await find(sought, page())).sent.map(({ region, input }) => `${region} ${asked(input)}`);

  test.each<[string, SoughtChange, readonly string[]]>([
    [
      'a resource by its id and then its ARN, in its region',
      change({}, ['ingress']),
      ['eu-west-1 ResourceName sg-1', `eu-west-1 ResourceName ${group.arn}`],
    ],
    [
      'a global one in the global region',
      change({ type: 'AWS::IAM::User', id: 'ana', arn: 'arn:user/ana', region: 'global' }, ['policies']),
      ['us-east-1 ResourceName ana', 'us-east-1 ResourceName arn:user/ana'],
    ],
    [
      'a policy by its ARN first, as requests name it',
      change({ type: 'AWS::IAM::ManagedPolicy', id: 'p', arn: 'arn:policy/p', region: 'global' }, ['document']),
      ['us-east-1 ResourceName arn:policy/p', 'us-east-1 ResourceName p'],
    ],
    [
      'the settings of a region by the names of their events',
      change({ type: 'AWS::EC2::RegionSettings', id: 'eu-west-1' }, ['ebsEncryptionByDefault']),
      ['eu-west-1 EventName EnableEbsEncryptionByDefault', 'eu-west-1 EventName DisableEbsEncryptionByDefault'],
    ],
    [
      'those of an account likewise',
      change({ type: 'AWS::Organizations::Account', id: ACCOUNT, region: 'global' }, ['passwordPolicy']),
      ['us-east-1 EventName UpdateAccountPasswordPolicy', 'us-east-1 EventName DeleteAccountPasswordPolicy'],
    ],
    [
      'what concerns the root user by that name',
      change({ type: 'AWS::Organizations::Account', id: ACCOUNT, region: 'global' }, ['summary', 'rootCredentials']),
      ['us-east-1 Username root'],
    ],
  ])('%s', async (_title, sought, expected) => {
    expect(await question(sought)).toEqual(expected);
  });

  test('its history of 90 days', async () => {
    const { sent } = await find(change({}, ['ingress']), page(opened));
    expect(sent[0]?.input).toMatchObject({ StartTime: new Date('2026-08-23T12:00:00Z'), EndTime: UNTIL, MaxResults: 50 });
  });

  test('nothing of the time before the change can have happened', async () => {
    const since = new Date('2026-11-20T00:00:00Z');
    const { sent } = await find(change({}, ['ingress'], { since }), page(opened));
    expect(sent[0]?.input).toMatchObject({ StartTime: since });
  });

  test('a few pages of each', async () => {
    const { sent } = await find(change({}, ['ingress']), pages(...Array.from({ length: 9 }, () => page(closed))));
    expect(sent).toHaveLength(8);
  });

  test('no more than it may be', async () => {
    let left = 3;
    const { sent, found } = await find(
      change({}, ['ingress']),
      pages(...Array.from({ length: 9 }, () => page(closed))),
      () => (left -= 1) >= 0,
    );
    expect(sent).toHaveLength(3);
    expect(found).toBeUndefined();
  });

  test('of two settings events the newer counts', async () => {
    const settings = change({ type: 'AWS::EC2::RegionSettings', id: 'eu-west-1' }, ['ebsEncryptionByDefault']);
    const answer = (input: Input) =>
      asked(input).endsWith('DisableEbsEncryptionByDefault')
        ? page(record({ eventID: 'newer', eventName: 'DisableEbsEncryptionByDefault', eventTime: '2026-11-21T09:00:00Z' }))
        : page(record({ eventID: 'older', eventName: 'EnableEbsEncryptionByDefault', eventTime: '2026-11-21T08:00:00Z' }));
    expect((await find(settings, answer)).found).toBe('newer');
  });
});

test('a refusal is thrown, and is no gap in what the audit has seen', async () => {
  const { session } = fakeSession({
    'cloudtrail:LookupEvents': () => {
      throw refused('AccessDeniedException');
    },
  });
  const error = await lookUp(session, change({}, ['ingress']), () => true).catch((thrown: unknown) => thrown);
  expect(isUnread(error) && error.reason).toMatchObject({ cause: 'denied', permissions: ['cloudtrail:LookupEvents'] });
  expect(session.coverage.gaps).toEqual([]);
});
