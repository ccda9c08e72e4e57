import { describe, expect, test } from 'vitest';
import { type Choice, decideAtBest } from '../../../checks/predicates/decide-at-best.ts';
import { toPolicyDocument } from '../../../inventory/policy-document.ts';

const CHOSEN = ['aws:useragent', 'aws:referer', 'aws:requesttag/a', 'aws:requesttag/b', 'aws:requesttag/c'];
const choice: Choice = (key) => (CHOSEN.includes(key) ? 'any' : key === 'aws:multifactorauthpresent' ? ['absent'] : undefined);
const allow = (Condition: object = {}, Action = 'iam:PutUserPolicy') => ({ Effect: 'Allow', Action, Resource: '*', Condition });
const deny = (Condition: object) => ({ ...allow(Condition), Effect: 'Deny' });
const agent = (value: string | readonly string[]) => ({ StringEquals: { 'aws:UserAgent': value } });
const office = { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } };

function decided(statements: readonly object[], carried: Readonly<Record<string, readonly string[]>> = {}) {
  const identity = toPolicyDocument({ Statement: statements }, 'test').statements;
  return decideAtBest({ identity }, { action: 'iam:putuserpolicy', carries: (key) => carried[key] }, choice);
}

describe('whoever wants it allowed', () => {
  test.each<[string, readonly object[]]>([
    ['sends what an Allow asks for', [allow(agent('console'))]],
    ['sends one of what it asks for', [allow(agent(['console', 'cli']))]],
    ['sends something like what it asks for', [allow({ StringLike: { 'aws:UserAgent': 'con*le-?' } })]],
    ['sends what is not what a Deny speaks of', [allow(), deny(agent('console'))]],
    [
      'sends what is none of what a Deny and an Allow speak of',
      [allow({ StringLike: { 'aws:UserAgent': '*' } }), deny({ StringEquals: { 'aws:UserAgent': ['console', 'cli'] } })],
    ],
    ['sends nothing where a Deny speaks of anything', [allow(), deny({ StringLike: { 'aws:UserAgent': '*' } })]],
    ['sends nothing where nothing may be sent', [allow({ Null: { 'aws:UserAgent': 'true' } })]],
    ['sends anything where something must be', [allow({ Null: { 'aws:UserAgent': 'false' } })]],
    ['sends several things', [allow({ StringEquals: { 'aws:UserAgent': 'console', 'aws:Referer': 'x' } })]],
    ['comes without MFA where that suffices', [allow({ BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' } })]],
    [
      'is not held up by a condition on another action',
      [allow(agent('console')), allow({ StringEquals: { 'aws:Referer': Array.from({ length: 200 }, (_, i) => `${i}`) } }, 's3:GetObject')],
    ],
  ])('%s', (_, statements) => {
    expect(decided(statements)).toEqual({ outcome: 'always' });
  });

  test('cannot choose what the request carries anyway', () => {
    expect(decided([allow(agent('console'))], { 'aws:useragent': ['cli'] })).toMatchObject({ outcome: 'never' });
  });

  test('cannot choose where it comes from', () => {
    expect(decided([allow(office)])).toEqual({ outcome: 'sometimes', onlyIf: ['ipaddress aws:sourceip 203.0.113.0/24'], unless: [] });
  });

  test('is told only what is left to depend on', () => {
    expect(decided([allow({ ...office, ...agent('console') })])).toEqual({
      outcome: 'sometimes',
      onlyIf: ['ipaddress aws:sourceip 203.0.113.0/24'],
      unless: [],
    });
    const elsewhere = { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } };
    expect(decided([allow(agent('console')), deny(elsewhere), deny({ ...elsewhere, ...agent('cli') })])).toEqual({
      outcome: 'sometimes',
      onlyIf: [],
      unless: ['notipaddress aws:sourceip 203.0.113.0/24'],
    });
  });
});

test('what is always or never so needs no choice', () => {
  expect(decided([allow()])).toEqual({ outcome: 'always' });
  expect(decided([])).toEqual({ outcome: 'never', denied: false });
  expect(decided([allow(agent('console')), deny({})])).toEqual({ outcome: 'never', denied: true });
});

test('of too many choices the first keys are tried, and the rest is told', () => {
  const values = Array.from({ length: 60 }, (_, index) => `${index}`);
  const [first, second] = ['aws:RequestTag/a', 'aws:RequestTag/b'].map((key) => ({ StringEquals: { [key]: values } }));
  const both = { StringEquals: { ...first?.StringEquals, ...second?.StringEquals } };
  expect(decided([allow(both)])).toMatchObject({ outcome: 'sometimes', onlyIf: [expect.stringContaining('aws:requesttag/b')] });
});
