import { ExecutionError, StateMachine, type StateMachineDefinition } from 'aws-local-stepfunctions';
import * as z from 'zod';
import { runDistributedMap } from './distributed-map.ts';
import { AnyJson, type Child, contextOf, type Json, type Outcome, type Running, stateError, within, withStartTime } from './execution.ts';

export interface StateMachineOptions extends Omit<Running, 'children' | 'warnings' | 'waits'> {
  /** In the Amazon States Language with JSONPath, as it was deployed: its text, or parsed. */
  readonly definition: unknown;
  readonly input: unknown;
  readonly waits?: boolean;
}

/** How an execution ended, the states that it went through, and what its distributed maps started. */
export interface Ended {
  readonly outcome: Outcome;
  readonly states: readonly string[];
  readonly children: readonly Child[];
  /** What the service would take, and then stumble over. */
  readonly warnings: readonly string[];
}

type Handlers = Record<string, (input: Json) => Promise<Json>>;

const State = z.looseObject({ Type: z.string(), QueryLanguage: z.literal('JSONPath').optional() });
type State = z.infer<typeof State>;
const Machine = z.looseObject({
  StartAt: z.string(),
  States: z.record(z.string(), State),
  QueryLanguage: z.literal('JSONPath').optional(),
});
const Runnable = z.custom<StateMachineDefinition>((value) => Machine.safeParse(value).success, 'not a state machine');

/**
 * Runs a definition as it is. States are run by a library, but for distributed maps (which it runs as common ones, without their reader, writer
 * and tolerance) and for Lambda tasks, whose functions are here.
 * @throws ZodError or Error when the definition is none, or uses what is not emulated
 */
export async function runStateMachine({ definition, input, waits = false, ...given }: StateMachineOptions): Promise<Ended> {
  const machine = Runnable.parse(typeof definition === 'string' ? JSON.parse(definition) : definition);
  validate(machine);
  const running: Running = { ...given, waits, children: [], warnings: [] };
  const states: string[] = [];
  const outcome = await runStates(machine, AnyJson.parse(input), running, states);
  return { outcome, states, children: running.children, warnings: running.warnings };
}

/** Texts of machines that were found right: the library takes a tenth of a second for each. */
const valid = new Set<string>();

function validate(machine: StateMachineDefinition): void {
  const text = JSON.stringify(machine);
  if (valid.has(text)) return;
  // The library validates what it is made with.
  void new StateMachine(machine);
  valid.add(text);
}

/** Runs one machine, or the processor of a map for one item. */
async function runStates(definition: unknown, input: Json, running: Running, states: string[] = []): Promise<Outcome> {
  const { machine, handlers, names } = prepare(definition, running);
  const execution = new StateMachine(machine, { validationOptions: { noValidate: true } }).run(input, {
    overrides: {
      taskResourceLocalHandlers: handlers,
      ...(running.waits ? {} : { retryIntervalOverrides: zeros(names), waitTimeOverrides: zeros(names) }),
    },
    context: contextOf(running.execution),
  });
  const followed = follow(execution.eventLogs, states);
  const outcome = await execution.result.then(succeeded, failed);
  await followed;
  return outcome;
}

function zeros(names: readonly string[]): Record<string, number> {
  return Object.fromEntries(names.map((name) => [name, 0]));
}

async function follow(events: ReturnType<StateMachine['run']>['eventLogs'], states: string[]): Promise<void> {
  for await (const event of events) if (event.type === 'StateEntered') states.push(event.state.name);
}

function succeeded(output: Json): Outcome {
  return { status: 'SUCCEEDED', output };
}

function failed(error: unknown): Outcome {
  const reason = error instanceof ExecutionError ? error.cause : error;
  if (!(reason instanceof Error)) throw error;
  return { status: 'FAILED', error: reason.name, cause: reason.message };
}

interface Prepared {
  readonly machine: StateMachineDefinition;
  readonly handlers: Handlers;
  readonly names: readonly string[];
}

/** The definition as the library is to see it: each distributed map is a task. */
function prepare(definition: unknown, running: Running): Prepared {
  const handlers: Handlers = {};
  const names: string[] = [];
  const replaceStates = (part: unknown): Record<string, unknown> => {
    const { States, ...rest } = Machine.parse(part);
    return { ...rest, States: Object.fromEntries(Object.entries(States).map(([name, state]) => [name, replace(name, state)])) };
  };
  const replace = (name: string, state: State): unknown => {
    names.push(name);
    if (state.Type === 'Task') handlers[name] = (input) => runTask(state, input, running);
    if (isDistributed(state)) {
      handlers[name] = (input) => runDistributedMap({ name, state, input, running, runStates });
      return asTask(state);
    }
    return {
      ...state,
      ...(state.ItemProcessor === undefined ? {} : { ItemProcessor: replaceStates(state.ItemProcessor) }),
      ...(Array.isArray(state.Branches) ? { Branches: state.Branches.map(replaceStates) } : {}),
    };
  };
  return { machine: Runnable.parse(withStartTime(replaceStates(definition))), handlers, names };
}

const Distributed = z.looseObject({ ItemProcessor: z.looseObject({ ProcessorConfig: z.looseObject({ Mode: z.literal('DISTRIBUTED') }) }) });

function isDistributed(state: State): boolean {
  return state.Type === 'Map' && Distributed.safeParse(state).success;
}

const FLOW = ['Next', 'End', 'Retry', 'Catch', 'InputPath', 'ResultSelector', 'ResultPath', 'OutputPath'];
/** Near the longest that a timer can wait. */
const FOR_EVER_SECONDS = 2_000_000;

function asTask(state: State): unknown {
  const flow = Object.fromEntries(FLOW.flatMap((field) => (field in state ? [[field, state[field]]] : [])));
  return { Type: 'Task', Resource: 'arn:aws:states:::map:distributed', TimeoutSeconds: FOR_EVER_SECONDS, ...flow };
}

const Invocation = z.object({ FunctionName: z.string(), Payload: AnyJson.optional() });

/** https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html */
async function runTask({ Resource }: State, input: Json, { invoke }: Running): Promise<Json> {
  const resource = z.string().parse(Resource);
  if (/^arn:[\w-]+:lambda:/.test(resource)) return within(await invoked(invoke, resource, input), 'the result of a task');
  if (!/^arn:[\w-]+:states:::lambda:invoke$/.test(resource)) throw new Error(`the task ${resource} is not emulated`);
  const { FunctionName, Payload } = Invocation.parse(input);
  const answer = await invoked(invoke, FunctionName, Payload ?? {});
  return within({ ExecutedVersion: '$LATEST', Payload: answer, StatusCode: 200 }, 'the result of a task');
}

async function invoked(invoke: Running['invoke'], functionName: string, payload: Json): Promise<Json> {
  try {
    return AnyJson.parse((await invoke(functionName, payload)) ?? null);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw stateError(error.name, JSON.stringify({ errorType: error.name, errorMessage: error.message }));
  }
}
