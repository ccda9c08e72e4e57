import { classifyAwsError, isLasting, messageOf } from './aws-errors.ts';
import type { ServiceName } from './connections.ts';
import { Listed, Unread, type UnreadReason } from './facet.ts';
import { GLOBAL, type Scope } from './resource.ts';
import type { Session } from './session.ts';

/** A read operation of the AWS API, with the IAM actions it needs declared beside it. */
export interface Operation {
  readonly service: ServiceName;
  /** The API's own name, for example `DescribeSecurityGroups`. */
  readonly operation: string;
  /** IAM actions. Not always the operation's name: ListBuckets needs `s3:ListAllMyBuckets`. */
  readonly permissions: readonly string[];
}

/** From where a call is made: a scope of a session, and the operations that the asking reader has declared. */
export interface Place {
  readonly session: Session;
  readonly scope: Scope;
  readonly declared: readonly Operation[];
}

/**
 * Asks AWS; the answer is remembered per region and input for as long as the scope object of the place lives, so that many readers
 * may rest on one call, and nothing of a scope is kept once it has been judged.
 * Throws `Unread` when AWS refused or its answer could not be understood.
 */
export interface Call<Input, Output> extends Operation {
  (place: Place, input: Input): Promise<Output>;
}

interface Definition<Input> extends Operation {
  /** Where to ask, if not in the scope's own region (the partition's global region for the `global` scope). */
  readonly region?: (input: Input, place: Place) => string;
}

type Send<Input, Output> = (session: Session, region: string, input: Input) => Promise<Output>;

/** A call with a single answer. */
export function defineCall<Output, Input = void>(
  definition: Definition<Input> & { readonly send: Send<Input, Output> },
): Call<Input, Output> {
  return remembered(definition, async (session, region, input) => {
    try {
      return await definition.send(session, region, input);
    } catch (error) {
      throw new Unread(refusal(definition, error));
    }
  });
}

/** A call whose answer comes in pages. If a later page fails, what came before is kept and the list says that it is partial. */
export function definePagedCall<Element, Input = void>(
  definition: Definition<Input> & { readonly pages: (session: Session, region: string, input: Input) => AsyncIterable<readonly Element[]> },
): Call<Input, Listed<Element>> {
  return remembered(definition, async (session, region, input) => {
    const known: Element[] = [];
    let pages = 0;
    try {
      for await (const page of definition.pages(session, region, input)) {
        pages += 1;
        for (const element of page) known.push(element);
      }
    } catch (error) {
      const reason = refusal(definition, error);
      if (pages === 0) throw new Unread(reason);
      session.coverage.record(reason, region);
      return new Listed(known, reason);
    }
    return new Listed(known);
  });
}

function remembered<Input, Output>(definition: Definition<Input>, send: Send<Input, Output>): Call<Input, Output> {
  const answers = new WeakMap<Scope, Map<string, Promise<Output>>>();
  const { service, operation, permissions } = definition;
  const call = (place: Place, input: Input): Promise<Output> => {
    if (!place.declared.some((declared) => declared.service === service && declared.operation === operation)) {
      throw new Error(`${service}:${operation} is asked but not declared, so nobody would be granted ${permissions.join(', ')}`);
    }
    const { session, scope } = place;
    const region = definition.region?.(input, place) ?? (scope.region === GLOBAL ? session.globalRegion : scope.region);
    let known = answers.get(scope);
    if (!known) answers.set(scope, (known = new Map()));
    const key = `${region} ${JSON.stringify(input) ?? ''}`;
    let answer = known.get(key);
    if (!answer) {
      answer = send(session, region, input).catch((error: unknown) => {
        if (error instanceof Unread) session.coverage.record(error.reason, region);
        throw error;
      });
      known.set(key, answer);
    }
    return answer;
  };
  return Object.assign(call, { service, operation, permissions });
}

/**
 * Why an operation was not answered.
 * @throws the error itself when it is not AWS's refusal but a bug of ours
 */
export function refusal({ service, operation, permissions }: Operation, error: unknown): UnreadReason {
  if (error instanceof Unread) return error.reason;
  const cause = classifyAwsError(error);
  if (cause === undefined || !(error instanceof Error)) throw error;
  const name = `${service}:${operation}`;
  return {
    ...{ cause, operation: name, permissions: cause === 'denied' ? permissions : [], message: `${name}: ${messageOf(error)}` },
    ...(isLasting(error) ? { lasting: true } : {}),
  };
}
