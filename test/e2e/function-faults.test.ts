import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { HUB_STACK } from '../../cdk/names.ts';
import { resourcesOf } from '../../emulator/deployment.ts';
import type { Fault, FaultKind } from '../../emulator/faults.ts';
import { startLambda } from '../../emulator/local-lambda.ts';
import { turnItem } from '../../findings/audit-items.ts';
import { deployWorld, HUB, HUB_REGION, type World } from './deployed-world.ts';
import { ageClaims, CONFIG, driftingHub } from './drifting-hub.ts';
import { type DriftingReaction, openReaction, REACTING, type Reacted, reactingAs } from './drifting-reaction.ts';
import { AUDIT_FAILED, OUTCOMES, REACTIONS, UNDELIVERED, UNKNOWN } from './fault-outcomes.ts';
import {
  ALARMS,
  CALLERS,
  type Caller,
  callsOf,
  type Disturbance,
  type Ended,
  type FaultyAudit,
  FUNCTIONS,
  MEMBER,
  openFaultyAudit,
  resolvedIn,
} from './faulty-audit.ts';

/** For machines that have much else to do. */
vi.setConfig({ testTimeout: 60_000 });

const AS_IF = pathToFileURL(join(import.meta.dirname, '../functions/as-if.ts')).href;

let world: World;
let audit: FaultyAudit;
let reaction: DriftingReaction;

beforeAll(async () => {
  world = await deployWorld({
    config: `securityHub: true\n${CONFIG}`,
    regions: [HUB_REGION, 'us-east-1'],
    accounts: [driftingHub()],
    members: [],
    beforeRetry: () => ageClaims(world),
    unvalidated: true,
    nodeOptions: `--import=${AS_IF}`,
  });
  audit = await openFaultyAudit(world);
  reaction = await openReaction(world, audit.before);
}, 300_000);

afterAll(() => world?.stop());

/** What is refused is refused in the same way whatever AWS calls it, and so with what is misheard: these meet all kinds. */
const IN_EVERY_WAY = new Set(['plan dynamodb:BatchGetItem', 'notify sns:Publish', 'confirm dynamodb:PutItem']);
const REFUSALS: readonly FaultKind[] = ['access-denied', 'throttled', 'internal-error', 'expired-credentials'];
const MISHEARD: readonly FaultKind[] = ['malformed', 'truncated'];

function faultOn(caller: Caller, operation: string, kind: FaultKind, nth?: number): Disturbance['faults'][number] {
  const [service = '', name = ''] = operation.split(':');
  const fault: Fault = { service, operation: name, kind, ...(nth === undefined ? {} : { nth }) };
  return { ...fault, ...callsOf(world, caller) };
}

/** Whatever goes wrong: nothing is closed that was not seen closed, and after the next audit everything is known, and was told exactly once. */
async function expectNothingLost(ended: Ended): Promise<void> {
  const { undisturbed } = audit;
  expect(resolvedIn(undisturbed)).toEqual(expect.arrayContaining([...resolvedIn(ended)]));
  const { told, findings } = await audit.nextAfter(ended);
  expect(told).toEqual(undisturbed.told);
  expect(findings).toEqual(audit.findingsAfter(undisturbed));
}

/** As if nothing had gone wrong. */
function expectHealed({ signs, told, state }: Ended): void {
  const { undisturbed } = audit;
  expect({ signs, told, state }).toEqual({ signs: [], told: undisturbed.told, state: undisturbed.state });
}

describe('the audit that is to be disturbed', () => {
  test('opens and closes findings, tells some alone and some in the digest, and ends without a sign of trouble', () => {
    const { signs, told } = audit.undisturbed;
    expect(signs).toEqual([]);
    expect(told.map((step) => step.split(' ').slice(0, 2).join(' '))).toEqual(['alone: opened', 'alone: resolved', 'digest: opened']);
    expect(resolvedIn(audit.undisturbed)).toHaveLength(1);
  });

  test('asks nothing whose failure has no declared outcome', () => {
    const declared = CALLERS.map((caller) => [caller, Object.keys(OUTCOMES[caller])]);
    expect([...audit.operations]).toEqual(declared);
  });
});

