import { describe, expect, test } from 'vitest';
import { explain, remembered } from '../../cli/credentials.ts';

const HOUR = 3_600_000;
const nobody = { profile: undefined, roleArn: undefined, externalId: undefined, region: undefined };
const role = { ...nobody, roleArn: 'arn:aws:iam::111122223333:role/audit', externalId: '7f3c' };

function named(name: string, message: string, more: object = {}): Error {
  return Object.assign(new Error(message), { name, ...more });
}

describe('why AWS did not let us in, and what to do', () => {
  test.each([
    [
      'no credentials',
      named('CredentialsProviderError', 'Could not load credentials from any providers'),
      nobody,
      /^no AWS credentials .*aws configure/,
    ],
    [
      'no such profile',
      named('CredentialsProviderError', 'Could not load credentials from any providers'),
      { ...nobody, profile: 'prd' },
      /profile "prd".*list-profiles/,
    ],
    [
      'expired',
      named('ExpiredToken', 'The security token included in the request is expired'),
      nobody,
      /^the credentials have expired .*aws sso login/,
    ],
    [
      'expired single sign-on',
      named('CredentialsProviderError', 'The SSO session associated with this profile has expired.'),
      nobody,
      /^the credentials have expired/,
    ],
    [
      'MFA',
      named('CredentialsProviderError', 'Profile x requires multi-factor authentication, but no MFA code callback was provided.'),
      nobody,
      /wants an MFA code/,
    ],
    [
      'wrong key',
      named('InvalidClientTokenId', 'The security token included in the request is invalid.'),
      nobody,
      /does not accept the credentials .*GovCloud/,
    ],
    [
      'wrong secret',
      named('SignatureDoesNotMatch', 'The request signature we calculated does not match'),
      nobody,
      /does not accept the credentials/,
    ],
    [
      'role denied',
      named('AccessDenied', 'User: x is not authorized to perform: sts:AssumeRole'),
      role,
      /^may not assume arn:aws:iam::111122223333:role\/audit .*external-id/,
    ],
    [
      'no network',
      named('Error', 'getaddrinfo ENOTFOUND sts.amazonaws.com', { code: 'ENOTFOUND' }),
      nobody,
      /^AWS STS cannot be reached .*proxy/,
    ],
    ['no answer', named('TimeoutError', 'socket hang up'), nobody, /^AWS STS cannot be reached/],
    ['a 500', named('InternalFailure', 'oops', { $fault: 'server', $metadata: { httpStatusCode: 500 } }), nobody, /^AWS did not let us in/],
  ])('%s', (_name, error, identity, said) => {
    expect(explain(error, identity)).toMatch(said);
  });

  test('keys are never repeated in full', () => {
    expect(explain(named('InvalidClientTokenId', 'AKIAIOSFODNN7EXAMPLE is invalid'), nobody)).not.toContain('AKIAIOSFODNN7EXAMPLE');
  });

  test('a bug stays a bug', () => {
    expect(() => explain(new TypeError('x is not a function'), nobody)).toThrow(TypeError);
  });
});

describe('credentials', () => {
  const keys = { accessKeyId: 'a', secretAccessKey: 'b' };

  test('are asked for once, however many clients want them at once', async () => {
    let asked = 0;
    const source = remembered(async () => ({ ...keys, asked: (asked += 1) }));
    await Promise.all([source(), source(), source()]);
    await source();
    expect(asked).toBe(1);
  });

  test('are renewed before they expire', async () => {
    let now = 0;
    let asked = 0;
    const source = remembered(
      async () => {
        asked += 1;
        return { ...keys, expiration: new Date(now + HOUR) };
      },
      () => now,
    );
    await source();
    now = HOUR - 6 * 60_000;
    await source();
    expect(asked).toBe(1);
    now = HOUR - 4 * 60_000;
    await source();
    await source();
    expect(asked).toBe(2);
  });

  test('that could not be had are asked for again', async () => {
    let asked = 0;
    const source = remembered(async () => {
      asked += 1;
      if (asked === 1) throw new Error('not yet');
      return keys;
    });
    await expect(source()).rejects.toThrow('not yet');
    await expect(source()).resolves.toEqual(keys);
  });
});
