import { defineCheck, denied, fail, notApplicable, partial, pass } from '../check.ts';
import { adminGrant, conditionalAdminGrant } from '../predicates/effective-permissions.ts';
import { policy } from '../predicates/example-principals.ts';

const ALL = { effect: 'Allow', actions: ['*'], resources: ['*'], conditions: [] } as const;
const BUT_IAM = { ...ALL, actions: undefined, notActions: ['iam:*'] } as const;
const OFFICE = { operator: 'ipaddress', ifExists: false, key: 'aws:sourceip', values: ['203.0.113.0/24'] } as const;
const ADMIN = policy('AdministratorAccess', ALL);
const UNBOUND = { policies: [ADMIN], boundary: undefined } as const;

const SSO_ROLE = 'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef';
const SERVICE_ROLE = 'arn:aws:iam::111122223333:role/aws-service-role/ops.amazonaws.com/AWSServiceRoleForOps';
const CONDITIONAL = { severity: 'MEDIUM', because: 'only under conditions' } as const;
const ASSIGNED = { severity: 'LOW', because: 'a permission set, by which Identity Center gives sessions that end' } as const;
const DETAILS = 'iam:GetAccountAuthorizationDetails';

export default defineCheck({
  id: 'iam-principal-admin-absent',
  title: 'Users, groups and roles should not be administrators',
  severity: 'HIGH',
  controls: ['CIS-AWS-7.0:2.14', 'CIS-AWS-5.0:1.15', 'CIS-AWS-3.0:1.16', 'AWS-FSBP:IAM.1'],
  equivalents: {
    prowler: [
      'iam_aws_attached_policy_no_administrative_privileges',
      'iam_customer_attached_policy_no_administrative_privileges',
      'iam_group_administrator_access_policy',
      'iam_inline_policy_no_administrative_privileges',
      'iam_role_administratoraccess_policy',
      'iam_user_administrator_access_policy',
    ],
    securityHub: ['IAM.1'],
    checkov: ['CKV_AWS_62'],
  },
  risk: 'Whoever takes over the principal, or code that runs as it, can do anything in the account and hide it.',
  remediation: {
    text: 'Replace the policies that the evidence names by ones that allow what the work needs; IAM Access Analyzer can write them from CloudTrail.',
    cli: 'aws iam detach-role-policy --role-name <role> --policy-arn <policy-arn>',
  },
  resourceType: ['AWS::IAM::User', 'AWS::IAM::Group', 'AWS::IAM::Role'],
  needs: ['policies', 'boundary'],
  evaluate(principal) {
    const { arn } = principal.identity;
    if (arn.includes(':role/aws-service-role/')) return notApplicable('service-linked role: only AWS can change it');
    const grant = adminGrant(principal);
    if (grant === undefined) {
      const may = conditionalAdminGrant(principal);
      return may ? fail(`${may.reason}, under conditions`, may.evidence, CONDITIONAL) : pass;
    }
    return arn.includes(':role/aws-reserved/sso.amazonaws.com/')
      ? fail(`Identity Center permission set: ${grant.reason}`, grant.evidence, ASSIGNED)
      : fail(grant.reason, grant.evidence);
  },
  examples: {
    pass: {
      'AdministratorAccess by name only': { ...UNBOUND, policies: [policy('AdministratorAccess', { ...ALL, actions: ['s3:Get*'] })] },
      'everything but IAM': { ...UNBOUND, policies: [policy('PowerUserAccess', BUT_IAM)] },
      'limited by the boundary': { policies: [ADMIN], boundary: { statements: [{ ...ALL, actions: ['s3:*'] }] } },
      'all denied, others not read': { ...UNBOUND, policies: partial([ADMIN, policy('quarantine', { ...ALL, effect: 'Deny' })], DETAILS) },
    },
    fail: {
      '*:* on any ARN': { ...UNBOUND, policies: [policy('all', { ...ALL, actions: ['*:*'], resources: ['arn:aws:*:*:*:*'] })] },
      'halves from two policies': { ...UNBOUND, policies: [policy('rest', BUT_IAM), policy('iam', { ...ALL, actions: ['IAM:*'] })] },
      'all of IAM, by which the rest can be had': {
        ...UNBOUND,
        policies: [policy('IAMFullAccess', { ...ALL, actions: ['s3:Get*', 'iam:*'] })],
      },
      'only from the office': { ...UNBOUND, policies: [policy('office', { ...ALL, conditions: [OFFICE] })] },
      'Identity Center administrator': { ...UNBOUND, identity: { type: 'AWS::IAM::Role', arn: SSO_ROLE } },
    },
    unknown: {
      'a policy not read may deny': { ...UNBOUND, policies: partial([ADMIN], DETAILS) },
      'boundary not read': { ...UNBOUND, boundary: denied(DETAILS) },
      'nothing read': { ...UNBOUND, policies: denied(DETAILS) },
    },
    notApplicable: { 'service-linked role': { ...UNBOUND, identity: { type: 'AWS::IAM::Role', arn: SERVICE_ROLE } } },
  },
});