describe.each(CALLERS)('what fails for ever for %s', (caller) => {
  const cells = Object.entries(OUTCOMES[caller]).flatMap(([operation, outcome]) => {
    const isSplit = 'refused' in outcome;
    const { refused, misheard } = isSplit ? outcome : { refused: outcome, misheard: outcome };
    const inEveryWay = IN_EVERY_WAY.has(`${caller} ${operation}`);
    const refusals = inEveryWay ? REFUSALS : REFUSALS.slice(0, 1);
    const others = inEveryWay ? MISHEARD : MISHEARD.slice(0, isSplit ? 1 : 0);
    return [
      ...refusals.map((kind) => ({ operation, kind, signs: refused })),
      ...others.map((kind) => ({ operation, kind, signs: misheard })),
    ];
  });

  test.each(cells)('$operation, $kind: $signs', async ({ operation, kind, signs }) => {
    const ended = await audit.disturbed({ faults: [faultOn(caller, operation, kind)] });
    expect(ended.signs).toEqual(signs);
    await expectNothingLost(ended);
  });
});

describe.each(FUNCTIONS)('what fails once for %s', (caller) => {
  const operations = Object.keys(OUTCOMES[caller]);

  test('throttled, each of its operations: the SDK asks again, or else the function is called again', async () => {
    expectHealed(await audit.disturbed({ faults: operations.map((operation) => faultOn(caller, operation, 'throttled', 1)) }));
  });

  // One is enough: that every call may be made again is proven where functions are killed after each of them.
  test.each(
    operations.filter((operation) => operation !== 'sts:AssumeRole').slice(-1),
  )('%s, denied: the function is called again', async (operation) => {
    expectHealed(await audit.disturbed({ faults: [faultOn(caller, operation, 'access-denied', 1)] }));
  });
});

test.each([
  'plan',
  'scan',
] as const)('%s does not knock twice where it is denied: that is kept as what could not be seen', async (caller) => {
  const ended = await audit.disturbed({ faults: [faultOn(caller, 'sts:AssumeRole', 'access-denied', 1)] });
  expect(ended.signs).toContain('a gap');
  await expectNothingLost(ended);
});

describe('what is asked only after something else has happened', () => {
  const another = `arn:aws:states:${HUB_REGION}:${HUB}:execution:cloud-posture-audit:ended-long-ago`;
  const inTable = [turnItem({ runId: '20200101T000000Z-0000', executionArn: another })];

  test('whether the audit before still runs, when it left its turn behind', async () => {
    const forEver = await audit.disturbed({ faults: [faultOn('plan', 'states:DescribeExecution', 'access-denied')], inTable });
    expect(forEver.signs).toEqual(AUDIT_FAILED);
    await expectNothingLost(forEver);
    expectHealed(await audit.disturbed({ faults: [faultOn('plan', 'states:DescribeExecution', 'access-denied', 1)], inTable }));
  });

  test.each<Caller>(['summarize', 'notify'])('%s gives back a claim after a refusal: it grows stale', async (caller) => {
    const faults = [faultOn(caller, 'sns:Publish', 'access-denied', 1), faultOn(caller, 'dynamodb:DeleteItem', 'access-denied', 1)];
    expectHealed(await audit.disturbed({ faults, from: caller === 'notify' ? 'told' : 'summarize' }));
  });

  test('notify looks at the claim of somebody who died: given up, and told all the same', async () => {
    const faults = [faultOn('notify', 'sns:Publish', 'malformed'), faultOn('notify', 'dynamodb:GetItem', 'access-denied')];
    const ended = await audit.disturbed({ faults, from: 'told' });
    expect(ended.signs).toEqual(UNDELIVERED);
    await expectNothingLost(ended);
  });

  test('summarize marks what it tells in the place of notify', async () => {
    const faults = [faultOn('summarize', 'dynamodb:UpdateItem', 'access-denied')];
    const ended = await audit.disturbed({ faults, from: 'summarize', inTable: audit.overdue });
    expect(ended.signs).toEqual(AUDIT_FAILED);
    await expectNothingLost(ended);
  });
});

test('what is never answered ends with the time of the function, which is called again', async () => {
  expectHealed(await audit.disturbed({ faults: [faultOn('summarize', 'sns:Publish', 'timeout', 1)], firstMs: 2_500 }));
});

