import { defineCheck, denied, fail, notApplicable, partial, pass } from '../check.ts';
import { attachments } from '../predicates/example-rules.ts';
import { anyOf, someOf } from '../predicates/logic.ts';

const group = { name: 'reports-2023', vpcId: 'vpc-1', isDefault: false, isShared: false } as const;
const idle = { group, attachments: [], namedBy: [] };

export default defineCheck({
  id: 'ec2-security-group-used',
  title: 'Security groups that nothing uses should be deleted',
  severity: 'LOW',
  controls: [],
  equivalents: { prowler: ['ec2_securitygroup_not_used'], securityHub: ['EC2.22'] },
  risk: 'Somebody in haste attaches a forgotten group, and opens what its rules opened for something else years ago.',
  remediation: {
    text: 'Delete the group. See first whether something that is scaled to nothing needs it: services of ECS, Batch and CodeBuild are not asked.',
    cli: 'aws ec2 delete-security-group --group-id <group>',
  },
  resourceType: 'AWS::EC2::SecurityGroup',
  needs: ['group', 'attachments', 'namedBy'],
  evaluate: (resource) => {
    const { name, vpcId, isDefault, isShared } = resource.group;
    if (isDefault) return notApplicable('AWS makes it with the VPC, and nobody can delete it');
    if (isShared) return notApplicable('it belongs to another account');
    const isUsed = anyOf(
      () => someOf(resource.attachments, () => true),
      () => someOf(resource.namedBy, () => true),
    );
    return isUsed ? pass : fail('attached to nothing, and nothing names it', { name, vpcId });
  },
  examples: {
    pass: {
      'carried by an interface': { ...idle, attachments },
      'of functions, load balancers and databases: they have interfaces': {
        ...idle,
        attachments: [{ interfaceId: 'eni-1', owner: 'amazon-rds', hasPublicAddress: false }],
      },
      'let in by another group': { ...idle, namedBy: [{ kind: 'security-group', name: 'sg-2' }] },
      'in the template of a group that is scaled to nothing': { ...idle, namedBy: [{ kind: 'launch-template', name: 'lt-1' }] },
      'of a function that nobody has called for weeks': { ...idle, namedBy: [{ kind: 'function', name: 'yearly-report' }] },
      'carried, the rest unread': { ...idle, attachments, namedBy: denied('lambda:ListFunctions') },
      'named, its interfaces unread': {
        ...idle,
        attachments: denied('ec2:DescribeNetworkInterfaces'),
        namedBy: [{ kind: 'launch-configuration', name: 'batch' }],
      },
    },
    fail: { 'attached to nothing': idle },
    unknown: {
      'interfaces not read': { ...idle, attachments: denied('ec2:DescribeNetworkInterfaces') },
      'interfaces not all read': { ...idle, attachments: partial([], 'ec2:DescribeNetworkInterfaces') },
      'functions not read': { ...idle, namedBy: partial([], 'lambda:ListFunctions') },
    },
    notApplicable: {
      'the default group': { ...idle, group: { ...group, name: 'default', isDefault: true } },
      "another account's": { ...idle, group: { ...group, isShared: true } },
    },
  },
});
