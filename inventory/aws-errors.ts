import type { UnreadCause } from './facet.ts';

const DENIED =
  /^(AccessDenied|AccessDeniedException|AuthorizationError|AuthorizationErrorException|UnauthorizedOperation|Client\.UnauthorizedOperation|UnauthorizedException|AllAccessDisabled|Forbidden|403)$/;
const THROTTLED =
  /^(Throttling|ThrottlingException|ThrottledException|RequestLimitExceeded|RequestThrottled|RequestThrottledException|TooManyRequestsException|LimitExceededException|SlowDown|BandwidthLimitExceeded|ProvisionedThroughputExceededException|PriorRequestNotComplete|TransactionInProgressException|EC2ThrottledException|429)$/;
const TIMED_OUT = /^(TimeoutError|RequestTimeout|RequestTimeoutException|ETIMEDOUT|ESOCKETTIMEDOUT|AbortError)$/;
const UNSUPPORTED =
  /^(UnsupportedOperation|UnsupportedOperationException|InvalidAction|UnknownOperationException|OptInRequired|InvalidClientTokenId|UnrecognizedClientException|AuthFailure|RegionDisabledException|NotImplemented|405|501)$/;
const CREDENTIALS =
  /^(ExpiredToken|ExpiredTokenException|TokenRefreshRequired|RequestExpired|CredentialsProviderError|InvalidAccessKeyId|SignatureDoesNotMatch|IncompleteSignature|MissingAuthenticationToken|InvalidSignatureException)$/;
const NETWORK =
  /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|EPIPE|EHOSTUNREACH|ENETUNREACH|ECONNABORTED|ERR_TLS_.*|CERT_.*|UNABLE_TO_VERIFY_LEAF_SIGNATURE|NetworkingError)$/;

/** What AWS, or the way to it, answered instead of data. `undefined` for everything else, which is then a bug of ours. */
export function classifyAwsError(error: unknown): UnreadCause | undefined {
  if (!(error instanceof Error)) return undefined;
  const names = namesOf(error);
  const is = (pattern: RegExp) => names.some((name) => pattern.test(name));
  if (is(DENIED)) return 'denied';
  if (is(THROTTLED) || statusOf(error) === 429) return 'throttled';
  if (is(TIMED_OUT)) return 'timeout';
  if (is(UNSUPPORTED)) return 'unsupported';
  if (is(CREDENTIALS) || is(NETWORK)) return 'failed';
  if (isDeserialization(error)) return 'malformed';
  if (statusOf(error) === 403) return 'denied';
  return '$fault' in error || statusOf(error) !== undefined ? 'failed' : undefined;
}

/** True when AWS would answer the same if it were asked again: it finds fault with what was asked, not with who asks, how often or how. */
export function isLasting(error: unknown): boolean {
  if (!(error instanceof Error) || classifyAwsError(error) !== 'failed') return false;
  const status = statusOf(error) ?? 0;
  return status >= 400 && status < 500 && !isCredentialsError(error);
}

/** True when the service said that we ask too fast. */
export function isThrottle(error: unknown): boolean {
  return classifyAwsError(error) === 'throttled';
}

/** True when there are no usable credentials, so that nothing else can succeed either. */
export function isCredentialsError(error: unknown): boolean {
  return (
    error instanceof Error &&
    namesOf(error).some((name) => CREDENTIALS.test(name) || name === 'InvalidClientTokenId' || name === 'UnrecognizedClientException')
  );
}

/** True when AWS could not be reached at all. */
export function isNetworkError(error: unknown): boolean {
  return error instanceof Error && namesOf(error).some((name) => NETWORK.test(name) || TIMED_OUT.test(name));
}

/** True for one of the named service errors: how a reader recognises a documented absence such as `NoSuchBucketPolicy`. */
export function isNamed(error: unknown, ...names: readonly string[]): boolean {
  return error instanceof Error && namesOf(error).some((name) => names.includes(name));
}

/** What a service answers; `undefined` where it says by one of these errors that there is none. */
export async function unlessAbsent<Answer>(answer: Promise<Answer>, ...errors: readonly string[]): Promise<Answer | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (isNamed(error, ...errors)) return undefined;
    throw error;
  }
}

/** One line, without the request ids and encoded authorization messages that AWS appends. */
export function messageOf(error: Error): string {
  const name = namesOf(error)[0] ?? error.name;
  const text = error.message
    .replace(/Encoded authorization failure message:.*/s, '')
    .replace(/\s+/g, ' ')
    .replace(/\b(AKIA|ASIA)[A-Z0-9]{12,}\b/g, '$1…')
    .trim();
  return text.length === 0 || text === name ? name : `${name}: ${text.slice(0, 300)}`;
}

function namesOf(error: Error): string[] {
  const code = 'Code' in error ? error.Code : 'code' in error ? error.code : undefined;
  return typeof code === 'string' && code !== error.name ? [error.name, code] : [error.name];
}

function statusOf(error: Error): number | undefined {
  if (!('$metadata' in error) || typeof error.$metadata !== 'object' || error.$metadata === null) return undefined;
  const metadata = error.$metadata;
  return 'httpStatusCode' in metadata && typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : undefined;
}

/** The SDK attaches the raw response to whatever its parser threw; and to what a service answered as an error, which it then calls the fault of somebody. */
function isDeserialization(error: Error): boolean {
  if ('$fault' in error) return false;
  return (
    error.name === 'BrokenAnswer' || '$response' in error || '$responseBodyText' in error || error.message.includes('Deserialization error')
  );
}