test('credentials that expire in the middle of a scan leave everything UNKNOWN and nothing closed', async () => {
  const ended = await audit.disturbed({
    faults: [{ ...callsOf(world, MEMBER), kind: 'expired-credentials', nth: { from: 4 } }],
    from: 'scan',
  });
  expect(ended.signs).toEqual(UNKNOWN);
  expect(resolvedIn(ended)).toEqual([]);
  await expectNothingLost(ended);
});

/** Everything in the end as if nothing had gone wrong. */
function expectSame({ told, state }: Reacted): void {
  const { undisturbed } = reaction;
  expect(told).toEqual(undisturbed.told);
  expect(state).toBe(undisturbed.state);
}

describe('the reaction that is to be disturbed', () => {
  test('tells what was opened, and what was stopped', () => {
    const { signs, told, looksAgain } = reaction.undisturbed;
    expect(signs).toEqual([]);
    expect(told.map((step) => step.split(' ').slice(0, 2).join(' '))).toEqual(['activity: activity-cloudtrail-tampered', 'alone: opened']);
    expect(looksAgain).toBe(true);
  });

  test('asks nothing whose failure has no declared outcome', () => {
    const declared = REACTING.map((role) => [role, [...new Set(REACTIONS[role].map(({ operation }) => operation))]]);
    expect(REACTING.map((role) => [role, [...new Set(reaction.callsOf(role))].sort()])).toEqual(declared);
  });
});

describe.each(REACTING)('what fails for ever for %s', (role) => {
  test.each(REACTIONS[role])('$operation, $kind: $signs', async ({ operation, kind, signs }) => {
    const [service = '', name = ''] = operation.split(':');
    const reacted = await reaction.disturbed({ service, operation: name, ...reactingAs(world, role), kind });
    expect(reacted.signs).toEqual(signs);
    if (signs.includes('undelivered')) expectSame(await reaction.mended(reacted));
    else expect((await audit.nextAfter(reacted)).told).toEqual((await audit.nextAfter(reaction.undisturbed)).told);
  });
});

describe('what fails once for a reaction', () => {
  const once = (kind: FaultKind, operations: readonly string[]) =>
    REACTING.flatMap((role) => operations.map((operation) => ({ ...reactingAs(world, role), operation, kind, nth: 1 })));

  test('is asked again by the SDK', async () => {
    const operations = REACTING.flatMap((role) => REACTIONS[role].map(({ operation }) => operation.split(':')[1] ?? ''));
    const reacted = await reaction.disturbed(...once('internal-error', [...new Set(operations)]));
    expect(reacted.signs).toEqual([]);
    expectSame(reacted);
  });

  test('is tried again when the message comes again', async () => {
    const reacted = await reaction.disturbed(...once('access-denied', ['PutItem', 'SendMessage']));
    expect(reacted.signs).toEqual([]);
    expectSame(reacted);
  });
});

