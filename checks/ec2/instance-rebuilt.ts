import { defineCheck, denied, fail, pass } from '../check.ts';
import { byHand, fromTemplate, instance, stopped, terminated } from '../predicates/example-instances.ts';
import { isStopped, unlessTerminated } from '../predicates/instances.ts';
import { rebuildEvidence } from '../predicates/stale-images.ts';
import { dateOf, daysSince } from '../predicates/time.ts';

const old = { ...instance, madeAt: '2025-10-02T00:00:00Z', launchedAt: '2026-10-30T00:00:00Z' };

const NOT_RUNNING = { severity: 'INFORMATIONAL', because: 'nothing runs on it until it is started' } as const;

export default defineCheck({
  id: 'ec2-instance-rebuilt',
  title: 'Instances should be rebuilt from a fresh image after some months',
  severity: 'LOW',
  controls: [],
  equivalents: { prowler: ['ec2_instance_older_than_specific_days'] },
  risk: 'What nobody rebuilds drifts: patches that failed, packages nobody knows, and perhaps an intruder who survives every reboot.',
  remediation: {
    text: 'Replace the instance by a new one from a current image; in an Auto Scaling group by an instance refresh, or for good by a maximum instance lifetime.',
    cli: 'aws autoscaling start-instance-refresh --auto-scaling-group-name <group>',
    cloudFormation: 'AWS::AutoScaling::AutoScalingGroup.MaxInstanceLifetime',
  },
  resourceType: 'AWS::EC2::Instance',
  needs: ['instance', 'rebuild'],
  params: { days: 180 },
  evaluate: (resource, { days, now }) =>
    unlessTerminated(resource.instance, () => {
      const { madeAt, launchedAt, rootVolumeSince } = resource.instance;
      if (daysSince(madeAt, now) <= days) return pass;
      const evidence = {
        ...{ madeAt: dateOf(madeAt), startedAt: dateOf(launchedAt) },
        ...(rootVolumeSince === undefined ? {} : { rootVolumeSince: dateOf(rootVolumeSince) }),
        rebuild: rebuildEvidence(resource, undefined, now),
      };
      const since = `made on ${dateOf(madeAt)}, more than ${days} days ago`;
      return isStopped(resource.instance) ? fail(`${since}, and stopped`, evidence, NOT_RUNNING) : fail(since, evidence);
    }),
  examples: {
    pass: {
      'made last month': { instance, rebuild: byHand },
      'made exactly 180 days ago': { instance: { ...instance, madeAt: '2026-05-05T00:00:00Z' }, rebuild: byHand },
    },
    fail: {
      'made 181 days ago': { instance: { ...instance, madeAt: '2026-05-04T00:00:00Z' }, rebuild: fromTemplate },
      'made last year, stopped and started the day before yesterday': { instance: old, rebuild: byHand },
      'made last year, with a root volume that is new': { instance: { ...old, rootVolumeSince: '2026-10-30T00:00:00Z' }, rebuild: byHand },
      'made last year and stopped': { instance: { ...stopped, madeAt: old.madeAt }, rebuild: byHand },
      'made last year, the rest not read': { instance: old, rebuild: denied('autoscaling:DescribeAutoScalingGroups') },
    },
    unknown: { 'not allowed to ask': { instance: denied('ec2:DescribeInstances'), rebuild: byHand } },
    notApplicable: { terminated: { instance: { ...terminated, madeAt: old.madeAt }, rebuild: byHand } },
  },
});
