import { defineCheck, denied, fail, notApplicable, pass } from '../check.ts';
import { instance, stopped, terminated } from '../predicates/example-instances.ts';
import { unlessTerminated } from '../predicates/instances.ts';
import { refuseToJudge } from '../predicates/unread.ts';

const online = { ping: 'Online', lastPingAt: '2026-10-31T23:58:00Z' } as const;
const lost = { ping: 'ConnectionLost', lastPingAt: '2026-08-01T00:00:00Z' } as const;
const young = { ...instance, launchedAt: '2026-10-31T23:45:00Z' };
const MINUTE = 60_000;

export default defineCheck({
  id: 'ec2-instance-managed',
  title: 'Running instances should be managed by Systems Manager and in touch with it',
  severity: 'MEDIUM',
  controls: ['AWS-FSBP:SSM.1', 'NIST-800-53-R5:CM-8'],
  equivalents: { prowler: ['ec2_instance_managed_by_ssm'], securityHub: ['SSM.1'] },
  risk: 'Nobody knows what runs on it, which patches it lacks or how to reach it without opening a port.',
  remediation: {
    text: 'Install SSM Agent and let it reach its endpoints; give the instance a profile with AmazonSSMManagedInstanceCore, or turn on Default Host Management.',
    cli: 'aws ssm describe-instance-information --filters Key=InstanceIds,Values=<instance>',
    cloudFormation: 'AWS::EC2::Instance.IamInstanceProfile',
  },
  resourceType: 'AWS::EC2::Instance',
  needs: ['instance', 'management'],
  params: { graceMinutes: 30 },
  evaluate: (resource, { graceMinutes, now }) =>
    unlessTerminated(resource.instance, () => {
      const { state, launchedAt } = resource.instance;
      if (state !== 'running') return notApplicable(`the instance is ${state}`);
      const { management } = resource;
      if (management?.ping === 'Online') return pass;
      if (now.getTime() - Date.parse(launchedAt) < graceMinutes * MINUTE)
        return refuseToJudge(
          'no-data',
          'ssm:DescribeInstanceInformation',
          'the instance was started so lately that its agent may not have reported yet',
        );
      if (!management) return fail('not managed by Systems Manager');
      return fail(`Systems Manager has lost touch with it (${management.ping})`, {
        ...{ ping: management.ping },
        ...(management.lastPingAt === undefined ? {} : { lastPingAt: management.lastPingAt }),
      });
    }),
  examples: {
    pass: {
      online: { instance, management: online },
      'online by Default Host Management, without a profile': { instance: { ...instance, profileArn: undefined }, management: online },
      'just started, and online': { instance: young, management: online },
    },
    fail: {
      'not managed': { instance, management: undefined },
      'managed once, but out of touch': { instance, management: lost },
      inactive: { instance, management: { ping: 'Inactive', lastPingAt: undefined } },
    },
    unknown: {
      'not allowed to ask': { instance, management: denied('ssm:DescribeInstanceInformation') },
      'just started, and not reported yet': { instance: young, management: undefined },
    },
    notApplicable: {
      stopped: { instance: stopped, management: lost },
      stopping: { instance: { ...instance, state: 'stopping' }, management: undefined },
      'shutting down': { instance: { ...instance, state: 'shutting-down' }, management: undefined },
      terminated: { instance: terminated, management: undefined },
    },
  },
});