describe('the accounts of an organization', () => {
  const folder = mkdtempSync(join(tmpdir(), 'organization-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** The deployed plan function, as a deployment for an organization would have it. */
  async function withPlanner(fault: Partial<Fault> & Pick<Fault, 'kind'>): Promise<unknown> {
    const { running, aws } = world;
    const { asset, handler, functionName, environment, credentials } = running.function('plan');
    cpSync(asset, folder, { recursive: true });
    writeFileSync(join(folder, 'posture.json'), JSON.stringify({ organization: { id: 'o-exampleorgid', units: ['r-abcd'] } }));
    aws.organize({ managementAccount: HUB, accounts: [{ id: HUB, name: 'hub' }] });
    const keys = { AWS_ACCESS_KEY_ID: credentials.accessKeyId, AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey };
    const session = { ...keys, AWS_SESSION_TOKEN: credentials.sessionToken ?? '', AWS_REGION: HUB_REGION, AWS_ENDPOINT_URL: aws.endpoint };
    const planner = startLambda({ asset: folder, handler, functionName, accountId: HUB, environment: { ...environment, ...session } });
    aws.faults.clear();
    aws.faults.add({ service: 'organizations', operation: 'ListAccounts', ...fault });
    try {
      const execution = { id: `arn:aws:states:${HUB_REGION}:${HUB}:execution:audit:organization`, startTime: new Date().toISOString() };
      return await planner.invoke({ execution, round: 0 });
    } finally {
      await planner.stop();
    }
  }

  test.each([
    // Not retried: whoever may not list accounts now may not in a minute.
    { kind: 'access-denied', name: 'ConfigError' },
    { kind: 'internal-error', name: 'ServiceException' },
    { kind: 'expired-credentials', name: 'ExpiredTokenException' },
    { kind: 'malformed', name: 'BrokenAnswer' },
  ] as const)('cannot be listed, $kind: planning fails with $name', async ({ kind, name }) => {
    await expect(withPlanner({ kind })).rejects.toMatchObject({ name });
  });
});

describe('what was deployed', () => {
  const Alarm = z.object({ AlarmName: z.string(), MetricName: z.string().optional(), Threshold: z.number() }).loose();
  const inHub = (type: string) => {
    const template = world.running.deployment.templates[HUB_STACK];
    return template ? resourcesOf(template, type).map(([id, { Properties }]) => ({ id, Properties })) : [];
  };
  const alarmOf = (sign: string) =>
    inHub('AWS::CloudWatch::Alarm')
      .map(({ Properties }) => Alarm.parse(Properties))
      .find(({ AlarmName }) => AlarmName === `cloud-posture-${sign}`);

  test('has an alarm for every outcome but a gap, which coverage and digest tell', () => {
    const outcomes = Object.values(OUTCOMES).flatMap((operations) => Object.values(operations));
    const signs = new Set(outcomes.flatMap((outcome) => ('refused' in outcome ? [...outcome.refused, ...outcome.misheard] : outcome)));
    signs.delete('a gap');
    expect([...signs].filter((sign) => !alarmOf(sign))).toEqual([]);
    expect(ALARMS.map(({ alarm }) => alarmOf(alarm))).toMatchObject(
      ALARMS.map(({ metric, threshold }) => ({ MetricName: metric, Threshold: threshold })),
    );
  });

  test('keeps all that is given up in the one queue that the alarm looks at', () => {
    const queues = inHub('AWS::SQS::Queue');
    const queue = queues.find(({ Properties }) => Properties.RedrivePolicy === undefined);
    const alarm = alarmOf('undelivered');
    expect(alarm).toMatchObject({ MetricName: 'ApproximateNumberOfMessagesVisible', Threshold: 1 });
    expect(JSON.stringify(alarm?.Dimensions)).toContain(`"${queue?.id}"`);
    const ends = [
      ...queues.flatMap(({ Properties }) => Properties.RedrivePolicy ?? []),
      ...inHub('AWS::Lambda::EventSourceMapping').flatMap(({ Properties }) => Properties.DestinationConfig ?? []),
      ...inHub('AWS::SNS::Subscription').map(({ Properties }) => Properties.RedrivePolicy),
      ...inHub('AWS::Lambda::Function').flatMap(({ Properties }) => Properties.DeadLetterConfig ?? []),
    ];
    expect(ends).toHaveLength(4);
    for (const end of ends) expect(JSON.stringify(end)).toContain(`"${queue?.id}"`);
  });
});

test('no log of a function, and nothing that is kept or told of its faults, holds a key, a token or the external id', async () => {
  const failed = await audit.disturbed({ faults: [faultOn('notify', 'sns:Publish', 'access-denied', 1)] });
  // Half of the answer that has the keys in it.
  const refused = await audit.disturbed({ faults: [faultOn('plan', 'sts:AssumeRole', 'truncated')] });
  const functions = [...world.running.functions.values()];
  const logs = functions.map(({ lambda }) => lambda.log().join('\n'));
  const text = [...logs, failed.state, refused.state].join('\n');
  expect(text).toContain('"level":"ERROR"');
  expect(refused.state).toContain('sts:AssumeRole');
  const secrets = functions.flatMap(({ credentials, environment }) => {
    return [credentials.secretAccessKey, credentials.sessionToken ?? '', environment.POSTURE_EXTERNAL_ID ?? ''];
  });
  expect(secrets.filter((secret) => secret === '' || text.includes(secret))).toEqual([]);
  expect(/\b(AKIA|ASIA)[A-Z0-9]{12,}|SecretAccessKey|SessionToken/.test(text)).toBe(false);
});
