import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { type LoggedCall, matches } from '../../emulator/call-log.ts';
import type { Fault } from '../../emulator/faults.ts';
import { runStateMachine } from '../../emulator/state-machine.ts';
import type { Item } from '../../findings/dynamodb-items.ts';
import { toRunId } from '../../findings/plan-audit.ts';
import { findingsIn, HUB, HUB_REGION, runsIn, type World } from './deployed-world.ts';
import { ageClaims, drift, timeless, toSteps, withStaleClaims } from './drifting-hub.ts';

export const FUNCTIONS = ['plan', 'scan', 'summarize', 'notify', 'confirm'] as const;
export type FunctionName = (typeof FUNCTIONS)[number];
export const MEMBER = 'the audit role';
export type Caller = FunctionName | typeof MEMBER;
export const CALLERS: readonly Caller[] = [...FUNCTIONS, MEMBER];

/** What people get to see of a fault: an alarm, by its name, or what coverage and digest say. */
export type Sign = 'audit-failed' | 'scopes-failed' | 'accounts-refused' | 'unknown-share' | 'undelivered' | 'a gap';

/** What an audit left behind, and what was told on its way. */
export interface Ended {
  readonly signs: readonly Sign[];
  /** Every change that was told, as often as it was. */
  readonly told: readonly string[];
  readonly items: readonly Item[];
  /** Everything in table and bucket without what differs from one audit to the next although the same happened. */
  readonly state: string;
}

/** An audit of what has drifted, which can be repeated from where a function takes over, with whatever goes wrong from there on. */
export interface FaultyAudit {
  /** The table when the audit begins. */
  readonly before: readonly Item[];
  readonly undisturbed: Ended;
  /** Findings that the audit has changed, as they would be if nobody had told of them for a long time. */
  readonly overdue: readonly Item[];
  /** What each role asks in it. */
  readonly operations: ReadonlyMap<Caller, readonly string[]>;
  /** Goes on until all is told, or until nothing can differ any more from the undisturbed one. */
  readonly disturbed: (disturbance: Disturbance) => Promise<Ended>;
  /** The next audit, with nothing in its way: what both have told, and the findings as they are then. */
  readonly nextAfter: (ended: Pick<Ended, 'told' | 'items' | 'state'>) => Promise<Lasting>;
  /** Findings as {@link nextAfter} gives them. */
  readonly findingsAfter: (ended: Ended) => readonly string[];
}

export interface Disturbance {
  readonly faults: readonly (Fault & { readonly callerArn: string })[];
  /** Where the audit begins; where the first of the faults is first met unless told. */
  readonly from?: Moment;
  /** Items besides those that are there. */
  readonly inTable?: readonly Item[];
  /** Milliseconds that the first invocation of a function may take; its own time unless told. */
  readonly firstMs?: number;
}

export interface Lasting {
  readonly told: readonly string[];
  readonly findings: readonly string[];
}

/** Sessions of the audit role are named after the run. */
const AS_MEMBER = { callerArn: `arn:aws:sts::${HUB}:assumed-role/cloud-posture-audit/*` };

/** Calls of a role, as faults and the log of calls name them. */
export function callsOf(world: World, caller: Caller): { readonly callerArn: string } {
  return caller === MEMBER ? AS_MEMBER : { callerArn: world.running.function(caller).callerArn };
}

/** Findings that are resolved, by id. */
export function resolvedIn({ items }: Ended): readonly string[] {
  return findingsIn(items).flatMap(({ id, state }) => (state === 'resolved' ? [id] : []));
}

/** What the state machine does while a function is first in charge: its states from one up to another. */
const PARTS: Readonly<Record<Part, readonly [from: string, until: string]>> = {
  plan: ['Plan', 'Anything to scan?'],
  scan: ['Anything to scan?', 'Plan next round'],
  'plan again': ['Plan next round', 'Settle'],
  summarize: ['Settle', 'All scanned?'],
};
type Part = 'plan' | 'scan' | 'plan again' | 'summarize';
/** A part, or that all is saved that will be told. */
export type Moment = Part | 'told';
const IN_ORDER: readonly Moment[] = ['plan', 'scan', 'plan again', 'summarize', 'told'];

