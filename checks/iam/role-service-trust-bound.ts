import { defineCheck, denied, fail, pass } from '../check.ts';
import { NOBODY } from '../predicates/example-policies.ts';
import { unboundServices } from '../predicates/role-takers.ts';

const ASSUME = { effect: 'Allow', actions: ['sts:AssumeRole'], conditions: [] } as const;
const MACHINES = { ...ASSUME, principals: { ...NOBODY, service: ['states.amazonaws.com'] } } as const;
const OWN = { operator: 'stringequals', ifExists: false, key: 'aws:sourceaccount', values: ['111122223333'] } as const;
const ANY = { operator: 'arnlike', ifExists: false, key: 'aws:sourcearn', values: ['arn:aws:states:*:*:*'] } as const;

export default defineCheck({
  id: 'iam-role-service-trust-bound',
  title: 'Roles of services should say for whom the service may act',
  severity: 'LOW',
  controls: [],
  equivalents: { prowler: ['iam_role_cross_service_confused_deputy_prevention'] },
  risk: 'A service that acts for many accounts could be led to use the role on behalf of another one (confused deputy).',
  remediation: {
    text: 'Add a condition on aws:SourceAccount or aws:SourceArn. Only services that always tell these are judged here; elsewhere such a condition would shut the service out.',
    cli: 'aws iam update-assume-role-policy --role-name <role> --policy-document file://trust.json',
    cloudFormation: 'AWS::IAM::Role.AssumeRolePolicyDocument',
  },
  resourceType: 'AWS::IAM::Role',
  needs: ['trustPolicy'],
  evaluate({ trustPolicy, identity }) {
    const unbound = unboundServices(trustPolicy, { accountId: identity.accountId, trustedAccounts: [] });
    const services = [...new Set(unbound.map(({ service }) => service))];
    if (services.length === 0) return pass;
    return fail(`${services.join(', ')} may assume it for anybody`, { statements: unbound.map(({ evidence }) => evidence) });
  },
  examples: {
    pass: {
      'for the own account': { trustPolicy: { statements: [{ ...MACHINES, conditions: [OWN] }] } },
      'services that do not tell for whom they act': {
        trustPolicy: {
          statements: [
            { ...ASSUME, principals: { ...NOBODY, service: ['ec2.amazonaws.com', 'ecs-tasks.amazonaws.com', 'lambda.amazonaws.com'] } },
          ],
        },
      },
      'for the own account, by a Deny beside it': {
        trustPolicy: {
          statements: [
            { ...MACHINES, conditions: [OWN] },
            { ...MACHINES, effect: 'Deny', conditions: [ANY] },
          ],
        },
      },
    },
    fail: {
      'for anybody': { trustPolicy: { statements: [MACHINES] } },
      'for any state machine': { trustPolicy: { statements: [{ ...MACHINES, conditions: [ANY] }] } },
      'beside a service that is spared': {
        trustPolicy: {
          statements: [{ ...MACHINES, principals: { ...NOBODY, service: ['eks.amazonaws.com', 'codebuild.amazonaws.com'] } }],
        },
      },
    },
    unknown: { 'not read': { trustPolicy: denied('iam:GetAccountAuthorizationDetails') } },
  },
});
