import { defineCheck, denied, notApplicable, partial } from '../check.ts';
import { adminGrant } from '../predicates/effective-permissions.ts';
import { judgeEscalation } from '../predicates/escalation-verdict.ts';
import { policy, role } from '../predicates/example-principals.ts';

const ON_ALL = { effect: 'Allow', resources: ['*'], conditions: [] } as const;
const PASS_ROLE = { ...ON_ALL, actions: ['iam:PassRole'] } as const;
const FOR_LAMBDA = { operator: 'stringequals', ifExists: false, key: 'iam:passedtoservice', values: ['lambda.amazonaws.com'] } as const;
const MFA = { operator: 'bool', ifExists: false, key: 'aws:multifactorauthpresent', values: ['true'] } as const;
const RUN = policy('machines', { ...ON_ALL, actions: ['ec2:RunInstances'] });
const ATTACH = policy('attach', { ...ON_ALL, actions: ['iam:AttachUserPolicy'] });
const BOUNDARY = { statements: [{ ...ON_ALL, actions: ['ec2:*', 's3:*'] }] } as const;
const UNBOUND = { boundary: undefined, principals: [] } as const;
const DETAILS = 'iam:GetAccountAuthorizationDetails';
const ASSUME = policy('assume', { ...ON_ALL, actions: ['sts:AssumeRole'] });

export default defineCheck({
  id: 'iam-principal-escalation-absent',
  title: 'Users, groups and roles should not be able to make themselves administrators',
  severity: 'HIGH',
  controls: ['CIS-AWS-7.0:2.14'],
  equivalents: { prowler: ['iam_policy_allows_privilege_escalation', 'iam_inline_policy_allows_privilege_escalation'] },
  risk: 'Permissions that look harmless, taken together, are those of an administrator: one leaked key is enough.',
  remediation: {
    text: 'Limit what the evidence names to single resources: iam:PassRole to the roles and services (iam:PassedToService) that are meant, changes of IAM to people who administer it. A permissions boundary limits the rest.',
    cli: 'aws iam put-role-permissions-boundary --role-name <role> --permissions-boundary <policy-arn>',
  },
  resourceType: ['AWS::IAM::User', 'AWS::IAM::Group', 'AWS::IAM::Role'],
  needs: ['policies', 'boundary', 'principals'],
  evaluate(principal) {
    if (principal.identity.arn.includes(':role/aws-service-role/')) return notApplicable('service-linked role: only AWS can change it');
    if (adminGrant(principal)) return notApplicable('it is administrator already');
    return judgeEscalation(principal);
  },
  examples: {
    pass: {
      'only itself, and no more than a key': {
        ...UNBOUND,
        policies: [policy('self', { ...ON_ALL, actions: ['iam:CreateAccessKey'], resources: [`arn:aws:iam::*:user/\${aws:username}`] })],
      },
      'one role only': { ...UNBOUND, policies: [RUN, policy('pass', { ...PASS_ROLE, resources: ['arn:aws:iam::111122223333:role/web'] })] },
      'roles for another service': { ...UNBOUND, policies: [RUN, policy('pass', { ...PASS_ROLE, conditions: [FOR_LAMBDA] })] },
      'limited by the boundary': { ...UNBOUND, boundary: BOUNDARY, policies: [ATTACH] },
      'roles that may not become administrators either': { ...UNBOUND, policies: [ASSUME], principals: [role('build', RUN)] },
      'all of IAM denied, others not read': {
        ...UNBOUND,
        policies: partial([policy('no', { ...ON_ALL, effect: 'Deny', actions: ['*'] })], DETAILS),
      },
    },
    fail: {
      'passing a role and starting instances, in two policies': { ...UNBOUND, policies: [policy('pass', PASS_ROLE), RUN] },
      'attaching policies to any user, so to itself': { ...UNBOUND, policies: [ATTACH] },
      'only with MFA': { ...UNBOUND, policies: [policy('attach', { ...ON_ALL, actions: ['iam:AttachUserPolicy'], conditions: [MFA] })] },
      'code of every function': { ...UNBOUND, policies: [policy('deploy', { ...ON_ALL, actions: ['lambda:Update*'] })] },
      'over a role, and a second that it may assume': {
        ...UNBOUND,
        policies: [policy('assume', { ...ON_ALL, actions: ['sts:AssumeRole'], resources: ['*:role/build'] })],
        principals: [role('build', ASSUME), role('admin', policy('all', { ...ON_ALL, actions: ['*'] }))],
      },
    },
    unknown: {
      'a policy not read may deny': { ...UNBOUND, policies: partial([ATTACH], DETAILS) },
      'boundary not read': { ...UNBOUND, boundary: denied(DETAILS), policies: [ATTACH] },
      'a role that it may assume not read': { ...UNBOUND, policies: [ASSUME], principals: partial([role('build', RUN)], DETAILS) },
      'nothing read': { ...UNBOUND, policies: denied(DETAILS) },
    },
    notApplicable: { administrator: { ...UNBOUND, policies: [policy('all', { ...ON_ALL, actions: ['*'] })] } },
  },
});
