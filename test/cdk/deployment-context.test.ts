import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readDeploymentContext } from '../../cdk/deployment-context.ts';

const EMPTY = mkdtempSync(join(tmpdir(), 'cloud-posture-empty-'));

function read(given: Readonly<Record<string, string>> = {}, environment: Readonly<Record<string, string>> = {}, yaml?: string) {
  const cwd = yaml === undefined ? EMPTY : mkdtempSync(join(tmpdir(), 'cloud-posture-config-'));
  if (yaml !== undefined) writeFileSync(join(cwd, 'posture.yaml'), yaml);
  return readDeploymentContext({ context: (name) => given[name], environment, cwd });
}

test('without credentials, configuration or context there are defaults', () => {
  expect(read()).toMatchObject({ written: {}, account: undefined, region: 'us-east-1', callAs: 'DELEGATED_ADMIN' });
});

test('account and region are those of the context, then of the configuration, then of the credentials', () => {
  const environment = { CDK_DEFAULT_ACCOUNT: '111122223333', CDK_DEFAULT_REGION: 'eu-west-1' };
  const yaml = 'deployment:\n  region: eu-north-1\n';
  expect(read({}, environment)).toMatchObject({ account: '111122223333', region: 'eu-west-1' });
  expect(read({}, environment, yaml)).toMatchObject({ account: '111122223333', region: 'eu-north-1' });
  expect(read({ account: '444455556666', region: 'us-west-2' }, environment, yaml)).toMatchObject({
    account: '444455556666',
    region: 'us-west-2',
  });
});

test.each([
  [{ account: '1111' }, '', '--context account=1111: expected an account id of 12 digits'],
  [{ region: 'Ireland' }, '', '--context region=Ireland: expected a region such as eu-west-1'],
  [{ callAs: 'me' }, '', '--context callAs=me: expected DELEGATED_ADMIN, or SELF in the management account'],
  [
    {},
    'deployment:\n  roleName: cloud-posture-scan\n',
    'deployment.roleName: cloud-posture-scan is a role of the hub stack; choose another name',
  ],
  [{}, 'deployment:\n  roleName: Cloud-Posture-Tampering\n', 'Cloud-Posture-Tampering is a role of the hub stack'],
  [{}, 'deployment:\n  roleName: cloud-posture-forward-eu-west-1\n', 'cloud-posture-forward-eu-west-1 may be a role of a region stack'],
  [
    {},
    'schedule: rate(5 minutes)\n',
    'posture.yaml:1:11: schedule: expected at least 15 minutes between two audits, found "rate(5 minutes)"',
  ],
  [{ config: 'other.yaml' }, '', /^cannot read the configuration other\.yaml/],
])('%j with %j is refused in one line', (given, yaml, message) => {
  expect(() => read(given, {}, yaml)).toThrow(message);
});