/** How things stand in the undisturbed audit before a part of it. */
interface Stage {
  readonly items: readonly Item[];
  /** In the job bucket, by key. */
  readonly files: ReadonlyMap<string, string>;
  readonly state: string;
  readonly told: readonly string[];
  readonly input: unknown;
}

interface Execution {
  readonly id: string;
  readonly name: string;
  readonly startTime: string;
  readonly stateMachineArn: string;
}

const Definition = z.looseObject({ States: z.record(z.string(), z.unknown()) });
const STARTED = Date.now() - 3_600_000;

/** Audits the hub, lets it drift, and audits it once without faults. */
export async function openFaultyAudit(world: World): Promise<FaultyAudit> {
  const { running, aws } = world;
  const { arn: stateMachineArn, definition } = running.deployment.stateMachine;
  const { bucketName: Bucket } = running.deployment;
  const { States, ...rest } = Definition.parse(JSON.parse(definition));
  const s3 = new S3Client(aws.client(HUB, HUB_REGION));
  let audits = 0;
  let firstMs: number | undefined;

  function nextExecution(): Execution {
    audits += 1;
    const name = `audit-${audits}`;
    const id = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
    return { id, name, startTime: new Date(STARTED + audits * 1_000).toISOString(), stateMachineArn };
  }

  /** Before a retry of what tells, what the service's pauses are for has happened. */
  async function invoke(functionName: string, payload: unknown): Promise<unknown> {
    const name = FUNCTIONS.find((each) => functionName.endsWith(`-${each}`)) ?? functionName;
    const milliseconds = firstMs;
    firstMs = undefined;
    try {
      return await running.function(name).invoke(payload, milliseconds);
    } catch (error) {
      if (name === 'summarize') {
        await running.confirmations.drain();
        await ageClaims(world);
      }
      throw error;
    }
  }

  /** Runs the deployed definition from one state to its end, or to another state. */
  async function play(execution: Execution, from: string, until: string | undefined, input: unknown) {
    const stop = until === undefined ? {} : { [until]: { Type: 'Succeed' } };
    const logged = running.function('summarize').lambda.log().length;
    const part = { ...rest, StartAt: from, States: reachable({ ...States, ...stop }, from) };
    const { outcome, states } = await runStateMachine({ definition: part, input, execution, s3, invoke });
    const log = running.function('summarize').lambda.log().slice(logged).join('\n');
    const failed: readonly Sign[] = outcome.status === 'FAILED' ? ['audit-failed'] : [];
    return { signs: [...failed, ...signsIn(log)], goesOn: states.at(-1) === until, output: 'output' in outcome ? outcome.output : {} };
  }

  async function toldSoFar(): Promise<readonly string[]> {
    return (await running.messages()).flatMap(toSteps).filter((step) => step !== 'a digest');
  }

  /** Lets what was saved be told, and says what became of that. */
  async function deliver(): Promise<readonly Sign[]> {
    const givenUp = () => running.stream.discarded.length + running.confirmations.discarded.length;
    const before = givenUp();
    await running.deliver();
    return givenUp() > before ? ['undelivered'] : [];
  }

  async function stateOf(items: readonly Item[]): Promise<string> {
    return JSON.stringify([statesOf(items, [execution]), await world.objects()]).replaceAll(/\\"claimToken\\":\\"[^"]*\\"/g, '');
  }

  async function ended(signs: readonly Sign[], told: readonly string[]): Promise<Ended> {
    const items = await world.items();
    const [run] = runsIn(items, HUB);
    const gaps = run?.id === runIdOf(execution) && (run.coverage?.gaps ?? []).some(({ operation }) => operation !== 'scan');
    const all = new Set<Sign>([...signs, ...(gaps ? (['a gap'] as const) : [])]);
    return { signs: [...all].sort(), told: [...told, ...(await toldSoFar())].sort(), items, state: await stateOf(items) };
  }

  async function files(): Promise<ReadonlyMap<string, string>> {
    const found = new Map<string, string>();
    for (const Key of await world.objects()) {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
      found.set(Key, (await Body?.transformToString()) ?? '');
    }
    return found;
  }

  async function restoreFiles(wanted: ReadonlyMap<string, string>): Promise<void> {
    for (const Key of await world.objects()) if (!wanted.has(Key)) await s3.send(new DeleteObjectCommand({ Bucket, Key }));
    for (const [Key, Body] of wanted) await s3.send(new PutObjectCommand({ Bucket, Key, Body }));
  }

  async function audit(execution: Execution): Promise<void> {
    const { signs } = await play(execution, 'Plan', undefined, {});
    if (signs.length > 0) throw new Error(`an audit that nothing disturbs ended with ${signs.join(', ')}`);
    await running.deliver();
  }

  await audit(nextExecution());
  await running.messages();
  await drift(aws);
  await running.stream.skip();

  const execution = nextExecution();
  const stages = new Map<Moment, Stage>();
  let input: unknown = {};
  let told: readonly string[] = [];
  const reached = async (moment: Moment): Promise<void> => {
    const items = await world.items();
    told = [...told, ...(await toldSoFar())];
    stages.set(moment, { items, files: await files(), state: await stateOf(items), told, input });
  };
  const asked = new Map<Moment, readonly LoggedCall[]>();
  let signs: readonly Sign[] = [];
  for (const moment of IN_ORDER) {
    await reached(moment);
    aws.calls.reset();
    if (moment === 'told') signs = await deliver();
    else ({ output: input } = await play(execution, ...PARTS[moment], input));
    asked.set(moment, aws.calls.list());
  }
  const undisturbed = await ended(signs, told);
  const operations = new Map(CALLERS.map((caller) => [caller, operationsOf(caller)]));

  function operationsOf(caller: Caller): readonly string[] {
    const calls = [...asked.values()].flat().filter((call) => matches(call, callsOf(world, caller)));
    return [...new Set(calls.map(({ name }) => name))].sort();
  }

  function firstMet(faults: readonly Fault[]): Moment {
    return IN_ORDER.find((moment) => asked.get(moment)?.some((call) => faults.some((fault) => matches(call, fault)))) ?? 'plan';
  }

  function stageOf(moment: Moment): Stage {
    const stage = stages.get(moment);
    if (!stage) throw new Error(`the audit never came to ${moment}`);
    return stage;
  }

  /** Everything as it was then; what was saved until then comes out of the stream anew. */
  async function rewind(moment: Moment, inTable: readonly Item[]): Promise<void> {
    aws.faults.clear();
    // What came before has the same names: nothing of it may be confirmed now.
    await running.confirmations.drain();
    await running.messages();
    const { items, files } = stageOf(moment);
    const isScanned = moment !== 'plan' && moment !== 'scan';
    await world.restore(isScanned ? stageOf('plan').items : [...items, ...inTable]);
    await running.stream.skip();
    if (isScanned) await world.restore([...items, ...inTable]);
    await restoreFiles(files);
    aws.calls.reset();
  }

  async function isAsUndisturbed(moment: Moment, told: readonly string[]): Promise<boolean> {
    const stage = stageOf(moment);
    return told.join() === stage.told.join() && (await stateOf(await world.items())) === stage.state;
  }

  async function disturbedPart(part: Part, faults: readonly Fault[]): Promise<Ended> {
    const [from, until] = PARTS[part];
    const { input } = stageOf(part);
    const first = await play(execution, from, until, input);
    const told = await toldSoFar();
    const isOver = faults.every((fault) => fault.nth === 1 && aws.calls.list(fault).length > 0);
    const next = IN_ORDER[IN_ORDER.indexOf(part) + 1] ?? 'told';
    if (isOver && first.goesOn && first.signs.length === 0 && (await isAsUndisturbed(next, told))) return undisturbed;
    const last = first.goesOn ? await play(execution, until, undefined, first.output) : { signs: [] };
    return ended([...first.signs, ...last.signs, ...(await deliver())], told);
  }

  const known = new Map<string, Promise<Lasting>>();
  async function auditNext({ items }: Pick<Ended, 'items'>): Promise<Lasting> {
    aws.faults.clear();
    await world.restore(longAfter(items));
    await running.stream.skip();
    const next = nextExecution();
    await audit(next);
    return { told: await toldSoFar(), findings: findingStates(await world.items(), [execution, next]) };
  }

  return {
    undisturbed,
    before: stageOf('plan').items,
    overdue: longAfter(stageOf('summarize').items).filter(({ unannounced }) => unannounced === true),
    operations,
    findingsAfter: ({ items }) => findingStates(items, [execution]),
    async disturbed({ faults, inTable = [], from = firstMet(faults), firstMs: given }) {
      await rewind(from, inTable);
      aws.faults.add(...faults);
      firstMs = given;
      return from === 'told' ? ended(await deliver(), stageOf('told').told) : disturbedPart(from, faults);
    },
    async nextAfter(disturbed) {
      const next = known.get(disturbed.state) ?? auditNext(disturbed);
      known.set(disturbed.state, next);
      const { told, findings } = await next;
      return { told: [...disturbed.told, ...told].sort(), findings };
    },
  };
}

