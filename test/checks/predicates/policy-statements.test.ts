import { describe, expect, test } from 'vitest';
import {
  conditionText,
  coversAction,
  coversResource,
  statementEvidence,
  statementLabel,
} from '../../../checks/predicates/policy-statements.ts';
import type { PolicyStatement } from '../../../inventory/policy-document.ts';

const BARE: PolicyStatement = { effect: 'Allow', conditions: [] };

describe('a statement speaks of an action', () => {
  test.each<[string, Partial<PolicyStatement>, boolean]>([
    ['by its name in any case', { actions: ['IAM:passROLE'] }, true],
    ['by one pattern of several', { actions: ['s3:*', 'iam:Pass*'] }, true],
    ['by a star', { actions: ['*'] }, true],
    ['by a question mark', { actions: ['?am:PassRole'] }, true],
    ['not by another service', { actions: ['sts:PassRole'] }, false],
    ['not by another service that begins alike', { actions: ['inspector2:*'] }, false],
    ['not by an empty pattern', { actions: [''] }, false],
    ['by leaving out another', { notActions: ['s3:*'] }, true],
    ['not by leaving it out among others', { notActions: ['s3:*', 'iam:*'] }, false],
    ['not without any', {}, false],
  ])('%s', (_, part, covered) => {
    expect(coversAction({ ...BARE, ...part }, 'iam:passrole')).toBe(covered);
  });
});

describe('a statement speaks of a resource', () => {
  test.each<[string, Partial<PolicyStatement>, boolean]>([
    ['by one pattern of several', { resources: ['arn:aws:s3:::a', 'arn:aws:s3:::lo*'] }, true],
    ['not by another', { resources: ['arn:aws:s3:::a'] }, false],
    ['by leaving out another', { notResources: ['arn:aws:s3:::a'] }, true],
    ['not by leaving it out among others', { notResources: ['arn:aws:s3:::a', 'arn:aws:s3:::logs'] }, false],
    ['not without any', {}, false],
  ])('%s', (_, part, covered) => {
    expect(coversResource({ ...BARE, ...part }, 'arn:aws:s3:::logs')).toBe(covered);
  });
});

test('evidence has what the statement has, in the words of policies', () => {
  expect(statementEvidence(BARE)).toEqual({ effect: 'Allow' });
  expect(
    statementEvidence({
      sid: 'Everything',
      effect: 'Deny',
      notActions: ['iam:*'],
      notResources: ['arn:aws:s3:::logs'],
      conditions: [{ operator: 'bool', ifExists: true, key: 'aws:multifactorauthpresent', values: ['false'] }],
    }),
  ).toEqual({
    sid: 'Everything',
    effect: 'Deny',
    notAction: ['iam:*'],
    notResource: ['arn:aws:s3:::logs'],
    condition: ['boolifexists aws:multifactorauthpresent false'],
  });
  expect(statementEvidence({ ...BARE, actions: ['s3:*'], resources: ['*'] })).toEqual({
    effect: 'Allow',
    action: ['s3:*'],
    resource: ['*'],
  });
});

test('a statement without Sid is called by its place', () => {
  expect(statementLabel({ ...BARE, sid: 'Open' }, 1)).toBe('Open');
  expect(statementLabel({ ...BARE, sid: '' }, 1)).toBe('statement 2');
  expect(statementLabel(BARE, 0)).toBe('statement 1');
});

test('a condition is told with its set and its values, an external id without', () => {
  const tags = { operator: 'stringlike', qualifier: 'ForAllValues', ifExists: false, key: 'aws:tagkeys', values: ['a*', 'b'] } as const;
  expect(conditionText(tags)).toBe('ForAllValues:stringlike aws:tagkeys a* or b');
  expect(conditionText({ operator: 'stringequals', ifExists: false, key: 'sts:externalid', values: ['x-1'] })).toBe(
    'stringequals sts:externalid',
  );
});
