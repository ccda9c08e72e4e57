import { describe, expect, test } from 'vitest';
import { type DecidingPolicies, decide, type PolicyRequest } from '../../../checks/predicates/evaluate-policy.ts';
import { toPolicyDocument } from '../../../inventory/policy-document.ts';

const ROLE = 'arn:aws:iam::111122223333:role/app';
const USER = 'arn:aws:iam::111122223333:user/alice';
const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/1';
const office = { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } };
const OFFICE = 'ipaddress aws:sourceip 203.0.113.0/24';
const allow = (more: object = {}) => ({ Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*', ...more });
const deny = (more: object = {}) => ({ ...allow(more), Effect: 'Deny' });
const statements = (...Statement: readonly object[]) => toPolicyDocument({ Statement }, 'test').statements;

function decided(policies: Partial<DecidingPolicies>, request: Partial<PolicyRequest> = {}) {
  const principal = { arn: ROLE, account: '111122223333' };
  return decide({ identity: [], ...policies }, { action: 'kms:decrypt', resource: KEY, principal, carries: () => undefined, ...request });
}

describe('what is not allowed is never so', () => {
  test.each<[string, Partial<DecidingPolicies>, boolean]>([
    ['without a policy', {}, false],
    ['by a Deny, whatever allows it', { identity: statements(allow(), deny()) }, true],
    ['by a Deny of the boundary', { identity: statements(allow()), boundary: statements(allow(), deny()) }, true],
    ['by a Deny of the resource', { identity: statements(allow()), resource: statements(deny({ Principal: '*' })) }, true],
    ['outside of the boundary', { identity: statements(allow()), boundary: statements(allow({ Action: 's3:*' })) }, false],
    ['by a statement on another resource', { identity: statements(allow({ Resource: `${KEY}0` })) }, false],
    ['by a statement on all but this resource', { identity: statements(allow({ Resource: undefined, NotResource: KEY })) }, false],
  ])('%s', (_, policies, denied) => {
    expect(decided(policies)).toEqual({ outcome: 'never', denied });
  });
});

describe('whom a resource’s policy names', () => {
  const naming = (AWS: string) => statements(allow({ Principal: { AWS } }));
  test.each<[string, Partial<DecidingPolicies>, string]>([
    ['itself: enough', { resource: naming(ROLE) }, 'always'],
    [
      'itself, outside of a role’s boundary: not enough',
      { resource: naming(ROLE), boundary: statements(allow({ Action: 's3:*' })) },
      'never',
    ],
    ['its account: not enough', { resource: naming('111122223333'), resourcePolicy: 'must-allow' }, 'never'],
    [
      'its account, and its own policy: enough',
      { resource: naming('111122223333'), resourcePolicy: 'must-allow', identity: statements(allow()) },
      'always',
    ],
    [
      'another, where it must allow: not enough',
      { resource: naming(USER), resourcePolicy: 'must-allow', identity: statements(allow()) },
      'never',
    ],
    ['another, where it need not: enough', { resource: naming(USER), identity: statements(allow()) }, 'always'],
    ['itself, in another account: not enough', { resource: naming(ROLE), resourcePolicy: 'foreign' }, 'never'],
    [
      'itself, in another account, and its own policy: enough',
      { resource: naming(ROLE), resourcePolicy: 'foreign', identity: statements(allow()) },
      'always',
    ],
    ['nobody, in another account: not enough', { resource: [], resourcePolicy: 'foreign', identity: statements(allow()) }, 'never'],
  ])('%s', (_, policies, outcome) => {
    expect(decided(policies).outcome).toBe(outcome);
  });

  test('a user: a boundary takes nothing from it', () => {
    const boundary = statements(allow({ Action: 's3:*' }));
    expect(decided({ resource: naming(USER), boundary }, { principal: { arn: USER, account: '111122223333' } }).outcome).toBe('always');
  });
});

describe('what depends on something', () => {
  test.each<[string, readonly object[], readonly string[], readonly string[]]>([
    ['on a condition of the Allow', [allow({ Condition: office })], [OFFICE], []],
    ['on a condition of a Deny', [allow(), deny({ Condition: office })], [], [OFFICE]],
    [
      'on the conditions that are open, not on those that hold, nor those of other statements',
      [
        allow({ Condition: { ...office, Bool: { 'aws:SecureTransport': 'true' } } }),
        allow({ Action: 's3:*', Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }),
      ],
      [OFFICE],
      [],
    ],
    [
      'on an Allow, but on no condition of a Deny that does not apply',
      [
        allow({ Condition: office }),
        deny({ Condition: { Bool: { 'aws:SecureTransport': 'false', 'aws:MultiFactorAuthPresent': 'false' } } }),
      ],
      [OFFICE],
      [],
    ],
    [
      'on a variable of the resource, beside resources without any',
      [allow({ Resource: [`${KEY}0`, `arn:aws:kms:*:*:key/\${aws:userid}`] })],
      [`the resource is arn:aws:kms:*:*:key/\${aws:userid}`],
      [],
    ],
    [
      'on a variable of what the resource is not',
      [allow({ Resource: undefined, NotResource: `arn:aws:kms:*:*:key/\${aws:userid}` })],
      [`the resource is arn:aws:kms:*:*:key/\${aws:userid}`],
      [],
    ],
  ])('%s', (_, identity, onlyIf, unless) => {
    const carries = (key: string) => (key === 'aws:securetransport' ? ['true'] : undefined);
    expect(decided({ identity: statements(...identity) }, { carries })).toEqual({ outcome: 'sometimes', onlyIf, unless });
  });
});

test('a request without a resource is about what the policy stands on', () => {
  const trust = statements({ Effect: 'Allow', Principal: { AWS: ROLE }, Action: 'sts:AssumeRole' });
  const principal = { arn: ROLE, account: '111122223333' };
  const request = { action: 'sts:assumerole', principal, carries: () => undefined };
  expect(decide({ identity: [], resource: trust, resourcePolicy: 'must-allow' }, request)).toEqual({ outcome: 'always' });
});
