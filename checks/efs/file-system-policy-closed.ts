import { defineCheck, denied } from '../check.ts';
import { ANYBODY, letting, OTHER_ACCOUNT, OWN_ACCOUNT, only, policyOf } from '../predicates/example-policies.ts';
import { judgeOpenness } from '../predicates/policy-openness.ts';

const TRUSTED: readonly string[] = [];
const MOUNT = ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'];
const FROM_ITS_VPC = only('bool', 'elasticfilesystem:AccessedViaMountTarget', 'true');
const ACTIONS = {
  write: ['elasticfilesystem:clientwrite', 'elasticfilesystem:clientrootaccess'],
  read: ['elasticfilesystem:clientmount'],
};

export default defineCheck({
  id: 'efs-file-system-policy-closed',
  title: 'EFS file systems should not be open to strangers',
  severity: 'HIGH',
  controls: ['CIS-AWS-7.0:2.21'],
  equivalents: { prowler: ['efs_not_publicly_accessible'] },
  risk: 'Only the network keeps strangers from the files: whoever comes near a mount target may read and change them.',
  remediation: {
    text: 'Name the roles and accounts that are meant, or add elasticfilesystem:AccessedViaMountTarget. Accounts of your own go into `trustedAccounts`.',
    cli: 'aws efs put-file-system-policy --file-system-id <file-system> --policy file://policy.json',
    cloudFormation: 'AWS::EFS::FileSystem.FileSystemPolicy',
  },
  resourceType: 'AWS::EFS::FileSystem',
  needs: ['policy'],
  params: { trustedAccounts: TRUSTED },
  evaluate: (fileSystem, { trustedAccounts }) =>
    judgeOpenness(fileSystem, trustedAccounts, {
      actions: ACTIONS,
      operation: 'elasticfilesystem:DescribeFileSystemPolicy',
      deeds: { write: 'write to', read: 'read from' },
    }),
  examples: {
    pass: {
      'no policy: its mount targets are reached from their VPCs only': { policy: undefined },
      'everyone who comes through a mount target': { policy: policyOf(letting(ANYBODY, MOUNT, FROM_ITS_VPC)) },
      'its own account': { policy: policyOf(letting(OWN_ACCOUNT, MOUNT)) },
      'anybody of our organization': {
        policy: policyOf(letting(ANYBODY, MOUNT, only('stringequals', 'aws:PrincipalOrgID', 'o-a1b2c3d4e5'))),
      },
    },
    fail: {
      everyone: { policy: policyOf(letting(ANYBODY, MOUNT)) },
      'everyone, over TLS': { policy: policyOf(letting(ANYBODY, MOUNT, only('bool', 'aws:SecureTransport', 'true'))) },
      'a foreign account': { policy: policyOf(letting(OTHER_ACCOUNT, MOUNT)) },
    },
    unknown: { 'not allowed to read it': { policy: denied('elasticfilesystem:DescribeFileSystemPolicy') } },
  },
});
