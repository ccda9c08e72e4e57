import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DeleteSecurityGroupCommand,
  EC2Client,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { checks } from '../../checks/registry.ts';
import { account } from '../../emulator/account.ts';
import { startLocalAws } from '../../emulator/local-aws.ts';
import type { Arrival, CausedTouch } from '../../findings/arrival.ts';
import { openReactionStore } from '../../findings/dynamodb-reaction-store.ts';
import { openDynamoDbStore } from '../../findings/dynamodb-store.ts';
import { tableDefinition } from '../../findings/dynamodb-table.ts';
import { ready } from '../../findings/evaluate.ts';
import { react } from '../../findings/react.ts';
import type { ReactionStore } from '../../findings/reaction-store.ts';
import type { FindingStore } from '../../findings/store.ts';
import { CoverageLog } from '../../inventory/coverage.ts';
import { touchIndex } from '../../inventory/events/touches.ts';
import { sources } from '../../inventory/registry.ts';
import { openSession, type Session } from '../../inventory/session.ts';
import { exampleEvent } from '../checks/activity/example-event.ts';
import { collect } from './samples.ts';

const ACCOUNT = '111122223333';
const REGION = 'eu-west-1';
const SCOPE = { accountId: ACCOUNT, region: REGION };
const CHECK = 'ec2-security-group-admin-ports-closed';
const SSH = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] };

const aws = await startLocalAws({ regions: [REGION] });
const ec2 = new EC2Client(aws.client(ACCOUNT, REGION));
const table = { table: 'posture', region: REGION };
let session: Session;
let store: FindingStore;
let reactions: ReactionStore;
let GroupId: string;
let again: CausedTouch[][] = [];
let groups = 0;

beforeAll(async () => {
  await aws.seed(account(ACCOUNT, { region: REGION }));
  Object.assign(process.env, aws.environment(ACCOUNT, REGION));
  await new DynamoDBClient(aws.client(ACCOUNT, REGION)).send(new CreateTableCommand(tableDefinition(table.table)));
  session = await openSession({ region: REGION });
  store = await openDynamoDbStore(table);
  reactions = await openReactionStore(table);
});

beforeEach(async () => {
  const created = await ec2.send(new CreateSecurityGroupCommand({ GroupName: `group-${groups++}`, Description: 'of a test' }));
  GroupId = created.GroupId ?? '';
  again = [];
});

afterAll(() => aws.stop());

/** An event of some seconds ago on the group of the test. */
function event(eventName: string, { ago = 2, n = 0 } = {}): Arrival {
  const eventTime = `${new Date(Date.now() - ago * 1_000).toISOString().slice(0, 19)}Z`;
  const eventID = `${GroupId}-${eventName}-${ago}-${n}`;
  const ipPermissions = { items: [{ ipProtocol: 'tcp', fromPort: 22, toPort: 22, ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] } }] };
  const requestParameters = { groupId: GroupId, ipPermissions };
  return {
    messageId: eventID,
    event: exampleEvent({ eventSource: 'ec2.amazonaws.com', eventName, eventTime, eventID, requestParameters }),
  };
}

/** Some seconds later than it is. */
function reactTo(arrivals: readonly Arrival[], later = 0) {
  const now = () => new Date(Date.now() + later * 1_000);
  return react(arrivals, {
    ...{ sources, store, reactions, now },
    checks: checks.filter(({ id }) => id === CHECK).map((check) => ready(check, now())),
    judge: () => [],
    keep: async () => [],
    touchesOf: touchIndex(sources),
    isHeartbeat: () => false,
    isAudited: () => true,
    enter: async () => ({ ...session, coverage: new CoverageLog() }),
    leave: () => undefined,
    outOfTime: () => false,
    lookAgain: async (touches) => void again.push([...touches]),
  });
}

const open = () => ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [SSH] }));
const close = () => ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions: [SSH] }));

async function found() {
  const findings = await collect(store.findings(SCOPE));
  return findings.find(({ checkId, resource }) => checkId === CHECK && resource.id === GroupId);
}

const describes = () => aws.calls.list({ service: 'ec2', operation: 'DescribeSecurityGroups' }).length;

describe('a security group', () => {
  test('that is opened, closed, opened and deleted has a name at each step', async () => {
    await open();
    expect(await reactTo([event('AuthorizeSecurityGroupIngress')])).toMatchObject({ blind: [], transitions: { opened: 1 } });
    expect((await found())?.state).toBe('open');
    await close();
    await reactTo([event('RevokeSecurityGroupIngress', { ago: -8 })], 10);
    expect((await found())?.state).toBe('resolved');
    await open();
    await reactTo([event('AuthorizeSecurityGroupIngress', { ago: -18 })], 20);
    await ec2.send(new DeleteSecurityGroupCommand({ GroupId }));
    const { failures } = await reactTo([event('DeleteSecurityGroup', { ago: -28 })], 30);
    expect([...failures.values()]).toEqual([]);
    expect((await found())?.history).toMatchObject([
      { kind: 'opened', cause: { eventName: 'AuthorizeSecurityGroupIngress', actor: { name: 'ana' } } },
      { kind: 'resolved', cause: { eventName: 'RevokeSecurityGroupIngress' } },
      { kind: 'reopened', cause: { eventName: 'AuthorizeSecurityGroupIngress' } },
      { kind: 'resolved', reason: 'the resource is gone', cause: { eventName: 'DeleteSecurityGroup' } },
    ]);
  });

  test('that a thousand events touch is described a handful of times, and each transition is saved once', async () => {
    await open();
    const events = Array.from({ length: 1_000 }, (_, n) => event('AuthorizeSecurityGroupIngress', { ago: 5 + (n % 5), n }));
    const batches = Array.from({ length: 10 }, (_, n) => events.slice(n * 100, n * 100 + 100));
    aws.calls.reset();
    const together = await Promise.all(batches.slice(0, 3).map((batch) => reactTo(batch)));
    const after = [];
    for (const batch of batches.slice(3)) after.push(await reactTo(batch));
    const seconds = again.map((touches, n) => ({ messageId: `again-${n}`, again: touches }));
    const looks = [await reactTo(seconds.slice(0, 5), 60), await reactTo(seconds.slice(5), 61), await reactTo(seconds, 62)];
    const all = [...together, ...after, ...looks];
    expect(all.flatMap(({ failures }) => [...failures.values()])).toEqual([]);
    expect(all.reduce((sum, { transitions }) => sum + transitions.opened, 0)).toBe(1);
    expect(await found()).toMatchObject({ version: 1, history: [{ kind: 'opened' }] });
    expect(describes()).toBeLessThanOrEqual(5);
  });
});
