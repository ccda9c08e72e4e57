import type { BuildHandler, HandlerExecutionContext } from '@smithy/types';
import { type Connections, createConnections } from '../../inventory/connections.ts';
import { CoverageLog } from '../../inventory/coverage.ts';
import { Meter } from '../../inventory/pacing.ts';
import type { Session } from '../../inventory/session.ts';

export type Input = Readonly<Record<string, unknown>>;

/** What AWS says: the output itself, or a function of the input that may throw what `refused` makes. */
export type Answer = object | ((input: Input, region: string) => object);

/** Answers by `service:Operation`. */
export type Answers = Readonly<Record<string, Answer>>;

/** A request that reached the fake AWS. */
export interface Sent {
  readonly operation: string;
  readonly region: string;
  readonly input: Input;
}

export const ACCOUNT = '123456789012';

/**
 * A session on a fake AWS: real SDK clients that serialise their input and resolve their endpoint, but get their answer from a table before anything is
 * signed, paced, retried or sent. An operation without an answer fails as a bug would.
 */
export function fakeSession(answers: Answers, given: Partial<Session> = {}): { readonly session: Session; readonly sent: readonly Sent[] } {
  const sent: Sent[] = [];
  const meter = new Meter();
  const real = createConnections({
    credentials: { accessKeyId: 'id', secretAccessKey: 'key' },
    meter,
    maxAttempts: 1,
    requestTimeout: 1_000,
  });
  const answering = (service: string, region: string) => answerFrom(answers, service, region, sent);
  const session: Session = {
    accountId: ACCOUNT,
    partition: 'aws',
    callerArn: `arn:aws:iam::${ACCOUNT}:user/auditor`,
    globalRegion: 'us-east-1',
    aws: intercepted(real, answering),
    meter,
    coverage: new CoverageLog(),
    regions: ['eu-central-1', 'us-east-1'],
    ...given,
  };
  return { session, sent };
}

/** An error as the SDK throws it for a refusal of the service. */
export function refused(name: string, status = 400, message = `${name} by the fake AWS`): Error {
  return Object.assign(new Error(message), { name, $fault: 'client', $metadata: { httpStatusCode: status } });
}

/** Answers one page after the other, in each of the ways in which AWS names its page tokens. */
export function pages(...outputs: readonly object[]): Answer {
  return (input) => {
    const index = Number(tokenOf(input) ?? 0);
    const next = index + 1 < outputs.length ? String(index + 1) : undefined;
    const tokens = { NextToken: next, nextToken: next, Marker: next, NextMarker: next, ContinuationToken: next, position: next };
    return { ...outputs[index], ...tokens, IsTruncated: next !== undefined };
  };
}

/** The page token of a request; `undefined` in the first. */
export function tokenOf(input: Input): unknown {
  return input.NextToken ?? input.nextToken ?? input.Marker ?? input.ContinuationToken ?? input.position;
}

export function answerTo(answer: Answer, input: Input, region: string): object {
  return typeof answer === 'function' ? answer(input, region) : answer;
}

function answerFrom(answers: Answers, service: string, region: string, sent: Sent[]) {
  return <In extends object, Out extends object>(_next: BuildHandler<In, Out>, context: HandlerExecutionContext): BuildHandler<In, Out> =>
    async (args) => {
      const operation = `${service}:${String(context.commandName).replace(/Command$/, '')}`;
      const input: Input = Object.fromEntries(Object.entries(args.input));
      sent.push({ operation, region, input });
      const answer = answers[operation];
      if (answer === undefined) throw new Error(`the test has no answer for ${operation}`);
      const output: readonly object[] = [{ $metadata: {} }, answerTo(answer, input, region)];
      return { response: {}, output: Object.assign({}, ...output) };
    };
}

type Fake = ReturnType<typeof answerFrom>;

/** After the input was serialised, before retries. */
const BEFORE_RETRIES = { step: 'build', priority: 'low', name: 'fakeAws', override: true } as const;

/** Every connection of the table alike, so that none can be left out. */
function intercepted(aws: Connections, answering: (service: string, region: string) => Fake): Connections {
  return new Proxy(aws, {
    get(connections, service: string) {
      const open: (region: string) => Promise<Intercepted> = Reflect.get(connections, service);
      return async (region: string) => {
        const connected = await open(region);
        connected.client.middlewareStack.add(answering(service, region), BEFORE_RETRIES);
        return connected;
      };
    },
  });
}

interface Intercepted {
  readonly client: { readonly middlewareStack: { readonly add: (fake: Fake, at: typeof BEFORE_RETRIES) => void } };
}
