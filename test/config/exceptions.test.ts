import { describe, expect, test } from 'vitest';
import { toConfig } from '../../config/config.ts';
import { parseConfig } from '../../config/parse-config.ts';
import { exceptionFor, toExceptions } from '../../findings/exceptions.ts';
import { checks } from '../cli/fake-world.ts';

const TODAY = new Date('2026-11-21T23:00:00Z');
const KEYS = {
  ...{
    check: 's3-bucket-tls-only',
    resource: 'arn:aws:s3:::logs-*',
    reason: 'moving',
    owner: 'web',
    expires: '2026-12-31',
    ticket: 'OPS-1',
  },
};

function parse(change: Readonly<Record<string, string | undefined>> = {}) {
  const lines = Object.entries({ ...KEYS, ...change }).flatMap(([key, value]) => (value === undefined ? [] : [`${key}: ${value}`]));
  return parseConfig(`exceptions:\n  - ${lines.join('\n    ')}\n`, 'posture.yaml', checks, TODAY);
}

describe('an exception', () => {
  test('is taken as it is written', () => {
    expect(toConfig(parse({ tags: '{ team: web }', accounts: "['111122223333']" })).exceptions).toEqual([
      { ...KEYS, tags: { team: 'web' }, accounts: ['111122223333'] },
    ]);
  });

  test.each(['check', 'resource', 'reason', 'owner', 'expires', 'ticket'])('without its %s is an error with its place', (key) => {
    expect(() => parse({ [key]: undefined })).toThrow(
      new RegExp(`^posture\\.yaml:2:5: exceptions\\[0\\]\\.${key}: is missing; expected \\S`),
    );
  });

  test.each([
    [
      { check: 's3-bucket-tls-onyl' },
      '2:12: exceptions[0].check: expected the id of a check, found "s3-bucket-tls-onyl"; did you mean "s3-bucket-tls-only"?',
    ],
    [
      { resource: 'logs-*' },
      '3:15: exceptions[0].resource: expected an ARN, such as arn:aws:s3:::logs-*, or * beside tags or accounts, found "logs-*"',
    ],
    [
      { resource: "'*'" },
      '3:15: exceptions[0].resource: expected an ARN, such as arn:aws:s3:::logs-*, or * beside tags or accounts, found "*"',
    ],
    [{ reason: "'  '" }, '4:13: exceptions[0].reason: expected why it may be so'],
    [{ expires: '2026-02-30' }, '6:14: exceptions[0].expires: expected a day such as'],
    [{ expires: '31.12.2026' }, '6:14: exceptions[0].expires: expected a day such as'],
    [{ expires: '2027-12-27' }, '6:14: exceptions[0].expires: expected a day at most 400 days ahead, 2027-12-26 or earlier'],
    [{ tags: '{}' }, '8:11: exceptions[0].tags: expected at least one tag'],
    [{ tags: '{ env: 1 }' }, '8:18: exceptions[0].tags.env: expected text, found 1'],
    [{ until: '2026-12-31' }, '8:5: unknown key "until" in exceptions[0]'],
  ])('%j is an error', (change, message) => {
    expect(() => parse(change)).toThrow(`posture.yaml:${message}`);
  });

  test.each([
    [{ expires: '2020-01-01' }],
    [{ expires: '2027-12-26' }],
    [{ resource: undefined, tags: '{ team: web }' }],
    [{ resource: "'*'", accounts: "['111122223333']" }],
  ])('%j is none', (change) => {
    expect(() => parse(change)).not.toThrow();
  });

  test('that was read long ago still means what it says', () => {
    const { exceptions } = toConfig(JSON.parse(JSON.stringify(parse({ expires: '2027-12-26' }))));
    const resource = { arn: 'arn:aws:s3:::logs-1', tags: {}, accountId: '111122223333' };
    expect(exceptionFor({ checkId: 's3-bucket-tls-only', resource }, toExceptions(exceptions), '2027-12-26T12:00:00Z')).toEqual(
      exceptions[0],
    );
  });
});
