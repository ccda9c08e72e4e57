import { describe, expect, test } from 'vitest';
import type { EscalationStep } from '../../../checks/predicates/escalation-paths.ts';
import { targetsOf } from '../../../checks/predicates/escalation-targets.ts';
import { toPolicyDocument } from '../../../inventory/policy-document.ts';

const IAM = 'arn:aws:iam::111122223333:';
const CREATE = 'lambda:createfunction';
const USER = { kind: 'user', arn: `${IAM}user/alice`, accountId: '111122223333', partition: 'aws', tags: {} } as const;
const ROLE = { ...USER, kind: 'role', arn: `${IAM}role/deploy` } as const;
const GROUP = { ...USER, kind: 'group', arn: `${IAM}group/devs` } as const;
const NEW_FUNCTION: EscalationStep = { actions: [CREATE], on: 'new function' };

function seeker(statements: readonly object[] = [], boundary?: readonly object[]) {
  const identity = toPolicyDocument({ Statement: statements }, 'test').statements;
  return {
    principal: USER,
    policies: [],
    deciding: { identity, boundary: boundary && toPolicyDocument({ Statement: boundary }, 'test').statements },
  };
}

/** Beside anything else, which comes first. */
function namesFor(statement: object, more: readonly object[] = []): readonly string[] {
  const [anything, ...names] = targetsOf([NEW_FUNCTION], seeker([statement, ...more])).map((target) => target(CREATE));
  expect(anything).toMatch(/^arn:aws:lambda:eu-west-1:111122223333:./);
  return names;
}

describe('what is made may be called as a policy names it', () => {
  const named = (Resource: string | readonly string[], Action = 'lambda:CreateFunction') => ({ Effect: 'Allow', Action, Resource });

  test.each<[string, RegExp]>([
    ['arn:aws:lambda:us-east-2:111122223333:function:app', /^arn:aws:lambda:us-east-2:111122223333:function:app$/],
    ['arn:aws:lambda:*:*:function:app-*', /^arn:aws:lambda:eu-west-1:111122223333:function:app-[^*]+$/],
    ['arn:*:lambda:??-west-1:111122223333:function:app', /^arn:aws:lambda:eu-west-1:111122223333:function:app$/],
    ['arn:aws:lambda:eu-west-1:111122223333:function:app-?', /^arn:aws:lambda:eu-west-1:111122223333:function:app-x$/],
    [
      `arn:aws:lambda:*:\${aws:PrincipalAccount}:function:\${aws:username}-*`,
      /^arn:aws:lambda:eu-west-1:111122223333:function:alice-[^*]+$/,
    ],
    [`arn:aws:lambda:*:*:function:\${aws:SourceIdentity}-app`, /^arn:aws:lambda:eu-west-1:111122223333:function:[^$*}]+-app$/],
    ['arn:aws:s3:::code/app', /^arn:aws:s3:::code\/app$/],
  ])('%s', (pattern, expected) => {
    expect(namesFor(named(pattern))).toEqual([expect.stringMatching(expected)]);
  });

  test.each([
    '*',
    'arn:aws:lambda:*',
    'app',
    'urn:aws:lambda:eu-west-1:111122223333:function:app',
    'arn:aws:*:eu-west-1:111122223333:function:app',
  ])('%s names nothing', (pattern) => {
    expect(namesFor(named(pattern))).toEqual([]);
  });

  test('in another account it is none of ours', () => {
    expect(namesFor(named('arn:aws:lambda:eu-west-1:444455556666:function:app'))).toEqual([]);
  });

  test('by a statement on other actions, or a Deny, it is not', () => {
    const app = 'arn:aws:lambda:eu-west-1:111122223333:function:app';
    expect(namesFor(named(app, 'lambda:GetFunction'), [{ ...named(app), Effect: 'Deny' }])).toEqual([]);
  });

  test('by the boundary too', () => {
    const app = 'arn:aws:lambda:eu-west-1:111122223333:function:app';
    const targets = targetsOf([NEW_FUNCTION], seeker([named('*')], [named(app)]));
    expect(targets.map((target) => target(CREATE))).toContain(app);
  });

  test('of many names twenty are tried', () => {
    const names = Array.from({ length: 30 }, (_, index) => `arn:aws:lambda:eu-west-1:111122223333:function:app-${index}`);
    expect(namesFor(named(names))).toHaveLength(20);
  });
});

describe('what is asked of', () => {
  const asked = (on: EscalationStep['on'], more: object = {}, action = 'iam:x') =>
    targetsOf([{ actions: [action], on }], { ...seeker(), ...more }).map((target) => target(action));

  test('itself is its own ARN; of a group, that of a member or for its policies its own', () => {
    expect(asked('itself')).toEqual([USER.arn]);
    expect(asked('itself', { principal: GROUP }, 'iam:putuserpolicy')).toEqual([
      expect.stringMatching(/^arn:aws:iam::111122223333:user\/./),
    ]);
    expect(asked('itself', { principal: GROUP }, 'iam:putgrouppolicy')).toEqual([GROUP.arn]);
  });

  test('any role is one that nobody has heard of, or the one that is sought', () => {
    expect(asked('any role')).toEqual([expect.stringMatching(/^arn:aws:iam::111122223333:role\/[^/a-z]+/)]);
    expect(asked('any role', { other: ROLE })).toEqual([ROLE.arn]);
    expect(asked('any user', { other: ROLE })).toEqual([]);
  });

  test.each<[EscalationStep['on'], RegExp]>([
    ['existing function', /^arn:aws:lambda:eu-west-1:111122223333:function:[^<]+$/],
    ['existing stack', /^arn:aws:cloudformation:eu-west-1:111122223333:stack\/[^<]+\/[^<]+$/],
    ['existing instance', /^arn:aws:ec2:eu-west-1:111122223333:instance\/[^<]+$/],
  ])('an %s has the ARN of its kind', (on, expected) => {
    expect(asked(on)).toEqual([expect.stringMatching(expected)]);
  });
});
