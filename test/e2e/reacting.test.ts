import { DeleteSecurityGroupCommand, EC2Client, RevokeSecurityGroupIngressCommand } from '@aws-sdk/client-ec2';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import pLimit from 'p-limit';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Account, account } from '../../emulator/account.ts';
import type { LoggedCall } from '../../emulator/call-log.ts';
import { toServiceEvent } from '../../emulator/event-bridge.ts';
import type { Item } from '../../findings/dynamodb-items.ts';
import { queueEvent } from '../functions/events.ts';
import { deployWorld, findingsIn, HUB, HUB_REGION, type World } from './deployed-world.ts';
import { changeOf, happened, minuteLater, newsOf, OPENING, openUp, queue, recordOf, secondsAgo } from './happenings.ts';

const SHOP = '222233334444';
const NOBODYS = '999988887777';
const OTHER_REGION = 'us-east-1';
const REGIONS = [HUB_REGION, OTHER_REGION];
const CONFIG = `
accounts: ["${HUB}", "${SHOP}"]
regions: [${REGIONS.join(', ')}]
checks:
  activity-security-group-changed: { enabled: false }
`;
const OPEN = 'ec2-security-group-admin-ports-closed';
const REACHABLE = 'ec2-instance-admin-ports-unreachable';
const SILENT = 'cloudtrail-region-events-delivered';
const GROUPS = ['old', 'web', 'late', 'stack', 'crowd', 'beside', 'unheard'] as const;

let world: World;
/** What the audit role has asked at the first audit. */
let baseline: readonly LoggedCall[];

beforeAll(async () => {
  const accounts: [Account, Account] = [hubAccount(), shopAccount()];
  world = await deployWorld({ config: CONFIG, regions: REGIONS, accounts, members: [SHOP], unvalidated: true });
  await audit('baseline');
  baseline = world.aws.calls.list().filter(({ callerArn }) => callerArn.includes(':assumed-role/cloud-posture-audit/'));
  await newsOf(world);
}, 300_000);

afterAll(() => world?.stop());

/** What a test before this one has left unread. */
beforeEach(async () => void (await newsOf(world)));

/** All groups but the old one let nobody in yet. The server is in use, but has no way to the internet: that of groups is all there is to be told. */
function hubAccount(): Account {
  const hub = account(HUB, { region: HUB_REGION }).subnet('inside', { route: 'none' });
  for (const name of GROUPS) hub.securityGroup(name, name === 'old' ? { ingress: ['tcp 22 0.0.0.0/0'] } : {});
  return hub.instance('server', { subnet: 'inside', groups: GROUPS });
}

function shopAccount(): Account {
  return account(SHOP, { region: OTHER_REGION })
    .subnet('front', { public: true })
    .securityGroup('till')
    .instance('till', { subnet: 'front', public: true, groups: ['till'] });
}

async function audit(name: string, startTime?: string): Promise<void> {
  const { outcome } = await world.running.audit({ name, ...(startTime === undefined ? {} : { startTime }) });
  expect(outcome.status).toBe('SUCCEEDED');
  await world.running.deliver();
}

function groupOf(name: (typeof GROUPS)[number]): string {
  return world.aws.idOf(HUB, 'security-group', name);
}

/** As a message tells it of who did it and to what. */
function step(event: string, id: string, cause: object, more: object = {}) {
  return { type: 'finding', event, cause: { found: 'event', ...cause }, finding: { checkId: OPEN, resource: { id } }, ...more };
}

const ANA = { actor: { name: 'ana', kind: 'user', tool: 'cli', from: '198.51.100.7', accessKeyId: 'AKIAIOSFODNN7EXAMPLE' } };
const BEN = { type: 'IAMUser', arn: `arn:aws:iam::${HUB}:user/ben`, accountId: HUB, userName: 'ben' };

