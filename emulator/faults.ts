import { type CallFilter, matches } from './call-log.ts';
import type { Addressee, Refusal } from './wire/serialize.ts';

export type FaultKind =
  | RefusalKind
  /** The request is never answered. */
  | 'timeout'
  /** Half of the body, in an HTTP answer that is otherwise complete. */
  | 'truncated'
  /** The connection breaks in the middle of the body. */
  | 'disconnected'
  /** A complete answer whose body makes no sense. */
  | 'malformed'
  | { readonly slowMs: number }
  /** AWS does what was asked and calls this, and the answer gets lost: as for a caller that dies between the two. */
  | { readonly unheard: () => void }
  | { readonly error: Refusal };

/** What goes wrong for which calls. Without `nth`, for every call that matches. */
export interface Fault extends CallFilter {
  readonly kind: FaultKind;
  /** Only for the nth matching call, counted from 1, or from the nth on. */
  readonly nth?: number | { readonly from: number };
}

/** The faults in force. The first that applies to a call decides. */
export class Faults {
  #faults: { readonly fault: Fault; seen: number }[] = [];

  /** Returns a function that takes the faults away again. */
  add(...faults: readonly Fault[]): () => void {
    const added = faults.map((fault) => ({ fault, seen: 0 }));
    this.#faults.push(...added);
    return () => {
      this.#faults = this.#faults.filter((one) => !added.includes(one));
    };
  }

  clear(): void {
    this.#faults = [];
  }

  /** Counts the call, and says what goes wrong with it. */
  next(call: Required<CallFilter>): FaultKind | undefined {
    let found: FaultKind | undefined;
    for (const entry of this.#faults) {
      if (!matches(call, entry.fault)) continue;
      entry.seen += 1;
      if (found === undefined && applies(entry.fault.nth, entry.seen)) found = entry.fault.kind;
    }
    return found;
  }
}

function applies(nth: Fault['nth'], seen: number): boolean {
  if (nth === undefined) return true;
  return typeof nth === 'number' ? seen === nth : seen >= nth.from;
}

const REFUSALS = ['access-denied', 'throttled', 'internal-error', 'expired-credentials'] as const;
type RefusalKind = (typeof REFUSALS)[number];

/** True for a fault that is an error answer of the service. */
export function isRefusal(kind: FaultKind | undefined): kind is RefusalKind {
  return REFUSALS.some((refusal) => refusal === kind);
}

type Codes = Readonly<Record<RefusalKind, readonly [status: number, code: string]>>;

const EC2: Codes = {
  'access-denied': [403, 'UnauthorizedOperation'],
  throttled: [503, 'RequestLimitExceeded'],
  'internal-error': [500, 'InternalError'],
  'expired-credentials': [400, 'RequestExpired'],
};
const S3: Codes = {
  'access-denied': [403, 'AccessDenied'],
  throttled: [503, 'SlowDown'],
  'internal-error': [500, 'InternalError'],
  'expired-credentials': [400, 'ExpiredToken'],
};
const QUERY: Codes = {
  'access-denied': [403, 'AccessDenied'],
  throttled: [400, 'Throttling'],
  'internal-error': [500, 'InternalFailure'],
  'expired-credentials': [403, 'ExpiredToken'],
};
const JSON_RPC: Codes = {
  'access-denied': [400, 'AccessDeniedException'],
  throttled: [400, 'ThrottlingException'],
  'internal-error': [500, 'InternalServerError'],
  'expired-credentials': [400, 'ExpiredTokenException'],
};

/** Error names where a service has its own (their API references, "Errors"). */
const OF_SERVICE: Readonly<Record<string, Partial<Codes>>> = {
  account: {
    'access-denied': [403, 'AccessDeniedException'],
    throttled: [429, 'TooManyRequestsException'],
    'internal-error': [500, 'InternalServerException'],
  },
  iam: { 'internal-error': [500, 'ServiceFailure'] },
  organizations: { throttled: [400, 'TooManyRequestsException'], 'internal-error': [500, 'ServiceException'] },
  sns: { 'access-denied': [403, 'AuthorizationError'], throttled: [429, 'Throttled'], 'internal-error': [500, 'InternalError'] },
};

const OF_PROTOCOL: Readonly<Record<Addressee['protocol'], Codes>> = {
  ec2: EC2,
  query: QUERY,
  s3: S3,
  'rest-xml': S3,
  json: JSON_RPC,
  'rest-json': JSON_RPC,
};

/** The error that the service itself gives in such a case. */
export function refusalOf(kind: RefusalKind, { service, operation, protocol }: Addressee, callerArn: string): Refusal {
  const [status, code] = OF_SERVICE[service]?.[kind] ?? OF_PROTOCOL[protocol][kind];
  return { status, code, message: messageOf(kind, `${service}:${operation}`, callerArn) };
}

function messageOf(kind: RefusalKind, action: string, callerArn: string): string {
  switch (kind) {
    case 'access-denied':
      return `User: ${callerArn} is not authorized to perform: ${action} because no identity-based policy allows the ${action} action`;
    case 'throttled':
      return 'Rate exceeded';
    case 'internal-error':
      return 'An internal error has occurred';
    case 'expired-credentials':
      return 'The security token included in the request is expired';
    default:
      return kind satisfies never;
  }
}
