import type { PolicyStatement } from '../../inventory/policy-document.ts';
import { defineCheck, denied, fail, pass } from '../check.ts';
import { ANYBODY, letting, OWN_ACCOUNT, only, policyOf } from '../predicates/example-policies.ts';
import { patternCovers } from '../predicates/patterns.ts';
import { coversAction } from '../predicates/policy-statements.ts';

const INSECURE = only('bool', 'aws:SecureTransport', 'false');
const DENIED = { ...letting(ANYBODY, '*', INSECURE), effect: 'Deny' } as const;

export default defineCheck({
  id: 'efs-file-system-tls-only',
  title: 'EFS file systems should deny clients that do not encrypt in transit',
  severity: 'MEDIUM',
  controls: [],
  equivalents: {},
  risk: 'Files travel in plain text between a client and its mount target, for whoever is on the way to read and change.',
  remediation: {
    text: 'Add a statement that denies everybody everything when aws:SecureTransport is false, and mount with the option tls.',
    cli: 'aws efs put-file-system-policy --file-system-id <file-system> --policy file://policy.json',
    cloudFormation: 'AWS::EFS::FileSystem.FileSystemPolicy',
  },
  resourceType: 'AWS::EFS::FileSystem',
  needs: ['policy'],
  evaluate({ policy, identity: { arn } }) {
    if (!policy) return fail('no policy denies clients without TLS');
    return policy.statements.some((statement) => deniesPlain(statement, arn)) ? pass : fail('its policy does not deny clients without TLS');
  },
  examples: {
    pass: {
      'everything without TLS is denied': { policy: policyOf(letting(ANYBODY, 'elasticfilesystem:*'), DENIED) },
      'mounting without TLS is denied': { policy: policyOf({ ...DENIED, actions: ['elasticfilesystem:ClientMount'] }) },
    },
    fail: {
      'no policy': { policy: undefined },
      'TLS is allowed, but nothing is denied': {
        policy: policyOf(letting(ANYBODY, 'elasticfilesystem:*', only('bool', 'aws:SecureTransport', 'true'))),
      },
      'writing without TLS is denied, reading is not': {
        policy: policyOf({ ...DENIED, actions: ['elasticfilesystem:ClientWrite'] }),
      },
      'denied to one user': { policy: policyOf({ ...DENIED, principals: OWN_ACCOUNT }) },
      'denied from one account': {
        policy: policyOf({ ...DENIED, conditions: [INSECURE, only('stringequals', 'aws:PrincipalAccount', '444455556666')] }),
      },
      'denied to another file system': {
        policy: policyOf({ ...DENIED, resources: ['arn:aws:elasticfilesystem:eu-west-1:111122223333:file-system/fs-other'] }),
      },
    },
    unknown: { 'not allowed to read it': { policy: denied('elasticfilesystem:DescribeFileSystemPolicy') } },
  },
});

/** Who may not mount has no access at all: https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html */
function deniesPlain(statement: PolicyStatement, arn: string): boolean {
  const { effect, principals, resources = ['*'], notResources, conditions } = statement;
  return (
    effect === 'Deny' &&
    principals?.aws.includes('*') === true &&
    coversAction(statement, 'elasticfilesystem:clientmount') &&
    notResources === undefined &&
    resources.some((pattern) => patternCovers(pattern, arn)) &&
    conditions.length === 1 &&
    conditions.every(({ key, operator, values }) => key === 'aws:securetransport' && operator === 'bool' && values.includes('false'))
  );
}
