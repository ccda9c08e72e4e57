import { describe, expect, test } from 'vitest';
import { classifyAwsError, isCredentialsError, isLasting, messageOf } from '../../inventory/aws-errors.ts';

/** An error as the SDK throws it. */
function awsError(name: string, status: number, extra: object = {}): Error {
  return Object.assign(new Error('refused'), { name, $fault: 'client', $metadata: { httpStatusCode: status }, ...extra });
}

describe('classifyAwsError', () => {
  test.each([
    ['AccessDenied', 403, 'denied'],
    ['AccessDeniedException', 400, 'denied'],
    ['UnauthorizedOperation', 403, 'denied'],
    ['AuthorizationError', 403, 'denied'],
    ['SomethingNew', 403, 'denied'],
    ['RequestLimitExceeded', 503, 'throttled'],
    ['Throttling', 400, 'throttled'],
    ['ThrottlingException', 400, 'throttled'],
    ['SlowDown', 503, 'throttled'],
    ['SomethingNew', 429, 'throttled'],
    ['TimeoutError', 0, 'timeout'],
    ['OptInRequired', 401, 'unsupported'],
    ['AuthFailure', 401, 'unsupported'],
    ['InternalFailure', 500, 'failed'],
    ['ExpiredToken', 403, 'failed'],
    ['InternalError', 500, 'failed'],
  ])('%s (%d) is %s', (name, status, cause) => {
    expect(classifyAwsError(awsError(name, status))).toBe(cause);
  });

  test('what the parser throws at a broken body is malformed', () => {
    expect(classifyAwsError(Object.assign(new SyntaxError('Unexpected end of JSON input'), { $response: {} }))).toBe('malformed');
  });

  test('an error that the service answered is not malformed, although the SDK attaches the response to it too', () => {
    expect(classifyAwsError(awsError('InternalFailure', 500, { $response: {} }))).toBe('failed');
  });

  test('no way to the network is failed', () => {
    expect(classifyAwsError(Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }))).toBe('failed');
  });

  test('a bug of ours is nothing of AWS', () => {
    expect(classifyAwsError(new TypeError('x is undefined'))).toBeUndefined();
  });
});

test.each([
  ['InvalidPrefixListId.NotFound', 400, true],
  ['ValidationError', 400, true],
  ['Throttling', 400, false],
  ['AccessDenied', 403, false],
  ['ExpiredToken', 403, false],
  ['InternalFailure', 500, false],
])('whether AWS would say %s (%d) again if it were asked again: %s', (name, status, lasting) => {
  expect(isLasting(awsError(name, status))).toBe(lasting);
});

test('credentials that ended are told apart', () => {
  expect(isCredentialsError(awsError('ExpiredTokenException', 400))).toBe(true);
  expect(isCredentialsError(awsError('AccessDenied', 403))).toBe(false);
});

test('the message names the error and hides key ids and encoded authorization details', () => {
  const error = Object.assign(new Error('User with AKIAIOSFODNN7EXAMPLE may not. Encoded authorization failure message: abc'), {
    name: 'UnauthorizedOperation',
  });
  expect(messageOf(error)).toBe('UnauthorizedOperation: User with AKIA… may not.');
});
