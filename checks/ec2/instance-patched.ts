import type { PatchState } from '../../inventory/ec2/instance.ts';
import { defineCheck, denied, noData } from '../check.ts';
import { instance, stopped, terminated } from '../predicates/example-instances.ts';
import { unlessTerminated } from '../predicates/instances.ts';
import { judgePatches } from '../predicates/patches.ts';

const patched: PatchState = {
  missing: 0,
  failed: 0,
  pendingReboot: 0,
  criticalNonCompliant: 0,
  securityNonCompliant: 0,
  otherNonCompliant: 0,
  operation: 'Scan',
  endedAt: '2026-10-31T02:00:00Z',
};

export default defineCheck({
  id: 'ec2-instance-patched',
  title: 'Instances should have all patches of their baseline, by a recent scan',
  severity: 'HIGH',
  controls: ['AWS-FSBP:SSM.2'],
  equivalents: { prowler: ['ssm_managed_compliant_patching'], securityHub: ['SSM.2'] },
  risk: 'The exploits for a hole appear soon after its patch; whoever has not installed it is who they are for.',
  remediation: {
    text: 'Install the missing patches, reboot where one waits for it, and let a patch policy scan every day.',
    cli: 'aws ssm send-command --document-name AWS-RunPatchBaseline --parameters Operation=Install --targets Key=InstanceIds,Values=<instance>',
    cloudFormation: 'AWS::SSM::PatchBaseline',
  },
  resourceType: 'AWS::EC2::Instance',
  needs: ['instance', 'patchState'],
  params: { scanDays: 14 },
  evaluate: (resource, { scanDays, now }) =>
    unlessTerminated(resource.instance, () => judgePatches(resource.patchState, resource.instance, scanDays, now)),
  examples: {
    pass: {
      'nothing missing': { instance, patchState: patched },
      'scanned exactly 14 days ago': { instance, patchState: { ...patched, endedAt: '2026-10-18T00:00:00Z' } },
      'nothing missing when it was stopped': { instance: stopped, patchState: patched },
    },
    fail: {
      'patches missing': { instance, patchState: { ...patched, missing: 3, criticalNonCompliant: 1 } },
      'a patch failed to install': { instance, patchState: { ...patched, operation: 'Install', failed: 1 } },
      'a security patch is not compliant': { instance, patchState: { ...patched, securityNonCompliant: 1 } },
      'a patch is installed that the baseline rejects': { instance, patchState: { ...patched, otherNonCompliant: 1 } },
      'installed, but waiting for a reboot': { instance, patchState: { ...patched, operation: 'Install', pendingReboot: 2 } },
      'patches missing on a stopped instance': {
        instance: stopped,
        patchState: { ...patched, missing: 1, endedAt: '2026-06-01T00:00:00Z' },
      },
      'not scanned for a month': { instance, patchState: { ...patched, endedAt: '2026-10-01T02:00:00Z' } },
    },
    unknown: {
      'never scanned': { instance, patchState: noData('ssm:DescribeInstancePatchStates', 'Patch Manager has no result for the instance') },
      'not allowed to ask': { instance, patchState: denied('ssm:DescribeInstancePatchStates') },
    },
    notApplicable: {
      'stopped for so long that the last scan says little': {
        instance: stopped,
        patchState: { ...patched, endedAt: '2026-06-01T00:00:00Z' },
      },
      terminated: { instance: terminated, patchState: { ...patched, missing: 3 } },
    },
  },
});
