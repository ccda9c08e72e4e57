import type { PolicyStatement } from '../../inventory/policy-document.ts';
import { defineCheck, denied, fail, pass } from '../check.ts';
import { coversAction } from '../predicates/policy-statements.ts';

const ALL = { id: 'o-exampleorgid', managementAccountId: '111122223333', allFeatures: true } as const;
const MANAGES = ['organizations:attachpolicy', 'organizations:createpolicy', 'organizations:updatepolicy'];
const SECURITY = { aws: ['arn:aws:iam::222233334444:root'], service: [], federated: [], canonicalUser: [] } as const;
const DELEGATION = {
  effect: 'Allow',
  principals: SECURITY,
  actions: ['organizations:CreatePolicy', 'organizations:UpdatePolicy', 'organizations:AttachPolicy'],
  resources: ['*'],
  conditions: [],
} as const;

export default defineCheck({
  id: 'organizations-organization-policies-delegated',
  title: 'The policies of the organization should be managed from a member account',
  severity: 'LOW',
  controls: ['CIS-AWS-7.0:2.1.5'],
  equivalents: { prowler: ['organizations_delegated_administrators'] },
  risk: 'Everyday changes of policies bring people into the management account, whose sessions nothing limits.',
  remediation: {
    text: 'Delegate the management of policies to the account of the security team by the resource policy of the organization.',
    cli: 'aws organizations put-resource-policy --content file://delegation.json',
    cloudFormation: 'AWS::Organizations::ResourcePolicy.Content',
  },
  resourceType: 'AWS::Organizations::Organization',
  needs: ['organization', 'resourcePolicy'],
  evaluate({ organization, resourcePolicy }) {
    if (!organization.allFeatures) return fail('the organization has no policies: billing features only');
    if (resourcePolicy === undefined) return fail('the organization has no delegation policy');
    const isManager = (statement: PolicyStatement) =>
      statement.effect === 'Allow' &&
      (statement.principals?.aws.length ?? 0) > 0 &&
      MANAGES.some((action) => coversAction(statement, action));
    return resourcePolicy.statements.some(isManager) ? pass : fail('its delegation policy lets nobody manage policies');
  },
  examples: {
    pass: {
      'security team': { organization: ALL, resourcePolicy: { statements: [DELEGATION] } },
      'only policies for backups': {
        organization: ALL,
        resourcePolicy: {
          statements: [
            {
              ...DELEGATION,
              conditions: [{ operator: 'stringlike', ifExists: true, key: 'organizations:policytype', values: ['BACKUP_POLICY'] }],
            },
          ],
        },
      },
    },
    fail: {
      'no delegation': { organization: ALL, resourcePolicy: undefined },
      'looking only': { organization: ALL, resourcePolicy: { statements: [{ ...DELEGATION, actions: ['organizations:Describe*'] }] } },
      'managing denied': { organization: ALL, resourcePolicy: { statements: [{ ...DELEGATION, effect: 'Deny' }] } },
      'billing features only': { organization: { ...ALL, allFeatures: false }, resourcePolicy: undefined },
    },
    unknown: { 'not allowed to ask': { organization: ALL, resourcePolicy: denied('organizations:DescribeResourcePolicy') } },
  },
});