describe('a group that is opened to the internet', () => {
  test('is told in the same minute: who did it, how, how long ago, and what was before', async () => {
    const opening = await openUp(world, groupOf('web'));
    expect(await happened(world, opening)).toEqual([`arn:aws:sqs:${HUB_REGION}:${HUB}:cloud-posture-events`]);
    const cause = { ...ANA, eventId: opening.eventID, eventName: 'AuthorizeSecurityGroupIngress' };
    expect(await newsOf(world)).toMatchObject([step('opened', groupOf('web'), cause, { before: null, lagSeconds: expect.any(Number) })]);
  });

  test('is not told again when its event comes twice, late or out of order', async () => {
    const late = changeOf('AuthorizeSecurityGroupIngress', groupOf('web'), { eventTime: secondsAgo(900) });
    const later = changeOf('AuthorizeSecurityGroupIngress', groupOf('web'));
    await happened(world, later, late, late);
    expect(await minuteLater(world)).toBeGreaterThan(0);
    expect(await newsOf(world)).toEqual([]);
  });

  test('is told to be closed in the thread that told it to be open', async () => {
    const GroupId = groupOf('web');
    const finding = findingsIn(await world.items()).find(({ checkId, resource }) => checkId === OPEN && resource.id === GroupId);
    await new EC2Client(world.aws.client(HUB, HUB_REGION)).send(new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions: OPENING }));
    await happened(world, changeOf('RevokeSecurityGroupIngress', GroupId, { userIdentity: BEN }));
    const news = await newsOf(world);
    expect(news).toMatchObject([
      step('resolved', GroupId, { actor: { name: 'ben' } }, { resolution: 'passes now', before: { state: 'open', severity: 'HIGH' } }),
    ]);
    expect(news).toMatchObject([{ finding: { id: finding?.id } }]);
  });

  test('is told after a minute when the first look came too early to see it', async () => {
    const early = changeOf('AuthorizeSecurityGroupIngress', groupOf('late'));
    await happened(world, early);
    expect(await newsOf(world)).toEqual([]);
    await openUp(world, groupOf('late'));
    expect(await minuteLater(world)).toBeGreaterThan(0);
    expect(await newsOf(world)).toMatchObject([step('opened', groupOf('late'), { ...ANA, eventId: early.eventID })]);
  });

  test('is told just so when CloudFormation did it', async () => {
    const invokedBy = 'cloudformation.amazonaws.com';
    const opening = await openUp(world, groupOf('stack'));
    await happened(world, { ...opening, sourceIPAddress: invokedBy, userAgent: invokedBy, userIdentity: { ...BEN, invokedBy } });
    const actor = { name: 'ben', invokedBy, tool: 'cloudformation' };
    expect(await newsOf(world)).toMatchObject([step('opened', groupOf('stack'), { actor })]);
  });

  test('is told once, and costs a handful of questions, when a thousand events tell of it', async () => {
    const eventTime = secondsAgo(2);
    await openUp(world, groupOf('crowd'));
    const burst = Array.from({ length: 1_000 }, () => changeOf('AuthorizeSecurityGroupIngress', groupOf('crowd'), { eventTime }));
    const batches = Array.from({ length: 10 }, (_, index) => burst.slice(index * 100, (index + 1) * 100).map(toServiceEvent));
    world.aws.calls.reset();
    // As many at a time as the queue's mapping has.
    const outcomes = await pLimit(5).map(batches, (batch) => world.running.function('react').invoke(queueEvent(...batch)));
    expect(outcomes).toEqual(batches.map(() => ({ batchItemFailures: [] })));
    await happened(world);
    expect(await minuteLater(world)).toBeGreaterThan(0);
    expect(world.aws.calls.count({ operation: 'DescribeSecurityGroups' })['ec2:DescribeSecurityGroups']).toBeLessThanOrEqual(5 + 1);
    expect(await newsOf(world)).toMatchObject([step('opened', groupOf('crowd'), ANA)]);
  });

  test('is told in the account and region where it is, looked at by the role that is let in there, and so is the server that it opens', async () => {
    const id = world.aws.idOf(SHOP, 'security-group', 'till');
    world.aws.calls.reset();
    const reached = await happened(world, await openUp(world, id, { accountId: SHOP, region: OTHER_REGION }));
    expect(reached).toEqual([`arn:aws:sqs:${HUB_REGION}:${HUB}:cloud-posture-events`]);
    const looks = world.aws.calls.list({ service: 'ec2', operation: 'DescribeSecurityGroups' });
    const places = looks.map(({ accountId, region, callerArn }) => `${accountId} ${region} ${callerArn.split('/')[1]}`);
    expect(new Set(places)).toEqual(new Set([`${SHOP} ${OTHER_REGION} cloud-posture-audit`]));
    const where = { accountId: SHOP, region: OTHER_REGION };
    const server = world.aws.idOf(SHOP, 'instance', 'till');
    const told = (await newsOf(world)).flatMap((one) => (one.type === 'finding' ? [one] : []));
    expect(told.toSorted((one, other) => (one.finding.checkId < other.finding.checkId ? -1 : 1))).toMatchObject([
      {
        event: 'opened',
        cause: { ...where, ...ANA },
        finding: { checkId: REACHABLE, severity: 'CRITICAL', resource: { ...where, id: server } },
      },
      { event: 'opened', cause: { ...where, ...ANA }, finding: { checkId: OPEN, severity: 'HIGH', resource: { ...where, id } } },
    ]);
  });
});

