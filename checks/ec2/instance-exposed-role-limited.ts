import type { ProfileRole } from '../../inventory/iam/profile-role.ts';
import type { PolicyStatement } from '../../inventory/policy-document.ts';
import { defineCheck, denied, partial, weigh } from '../check.ts';
import { instance as running, stopped, terminated } from '../predicates/example-instances.ts';
import { balanced, exposed } from '../predicates/example-networks.ts';
import { answersWithoutToken, judgeExposedAnd, powerOf } from '../predicates/exposed-instances.ts';
import { unlessTerminated } from '../predicates/instances.ts';
import { otherPorts } from '../predicates/ports.ts';
import { reachableServices } from '../predicates/reachability.ts';
import { answerOf } from '../predicates/unread.ts';

const instance = { ...running, profileArn: 'arn:aws:iam::111122223333:instance-profile/web' };
const identity = { type: 'AWS::IAM::Role', arn: 'arn:aws:iam::111122223333:role/web', id: 'web', accountId: '111122223333' } as const;
const may = (actions: readonly string[]): ProfileRole => {
  const statement: PolicyStatement = { effect: 'Allow', actions, resources: ['*'], conditions: [] };
  const policies = [{ name: 'work', via: 'direct', document: { statements: [statement] } }] as const;
  return { identity: { ...identity, region: 'global', partition: 'aws', tags: {} }, policies, boundary: undefined };
};
const admin = may(['*']);
const metadataOptions = { endpoint: 'enabled', tokens: 'optional', hopLimit: 1 } as const;
const open = { instance, interfaces: [exposed], metadataOptions };
const WITHOUT_TOKEN = { severity: 'CRITICAL', because: 'IMDSv1, so one forged request gets the credentials' } as const;
const WITH_TOKEN = { severity: 'HIGH', because: 'IMDSv2, so it takes a foothold on the host' } as const;
const ALL: readonly number[] = [];

export default defineCheck({
  id: 'ec2-instance-exposed-role-limited',
  title: 'Instances that the internet reaches should have no role that is, or can become, an administrator',
  severity: 'CRITICAL',
  controls: ['NIST-800-53-R5:AC-6'],
  equivalents: { prowler: ['ec2_instance_internet_facing_with_instance_profile'] },
  risk: 'Whoever gets in, or with IMDSv1 makes a server fetch one address for him, has the account.',
  remediation: {
    text: 'Give the instance a role with what its work needs, require session tokens (IMDSv2), and close the ports.',
    cli: 'aws ec2 replace-iam-instance-profile-association --association-id <association> --iam-instance-profile Name=<profile>',
    cloudFormation: 'AWS::EC2::Instance.IamInstanceProfile',
  },
  resourceType: 'AWS::EC2::Instance',
  needs: ['instance', 'interfaces', 'metadataOptions', 'exposedRole'],
  evaluate: (resource) =>
    unlessTerminated(resource.instance, () => {
      const verdict = judgeExposedAnd(
        () => reachableServices(() => resource.interfaces, otherPorts(ALL)),
        () => (resource.exposedRole ? powerOf(resource.exposedRole) : undefined),
        resource.instance,
        ({ reason }) => `the internet reaches it, and its role ${reason}`,
      );
      if (verdict.status !== 'FAIL' || verdict.severity !== undefined) return verdict;
      const tokens = answerOf(() => answersWithoutToken(resource.metadataOptions));
      if (tokens.unread) return { ...verdict, severityUnsure: true };
      return weigh(verdict, tokens.value ? WITHOUT_TOKEN : WITH_TOKEN);
    }),
  examples: {
    pass: {
      'a role for its work': { ...open, exposedRole: may(['s3:GetObject']) },
      'no role': { ...open, instance: running, exposedRole: undefined },
      'an administrator that nothing reaches': { ...open, interfaces: [{ ...exposed, publicAddresses: [] }], exposedRole: admin },
      'nothing reaches it, its role unread': { ...open, interfaces: [], exposedRole: denied('iam:GetInstanceProfile') },
    },
    fail: {
      'an administrator, with IMDSv1': { ...open, exposedRole: admin },
      'with IMDSv2': { ...open, metadataOptions: { ...metadataOptions, tokens: 'required' }, exposedRole: admin },
      'it can attach policies': { ...open, exposedRole: may(['iam:AttachRolePolicy']) },
      'behind a load balancer': { ...open, interfaces: [balanced], exposedRole: admin },
      'metadata options not read': { ...open, metadataOptions: denied('ec2:DescribeInstances'), exposedRole: admin },
      stopped: { ...open, instance: { ...instance, state: stopped.state }, exposedRole: admin },
    },
    unknown: {
      'its role not read': { ...open, exposedRole: denied('iam:GetInstanceProfile') },
      'an administrator, interfaces unread': { ...open, interfaces: partial([], 'ec2:DescribeInstances'), exposedRole: admin },
    },
    notApplicable: { terminated: { ...open, instance: terminated, exposedRole: undefined } },
  },
});