function runIdOf({ id, startTime }: Execution): string {
  return toRunId(startTime, id);
}

function statesOf(items: readonly Item[], executions: readonly Execution[]): readonly string[] {
  return items.map((item) => JSON.stringify(timeless(item, executions.map(runIdOf)))).sort();
}

function findingStates(items: readonly Item[], executions: readonly Execution[]): readonly string[] {
  return statesOf(
    items.filter(({ sk }) => sk === 'FINDING'),
    executions,
  );
}

const Following = z.looseObject({
  Next: z.string().optional(),
  Default: z.string().optional(),
  Choices: z.array(z.looseObject({ Next: z.string() })).default([]),
  Catch: z.array(z.looseObject({ Next: z.string() })).default([]),
});

/** The states that can be come to: the language knows no others. */
function reachable(states: Readonly<Record<string, unknown>>, from: string): Readonly<Record<string, unknown>> {
  const found = new Set([from]);
  for (const name of found) {
    const { Next, Default, Choices, Catch } = Following.parse(states[name]);
    for (const next of [Next, Default, ...[...Choices, ...Catch].map((each) => each.Next)]) if (next !== undefined) found.add(next);
  }
  return Object.fromEntries([...found].map((name) => [name, states[name]]));
}

/** Metrics of an audit that ring an alarm from some value on. */
export const ALARMS = [
  { metric: 'ScopesFailed', threshold: 1, alarm: 'scopes-failed' },
  { metric: 'AccountsRefused', threshold: 1, alarm: 'accounts-refused' },
  { metric: 'UnknownShare', threshold: 5, alarm: 'unknown-share' },
] as const;

function signsIn(log: string): readonly Sign[] {
  return ALARMS.flatMap(({ metric, threshold, alarm }) => {
    const values = [...log.matchAll(new RegExp(`"${metric}":([\\d.]+)`, 'g'))].map(([, value]) => Number(value));
    return values.some((value) => value >= threshold) ? [alarm] : [];
  });
}

/** The items hours later: claims have grown stale, and what is untold is overdue. */
function longAfter(items: readonly Item[]): readonly Item[] {
  const observedAt = new Date(STARTED).toISOString();
  return withStaleClaims(items).map((item) => (item.unannounced === true ? { ...item, observedAt } : item));
}
