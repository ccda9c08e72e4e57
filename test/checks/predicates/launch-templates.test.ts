import { describe, expect, test } from 'vitest';
import { fail, partial } from '../../../checks/check.ts';
import { templateVersion } from '../../../checks/predicates/example-instances.ts';
import { failingVersion, launchesOf, versionEvidence, versionRole } from '../../../checks/predicates/launch-templates.ts';
import type { LaunchTemplateVersion } from '../../../inventory/ec2/launch-template.ts';

const version = (part: Partial<LaunchTemplateVersion>): LaunchTemplateVersion => ({ ...templateVersion, ...part });
const PINNED = version({ number: 2, isDefault: false, isLatest: false, groups: ['web', 'api', 'web'] });

describe('which version it is', () => {
  test.each([
    [{ isDefault: true, isLatest: true }, 'default version 2'],
    [{ isDefault: false, isLatest: true }, 'latest version 2'],
    [{ isDefault: false, isLatest: false, groups: ['web', 'api'] }, 'version 2, which web uses'],
    [{ isDefault: false, isLatest: false, groups: [] }, 'version 2'],
    [{ isDefault: false, isLatest: false, groups: partial<string>([], 'autoscaling:DescribeAutoScalingGroups') }, 'version 2'],
  ])('%j', (part, words) => {
    expect(versionRole(version({ number: 2, ...part }))).toBe(words);
  });
});

describe('the evidence of a version', () => {
  test('names each group that uses it once, in order', () => {
    expect(versionEvidence(PINNED)).toEqual({ version: 2, groups: ['api', 'web'] });
  });

  test('names no groups where none is known', () => {
    expect(versionEvidence({ ...PINNED, groups: [] })).toEqual({ version: 2 });
    expect(versionEvidence({ ...PINNED, groups: partial<string>([], 'autoscaling:DescribeAutoScalingGroups') })).toEqual({ version: 2 });
  });
});

test('each version is something that starts instances', () => {
  const launches = [...launchesOf([PINNED, version({ number: 3, isDefault: true, groups: [] })])];
  expect(launches.map(({ words }) => words())).toEqual(['version 2, which web uses', 'default version 3']);
  expect(launches.map(({ evidence }) => evidence())).toEqual([{ version: 2, groups: ['api', 'web'] }, { version: 3 }]);
  expect(launches.map(({ launch }) => launch)).toMatchObject([{ number: 2 }, { number: 3 }]);
});

test('a failure tells the version and who uses it beside what is wrong', () => {
  const verdict = failingVersion([version({ number: 1 }), PINNED], ({ number }) =>
    number === 2 ? fail('has a public address', { setting: 'AssociatePublicIpAddress' }) : undefined,
  );
  expect(verdict).toMatchObject({
    status: 'FAIL',
    reason: 'version 2, which web uses: has a public address',
    evidence: { version: 2, groups: ['api', 'web'], setting: 'AssociatePublicIpAddress' },
  });
});

test('without a failing version all is well', () => {
  expect(failingVersion([PINNED], () => undefined)).toMatchObject({ status: 'PASS' });
});
