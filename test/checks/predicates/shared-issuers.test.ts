import { describe, expect, test } from 'vitest';
import { isSharedIssuer, namesTokenOwner } from '../../../checks/predicates/shared-issuers.ts';
import type { PolicyCondition } from '../../../inventory/policy-document.ts';

const GITHUB = 'token.actions.githubusercontent.com';
const on = (claim: string, value: string, more: Partial<PolicyCondition> = {}): PolicyCondition => ({
  operator: 'stringlike',
  ifExists: false,
  key: `${GITHUB}:${claim}`,
  values: [value],
  ...more,
});

test('an issuer is shared if anybody can sign up with it', () => {
  expect(isSharedIssuer(GITHUB)).toBe(true);
  expect(isSharedIssuer('oidc.eks.eu-west-1.amazonaws.com/id/ABCDEF')).toBe(false);
  expect(isSharedIssuer('constructor')).toBe(false);
});

describe('the owner of a token', () => {
  test.each<[string, PolicyCondition]>([
    ['by its repository', on('repository', 'our-org/app')],
    ['by the number of its owner', on('repository_owner_id', '4711')],
    ['by a sub, which every token has', on('sub', 'repo:our-org/*', { ifExists: true })],
    ['by a set of subs, of which every token has one', on('sub', 'repo:our-org/*', { qualifier: 'ForAllValues' })],
  ])('is named %s', (_, condition) => {
    expect(namesTokenOwner(condition, GITHUB)).toBe(true);
  });

  test.each<[string, PolicyCondition]>([
    ['by a repository, if the token says so', on('repository', 'our-org/app', { ifExists: true })],
    ['by a set of repositories that may be empty', on('repository', 'our-org/app', { qualifier: 'ForAllValues' })],
    ['by a number that may be another', on('repository_owner_id', '47*')],
    ['by none', on('sub', 'x', { values: [] })],
    ['by any of two, of which one is anybody', on('sub', 'x', { values: ['repo:our-org/*', '*'] })],
    ['by a claim that anybody can have', on('actor', 'octocat')],
    ['by what is no claim at all', on('constructor', 'x')],
    ["by another issuer's claim of the same length", on('sub', 'repo:our-org/*', { key: `${GITHUB.replace('token', 'xoken')}:sub` })],
    ['by leaving one out', on('sub', 'repo:our-org/*', { operator: 'stringnotlike' })],
  ])('is not named %s', (_, condition) => {
    expect(namesTokenOwner(condition, GITHUB)).toBe(false);
  });

  test('is nobody where the issuer is not shared', () => {
    expect(namesTokenOwner({ ...on('sub', 'x'), key: 'login.example.com:sub' }, 'login.example.com')).toBe(false);
  });
});