test('a group that is deleted takes its findings with it', async () => {
  const GroupId = groupOf('old');
  await new EC2Client(world.aws.client(HUB, HUB_REGION)).send(new DeleteSecurityGroupCommand({ GroupId }));
  await happened(world, changeOf('DeleteSecurityGroup', GroupId, { requestParameters: { groupId: GroupId } }));
  expect(await newsOf(world)).toMatchObject([step('resolved', GroupId, ANA, { resolution: 'the resource is gone' })]);
  const left = findingsIn(await world.items()).filter(({ resource, state }) => resource.id === GroupId && state === 'open');
  expect(left).toEqual([]);
});

describe('what somebody does', () => {
  const signIn = () =>
    recordOf({
      ...{ eventSource: 'signin.amazonaws.com', eventName: 'ConsoleLogin', eventType: 'AwsConsoleSignIn', awsRegion: OTHER_REGION },
      userIdentity: { type: 'Root', principalId: HUB, arn: `arn:aws:iam::${HUB}:root`, accountId: HUB },
      responseElements: { ConsoleLogin: 'Success' },
      additionalEventData: { MFAUsed: 'No', LoginTo: 'https://console.aws.amazon.com/console/home' },
    });
  const stopLogging = (more: object = {}) =>
    recordOf({
      ...{ eventSource: 'cloudtrail.amazonaws.com', eventName: 'StopLogging', requestParameters: { name: 'main' } },
      ...{ errorCode: 'AccessDenied', errorMessage: 'not authorized to perform: cloudtrail:StopLogging', ...more },
    });
  const disableRule = () =>
    recordOf({
      ...{ eventSource: 'events.amazonaws.com', eventName: 'DisableRule' },
      requestParameters: { name: 'cloud-posture-events-changes-1', eventBusName: 'default' },
    });

  test.each([
    ['as root', 'activity-root-signed-in', { severity: 'CRITICAL' }, signIn],
    ['that was refused', 'activity-cloudtrail-tampered', { severity: 'HIGH' }, stopLogging],
    ['to our own rules', 'activity-own-deployment-tampered', { severity: 'CRITICAL' }, disableRule],
  ])('%s is told at once, and once', async (_what, checkId, activity, record) => {
    const done = record();
    await happened(world, done, done);
    expect(await newsOf(world)).toMatchObject([{ type: 'activity', activity: { checkId, ...activity }, event: { id: done.eventID } }]);
  });

  test('to our own rules is told to the operators by rules alone, too', async () => {
    const reached = await happened(world, disableRule());
    expect(reached).toContain(`arn:aws:sns:${HUB_REGION}:${HUB}:cloud-posture-operations`);
    await newsOf(world);
  });

  test('in an account that nobody audits is told, and not looked into', async () => {
    world.aws.calls.reset();
    const opening = changeOf('AuthorizeSecurityGroupIngress', groupOf('beside'), { recipientAccountId: NOBODYS });
    const refused = stopLogging({ recipientAccountId: NOBODYS });
    await queue(world, ...[opening, refused].map((record) => JSON.stringify(toServiceEvent(record))));
    await happened(world);
    expect(await newsOf(world)).toMatchObject([{ type: 'activity', event: { accountId: NOBODYS } }]);
    expect(world.aws.calls.list({ service: 'ec2' })).toEqual([]);
  });
});

