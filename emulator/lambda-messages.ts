/** What a process of a function is sent. */
export interface Invocation {
  readonly event: unknown;
  readonly remainingMs: number;
  readonly awsRequestId: string;
  readonly functionArn: string;
}

/** What it answers. */
export type Outcome = { readonly result: unknown } | Failure;

export interface Failure {
  readonly errorType: string;
  readonly errorMessage: string;
  /** The process cannot be used again. */
  readonly fatal?: true;
}

export function isOutcome(message: unknown): message is Outcome {
  return typeof message === 'object' && message !== null && ('result' in message || 'errorType' in message);
}

export function isInvocation(message: unknown): message is Invocation {
  return typeof message === 'object' && message !== null && 'remainingMs' in message;
}
