import { expect, test } from 'vitest';
import { refuse } from '../../../checks/check.ts';
import { instance, stopped } from '../../../checks/predicates/example-instances.ts';
import { isUnread } from '../../../checks/predicates/logic.ts';
import { judgePatches } from '../../../checks/predicates/patches.ts';
import type { PatchState } from '../../../inventory/ec2/instance.ts';

const NOW = new Date('2026-11-21T08:00:00Z');
const DONE: PatchState = {
  ...{ missing: 0, failed: 0, pendingReboot: 0, criticalNonCompliant: 0, securityNonCompliant: 0, otherNonCompliant: 0 },
  operation: 'Scan',
  endedAt: '2026-11-20T08:00:00Z',
};
const OLD = { ...DONE, endedAt: '2026-09-01T08:00:00Z' };
const NOT_TOLD: PatchState = {
  ...DONE,
  get missing() {
    return refuse('ssm:DescribeInstancePatchStates');
  },
};
const judge = (state: PatchState, machine = instance) => judgePatches(state, machine, 30, NOW);

test('the worst of what is open is the reason, and all of it the evidence', () => {
  expect(judge({ ...DONE, missing: 3, securityNonCompliant: 2 })).toMatchObject({
    status: 'FAIL',
    reason: '2 security patches not compliant',
    evidence: { securityNonCompliant: 2, missing: 3 },
  });
});

test('nothing open after a scan that is fresh is well', () => {
  expect(judge(DONE)).toMatchObject({ status: 'PASS' });
});

test('an old scan proves nothing, and of a stopped instance there can be no newer one', () => {
  expect(judge(OLD)).toMatchObject({
    status: 'FAIL',
    reason: 'stale: last scanned for patches on 2026-09-01, over 30 days ago',
    evidence: { scannedAt: '2026-09-01' },
  });
  expect(judge(OLD, stopped)).toMatchObject({ status: 'NOT_APPLICABLE' });
});

test('what was not told is not taken for nothing, and hides nothing that was', () => {
  expect(() => judge(NOT_TOLD)).toThrow(expect.toSatisfy(isUnread));
  const { missing: _, ...told } = DONE;
  const failed: PatchState = Object.defineProperty({ ...told, failed: 1, missing: 0 }, 'missing', {
    get: () => refuse('ssm:DescribeInstancePatchStates'),
  });
  expect(judge(failed)).toMatchObject({ status: 'FAIL', reason: '1 patches failed to install' });
});