async function lengthOf(QueueUrl: string): Promise<number> {
  const sqs = new SQSClient(world.aws.client(HUB, HUB_REGION));
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
  return Number(Attributes?.ApproximateNumberOfMessages) + Number(Attributes?.ApproximateNumberOfMessagesNotVisible);
}

test('a message that is none is set aside in the end, and its neighbours are judged', async () => {
  const { eventsUrl } = world.running.deployment;
  await queue(world, '{"detail": ');
  await happened(world, await openUp(world, groupOf('beside')));
  expect(await newsOf(world)).toMatchObject([step('opened', groupOf('beside'), ANA)]);
  expect(await lengthOf(eventsUrl)).toBe(0);
  expect(await lengthOf(eventsUrl.replace('cloud-posture-events', 'cloud-posture-undelivered'))).toBe(1);
});

describe('the next audit', () => {
  let unheard: Awaited<ReturnType<typeof openUp>>;
  let news: Awaited<ReturnType<typeof newsOf>>;

  beforeAll(async () => {
    await happened(
      world,
      recordOf({ ...IAM, eventName: 'DetachRolePolicy', requestParameters: { roleName: 'app', policyArn: READ_ONLY } }),
    );
    expect(await newsOf(world)).toEqual([]);
    // The audit before was an hour ago, and all regions but one have told of it.
    await world.restore((await world.items()).map(anHourOlder));
    await happened(world, ...heartbeats());
    unheard = await openUp(world, groupOf('unheard'));
    world.aws.log(HUB, { record: unheard, resources: [groupOf('unheard')] });
    // By then all that was seen until now has been kept.
    await audit('second', new Date(Date.now() + 2 * MINUTE).toISOString());
    news = await newsOf(world);
  });

  test('finds a region whose events stay away, and none that was heard', async () => {
    expect(news.filter((one) => one.type === 'finding' && one.finding.checkId === SILENT)).toMatchObject([
      { event: 'opened', finding: { resource: { accountId: HUB, region: HUB_REGION } } },
    ]);
    expect(findingsIn(await world.items()).filter(({ checkId, state }) => checkId === SILENT && state === 'open')).toHaveLength(1);
  });

  test('tells who is probably behind what no event has told', () => {
    const opened = news.filter((one) => one.type === 'finding' && one.finding.checkId === OPEN);
    expect(opened).toMatchObject([step('opened', groupOf('unheard'), { ...ANA, found: 'lookup', eventId: unheard.eventID })]);
  });

  test('counts in its digest what somebody did that was not urgent', () => {
    const digests = news.filter(({ type }) => type === 'digest');
    expect(digests).toHaveLength(1);
    const changed = { checkId: 'activity-iam-policy-changed', accountId: HUB, severity: 'MEDIUM' };
    expect(digests).toMatchObject([{ activities: { counts: expect.arrayContaining([expect.objectContaining(changed)]) } }]);
  });
});

const IAM = { eventSource: 'iam.amazonaws.com', awsRegion: OTHER_REGION };
const READ_ONLY = 'arn:aws:iam::aws:policy/ReadOnlyAccess';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function anHourOlder(item: Item): Item {
  const { pk, seenAt } = item;
  return pk === 'SCOPE' && typeof seenAt === 'string' ? { ...item, seenAt: new Date(Date.parse(seenAt) - HOUR).toISOString() } : item;
}

/** All that an audit has asked comes back as events, except from the hub's own region. */
function heartbeats() {
  const asked = baseline.filter(({ accountId, region }) => accountId === SHOP || region === OTHER_REGION);
  const one = new Map(asked.map((call) => [`${call.accountId} ${call.region} ${call.name}`, call]));
  return [...one.values()].map(({ service, operation, accountId, region }) =>
    recordOf({
      ...{ eventSource: `${service}.amazonaws.com`, eventName: operation, awsRegion: region, recipientAccountId: accountId },
      ...{ eventTime: secondsAgo(3_500), readOnly: true },
      userIdentity: auditRole(accountId),
    }),
  );
}

function auditRole(accountId: string): object {
  const arn = `arn:aws:iam::${accountId}:role/cloud-posture-audit`;
  const sessionIssuer = { type: 'Role', arn, accountId, userName: 'cloud-posture-audit' };
  return { type: 'AssumedRole', accountId, arn: arn.replace(':role', ':assumed-role'), sessionContext: { sessionIssuer } };
}
