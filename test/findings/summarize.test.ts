import { CreateTableCommand, DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { Severity } from '../../checks/check.ts';
import { startLocalAws } from '../../emulator/local-aws.ts';
import { openAuditStore } from '../../findings/dynamodb-audit-store.ts';
import { openReactionStore } from '../../findings/dynamodb-reaction-store.ts';
import { openDynamoDbStore } from '../../findings/dynamodb-store.ts';
import { tableDefinition } from '../../findings/dynamodb-table.ts';
import { kept } from './activity-samples.ts';
import { type DeployedAudits, deployedAudits, type Members, minor, minorShut, open, runIdAt, shut } from './deployed-audits.ts';
import { REGION, TYPES } from './fake-scope.ts';
import { at, collect, run } from './samples.ts';

const aws = await startLocalAws();
Object.assign(process.env, aws.environment());
const client = new DynamoDBClient({ region: REGION });
afterAll(async () => {
  client.destroy();
  await aws.stop();
});

let tables = 0;
let world: DeployedAudits;
beforeEach(async () => {
  const table = `posture-${(tables += 1)}`;
  await client.send(new CreateTableCommand(tableDefinition(table)));
  await waitUntilTableExists({ client, maxWaitTime: 30, minDelay: 0.05, maxDelay: 0.2 }, { TableName: table });
  const store = await openDynamoDbStore({ table, region: REGION });
  const audits = await openAuditStore({ table, region: REGION });
  const reactions = await openReactionStore({ table, region: REGION });
  world = deployedAudits(store, audits, reactions);
  return async () => {
    await store.close();
    await audits.close();
    await reactions.close();
  };
});

const [ONE, TWO, THREE] = ['111111111111', '222222222222', '333333333333'] as const;
const three: Members = {
  [ONE]: { things: [open('sg-1'), minor('acl-1')] },
  [TWO]: { things: [minor('acl-2')] },
  [THREE]: { things: [shut('sg-3')] },
};

const newest = () => world.told.at(-1);
const runOf = async (accountId: string, hour: number) =>
  (await collect(world.store.runs(accountId))).find(({ id }) => id === runIdAt(hour));

describe('the first audit', () => {
  test('tells what is open in all accounts in one digest', async () => {
    expect(await world.audit(1, three)).toEqual(['[HIGH][BASELINE] 3 accounts: 3 open, 1 HIGH']);
    expect(newest()).toMatchObject({ deduplicationId: `digest-${runIdAt(1)}`, attributes: { event: 'baseline' } });
    expect(newest()?.json).toMatchObject({
      run: { id: runIdAt(1), accountId: null, startedAt: at(1) },
      accounts: [
        { accountId: ONE, event: 'baseline', open: 2, openBySeverity: { HIGH: 1, LOW: 1 }, scopes: { planned: 2, seen: 2 }, refused: null },
        { accountId: TWO, open: 1, coverage: { resources: 1, evaluations: 1 } },
        { accountId: THREE, open: 0 },
      ],
    });
  });

  test('ends the run of each account, and keeps its posture of the day', async () => {
    await world.audit(1, three);
    expect(await runOf(ONE, 1)).toMatchObject({
      finishedAt: expect.any(String),
      digest: 'none',
      coverage: {
        ...{ resources: 2, evaluations: 2, unknown: 0, gaps: [], regionsNotEnabled: ['af-south-1'], regionsLeftOut: ['us-east-1'] },
        scopes: [{ region: 'global' }, { region: REGION, resources: 2 }],
        usage: { calls: 2, throttles: 0, milliseconds: expect.any(Number) },
      },
    });
    expect(await collect(world.audits.postures(ONE))).toEqual([
      {
        ...{ accountId: ONE, day: '2026-11-21', runId: runIdAt(1), resources: 2, evaluations: 2, unknown: 0 },
        counts: expect.objectContaining({ open: 2, opened: 2, resolved: 0, reopened: 0 }),
      },
    ]);
    expect(await world.audits.audit(runIdAt(1))).toMatchObject({ digest: 'sent', finishedAt: expect.any(String) });
  });

  test('comes to numbers for metrics', async () => {
    await world.scan(1, { ...three, '444444444444': { closed: 'always' } });
    expect(await world.summarize(1)).toEqual({
      ...{ runId: runIdAt(1), accounts: 4, accountsRefused: 1, scopes: 6, scopesFailed: 0 },
      ...{ resources: 4, evaluations: 4, unknown: 0, crashed: 0 },
      open: { CRITICAL: 0, HIGH: 1, MEDIUM: 0, LOW: 2, INFORMATIONAL: 0 },
      ...{ excepted: 0, lapsed: 0, opened: 3, resolved: 0, reopened: 0, calls: 6, throttles: 0 },
      ...{ durationSeconds: expect.any(Number), digest: 'published' },
    });
  });

  test('of a single account reads as one of the command line', async () => {
    expect(await world.audit(1, { [ONE]: three[ONE] ?? {} })).toEqual([`[HIGH][BASELINE] ${ONE}: 2 open, 1 HIGH`]);
    expect(newest()?.text.split('\n').slice(0, 4)).toEqual([
      `First audit of account ${ONE}: 2 open, 1 HIGH`,
      `Run ${runIdAt(1)}, begun 2026-11-21 01:00 UTC`,
      '2 resources, 2 verdicts, none unknown',
      'Begin at the top: "posture explain <check>" tells how.',
    ]);
    expect(newest()).toMatchObject({ thread: `digest-${ONE}`, attributes: { accountId: ONE }, json: { run: { accountId: ONE } } });
  });
});

describe('a later audit', () => {
  beforeEach(async () => {
    await world.audit(1, three);
    aws.calls.reset();
  });

  test('in which nothing changed tells nothing and writes no finding', async () => {
    await world.scan(2, three);
    aws.calls.reset();
    expect(await world.summarize(2)).toMatchObject({ digest: 'nothing to tell', opened: 0, open: { HIGH: 1, LOW: 2 } });
    // Three runs, three postures, the audit; and the turn given back.
    expect(aws.calls.count({ service: 'dynamodb' })).toMatchObject({ 'dynamodb:PutItem': 7, 'dynamodb:DeleteItem': 1 });
    expect(aws.calls.count({ operation: 'UpdateItem' })).toEqual({});
    expect(world.told).toHaveLength(1);
    expect(await world.audits.audit(runIdAt(2))).toMatchObject({ digest: 'sent' });
  });

  test('tells what changed, except for what is told alone', async () => {
    const changed = {
      ...three,
      [ONE]: { things: [open('sg-1'), open('sg-9'), minorShut('acl-1')] },
      [TWO]: { things: [minor('acl-2'), minor('acl-9')] },
    };
    expect(await world.audit(2, changed)).toEqual(['[LOW][DIGEST] 2 accounts: 1 opened, 1 resolved']);
    expect(newest()?.text).toContain(`acl-9, ${TWO}, eu-west-1: open`);
    expect(newest()?.text).not.toContain('sg-9');
    expect((await collect(world.store.unannounced(ONE))).map(({ resource }) => resource.id)).toEqual(['sg-9']);
    expect((await collect(world.audits.postures(ONE)))[0]?.counts).toMatchObject({ open: 2, opened: 1, resolved: 1 });
  });

  test('names a scope whose scan died, once, and leaves its findings as they are', async () => {
    const dead = { ...three, [ONE]: { things: [shut('sg-1')], dies: [REGION] } };
    expect(await world.audit(2, dead)).toEqual([`[MEDIUM][DIGEST] ${ONE}: 1 scope failed`]);
    expect(newest()?.text).toContain('  scan in eu-west-1: did not finish; the next audit tries again\n');
    expect(newest()?.text).toContain('Seen: 3 accounts, 5 of 6 scopes, 2 resources, none unknown\n');
    expect((await runOf(ONE, 2))?.coverage).toMatchObject({
      scopes: [{ region: 'global' }],
      gaps: [
        { operation: 'scan', cause: 'failed', region: REGION, message: 'the scan of this scope did not finish', permissions: [], count: 1 },
      ],
    });
    expect(await collect(world.store.findingsInState('open', ONE))).toHaveLength(2);
    expect(await world.audit(3, dead)).toEqual([]);
    expect(await world.summarize(3)).toMatchObject({ scopes: 6, scopesFailed: 1, open: { HIGH: 1, LOW: 2 }, digest: 'nothing to tell' });
    expect(await world.audit(4, three)).toEqual([]);
    expect(await world.audit(5, dead)).toEqual([`[MEDIUM][DIGEST] ${ONE}: 1 scope failed`]);
  });

  test('counts a scope as failed whose scan alone was not let in', async () => {
    await world.scan(2, { ...three, [ONE]: { ...three[ONE], closedIn: [REGION] } });
    expect(await world.summarize(2)).toMatchObject({ scopes: 6, scopesFailed: 1, accountsRefused: 0, digest: 'published' });
    expect(newest()?.text).toContain('Seen: 3 accounts, 5 of 6 scopes, 2 resources, none unknown\n');
  });

  test.each(['always', 'after the plan'] as const)('names an account that lets nobody in (%s), once, with what to do', async (closed) => {
    const shutOut = { ...three, [ONE]: { closed } };
    expect(await world.audit(2, shutOut)).toEqual([`[HIGH][DIGEST] ${ONE}: 1 account refused`]);
    expect(newest()?.text).toContain('To see all again: do what the last lines say.\n');
    expect(newest()?.text).toContain(`Could not be entered, so not judged:
  ${ONE}: access denied; deploy the member stack there: it brings
    the role cloud-posture-audit and the external id that lets us in
`);
    expect(newest()?.json).toMatchObject({ accounts: [{ accountId: ONE, open: 2, refused: { operation: 'sts:AssumeRole' } }, {}, {}] });
    expect(await world.summarize(2)).toMatchObject({ accountsRefused: 1, scopesFailed: 0, open: { HIGH: 1, LOW: 2 } });
    expect(await world.audit(3, { ...three, [ONE]: { closed: 'always' } })).toEqual([]);
    expect(await world.audit(4, three)).toEqual([]);
  });

  test('keeps the posture of an account that it cannot enter, and has no posture of one that nobody has ever seen', async () => {
    await world.audit(2, { ...three, [ONE]: { closed: 'always' }, '444444444444': { closed: 'always' } });
    const [posture] = await collect(world.audits.postures(ONE));
    expect(posture).toMatchObject({ runId: runIdAt(2), counts: { open: 2 }, resources: 0, evaluations: 0 });
    expect(await collect(world.audits.postures('444444444444'))).toEqual([]);
    expect(newest()?.text).toContain(`  ${ONE}, 444444444444: access denied;`);
  });

  test('tells reads that were refused, with what to allow', async () => {
    expect(await world.audit(2, { ...three, [TWO]: { things: [minor('acl-2')], broken: [TYPES[0]] } })).toEqual([
      `[MEDIUM][DIGEST] ${TWO}: 1 read refused`,
    ]);
    expect(newest()?.text).toContain('  ec2:DescribeThings in eu-west-1: access denied; allow\n    ec2:DescribeThings\n');
  });

  test('tells a new account all that is open in it, beside the changes of the others', async () => {
    const grown = { ...three, [TWO]: { things: [minorShut('acl-2')] }, '444444444444': { things: [open('sg-4'), minor('acl-4')] } };
    expect(await world.audit(2, grown)).toEqual(['[HIGH][DIGEST] 2 accounts: 1 resolved, 1 first audit (2 open)']);
    expect(newest()?.text).toContain(
      '\nFirst audit of account 444444444444: 2 open, 1 HIGH\n\nHIGH\n  sg-4, 444444444444, eu-west-1: open\n',
    );
    expect(newest()?.json).toMatchObject({
      event: 'changes',
      accounts: [{ accountId: '444444444444', event: 'baseline' }, { accountId: TWO, event: 'changes', resolved: 1 }, {}, {}],
    });
    expect(await collect(world.store.unannounced('444444444444'))).toEqual([]);
  });

  test('tells what earlier audits could not tell, once', async () => {
    await world.scan(2, { ...three, [ONE]: { things: [open('sg-1'), minor('acl-1'), minor('acl-8')] } });
    await world.scan(3, { ...three, [ONE]: { things: [open('sg-1'), minorShut('acl-1'), minor('acl-8')] } });
    const now = { ...three, [ONE]: { things: [open('sg-1'), minorShut('acl-1'), minor('acl-8'), minor('acl-9')] } };
    expect(await world.audit(4, now)).toEqual([`[LOW][DIGEST] ${ONE}: 2 opened, 1 resolved`]);
    expect(await world.audit(5, now)).toEqual([]);
    expect((await collect(world.audits.audits())).map(({ digest }) => digest)).toEqual(['sent', 'sent', 'sent', 'sent', 'sent']);
    expect((await world.audits.audit(runIdAt(2)))?.finishedAt).toBeUndefined();
  });

  test('tells what an account has left untold that is no longer audited', async () => {
    await world.scan(2, { ...three, [THREE]: { things: [shut('sg-3'), minor('acl-3')] } });
    const { [THREE]: _, ...rest } = three;
    expect(await world.audit(3, rest)).toEqual([`[HIGH][DIGEST] ${THREE}: 1 opened, 1 account no longer audited`]);
    expect(newest()?.text).toContain('Seen: 2 accounts, 4 scopes, 3 resources, none unknown\n');
  });

  test('tells once that an account is no longer audited, with why, and what is open in it is not forgotten unsaid', async () => {
    const { [ONE]: _, ...rest } = three;
    expect(await world.audit(2, rest)).toEqual([`[HIGH][DIGEST] ${ONE}: 1 account no longer audited`]);
    expect(newest()?.text).toContain(`No longer audited; what is open there stays as it was last seen:
  ${ONE}: it is not among the accounts any more
`);
    expect(newest()?.text).not.toContain('To see all again');
    expect(newest()?.json).toMatchObject({
      accounts: [
        { accountId: ONE, open: 2, refused: { operation: 'audit' }, scopes: { planned: 0 } },
        { accountId: TWO },
        { accountId: THREE },
      ],
    });
    expect(await world.summarize(2)).toMatchObject({ accounts: 2, accountsRefused: 0, open: { HIGH: 1, LOW: 2 } });
    expect(await world.audit(3, rest)).toEqual([]);
    expect(await world.audit(4, three)).toEqual([]);
  });

  test.each([
    ['suspended', 'it is suspended'],
    ['excluded', 'the configuration leaves it out'],
  ] as const)('says of an account that it is %s', async (because, reason) => {
    const { [ONE]: _, ...rest } = three;
    await world.scan(2, rest);
    const audit = await world.audits.audit(runIdAt(2));
    if (audit) await world.audits.saveAudit({ ...audit, leftOut: [{ accountId: ONE, because }] });
    await world.summarize(2);
    expect(newest()?.text).toContain(`  ${ONE}: ${reason}\n`);
  });

  test('takes no notice of what the command line did in between', async () => {
    const id = '20261121T013000Z-c11e';
    await world.store.saveRun({ ...run(1), id, accountId: ONE, digest: 'sent' });
    const dead = { ...three, [ONE]: { ...three[ONE], dies: [REGION] } };
    await world.audit(2, dead);
    await world.store.saveRun({ ...run(2), id: '20261121T023000Z-c11e', accountId: ONE, digest: 'none' });
    expect(await world.audit(3, dead)).toEqual([]);
  });
});

test('a first audit that was cut short is told by the next, as a first audit', async () => {
  await world.scan(1, three);
  expect(await world.audit(2, three)).toEqual(['[HIGH][BASELINE] 3 accounts: 3 open, 1 HIGH']);
  expect(await world.audit(3, three)).toEqual([]);
});

test('what is urgent in a region that is seen for the first time is told in the digest', async () => {
  await world.audit(1, { [ONE]: { dies: [REGION] }, [TWO]: {} });
  expect(await world.audit(2, { [ONE]: { things: [open('sg-1')] }, [TWO]: {} })).toEqual([`[HIGH][DIGEST] ${ONE}: 1 opened`]);
  expect(await collect(world.store.unannounced(ONE))).toEqual([]);
});

test('an account of which nothing was seen is not said to be fine', async () => {
  const blind: Members = { [ONE]: { closed: 'after the plan' }, [TWO]: { dies: ['global', REGION] }, [THREE]: {} };
  expect(await world.audit(1, blind)).toEqual(['[HIGH][DIGEST] 3 accounts: 1 first audit (0 open), 1 account refused, 2 scopes failed']);
  expect(await world.audit(2, blind)).toEqual([]);
  expect(await collect(world.audits.postures(TWO))).toEqual([]);
  expect(await world.audit(3, { ...blind, [TWO]: { things: [open('sg-1')] } })).toEqual([`[HIGH][BASELINE] ${TWO}: 1 open, 1 HIGH`]);
});

test('an audit over midnight counts for the day on which it began', async () => {
  await world.scan(23, three);
  await world.summarize(23, 70);
  expect((await runOf(ONE, 23))?.finishedAt).toMatch(/^2026-11-22/);
  expect((await collect(world.audits.postures(ONE))).map(({ day }) => day)).toEqual(['2026-11-21']);
});

test('an audit that nobody planned is an error', async () => {
  await expect(world.summarize(7)).rejects.toThrow(`there is no audit ${runIdAt(7)} to sum up`);
});

describe('what people did', () => {
  const did = (id: string, hour: number, accountId: string, severity: Severity) =>
    world.reactions.saveActivity(kept(id, hour, { severity, event: { ...kept(id, hour).event, accountId } }));
  beforeEach(async () => {
    await world.audit(1, three);
  });

  test('is told in the next digest, once, counted for each check and account', async () => {
    await did('a', 2, ONE, 'MEDIUM');
    await did('b', 3, ONE, 'MEDIUM');
    await did('c', 3, TWO, 'LOW');
    await did('d', 3, ONE, 'HIGH');
    expect(await world.audit(4, three)).toEqual([`[MEDIUM][DIGEST] ${ONE}: 3 activities`]);
    expect(newest()?.json).toMatchObject({
      activities: {
        ...{ total: 4, bySeverity: { HIGH: 1, MEDIUM: 2, LOW: 1 }, moreCounts: 0 },
        counts: [
          { accountId: ONE, severity: 'HIGH', count: 1 },
          { accountId: ONE, severity: 'MEDIUM', count: 2 },
          { accountId: TWO, severity: 'LOW', count: 1 },
        ],
        newest: [{ id: 'b' }, { id: 'a' }, { id: 'c' }],
      },
    });
    expect(await world.audit(5, three)).toEqual([]);
  });

  test.each<Severity>(['LOW', 'INFORMATIONAL', 'HIGH', 'CRITICAL'])('makes no digest of its own when it is %s', async (severity) => {
    await did('a', 2, ONE, severity);
    expect(await world.audit(4, three)).toEqual([]);
  });

  test('after the beginning of an audit is told in the one after it', async () => {
    await did('a', 4, ONE, 'MEDIUM');
    expect(await world.audit(4, three)).toEqual([]);
    expect(await world.audit(5, three)).toEqual([`[MEDIUM][DIGEST] ${ONE}: 1 activity`]);
  });

  test('since the last digest is told by the audit after one that was cut short', async () => {
    await did('a', 2, ONE, 'MEDIUM');
    await world.scan(3, three);
    await did('b', 4, ONE, 'MEDIUM');
    await world.audits.releaseTurn((await world.audits.audit(runIdAt(3)))?.executionArn ?? '');
    expect(await world.audit(5, three)).toEqual([`[MEDIUM][DIGEST] ${ONE}: 2 activities`]);
  });

  test('days ago is told when it was seen only now', async () => {
    const late = kept('a', 2, { severity: 'MEDIUM', filedAt: new Date(Date.parse(at(2)) - 5 * 86_400_000).toISOString() });
    await world.reactions.saveActivity({ ...late, event: { ...late.event, accountId: ONE, at: late.filedAt } });
    expect(await world.audit(4, three)).toEqual([`[MEDIUM][DIGEST] ${ONE}: 1 activity`]);
  });

  test('in accounts that nobody audits, and in none that is known, is told too', async () => {
    await did('a', 2, '', 'MEDIUM');
    expect(await world.audit(4, three)).toEqual(['[MEDIUM][DIGEST] unknown: 1 activity']);
    const audit = await world.audits.audit(runIdAt(4));
    if (!audit) throw new Error('no audit');
    await did('b', 5, '444444444444', 'MEDIUM');
    await world.scan(6, three);
    const begun = await world.audits.audit(runIdAt(6));
    if (!begun) throw new Error('no audit');
    await world.audits.saveAudit({ ...begun, leftOut: [{ accountId: '444444444444', because: 'excluded' }] });
    await world.summarize(6);
    expect(newest()?.subject).toBe('[MEDIUM][DIGEST] 444444444444: 1 activity');
  });
});
