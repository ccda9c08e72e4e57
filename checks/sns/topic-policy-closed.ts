import { defineCheck, denied } from '../check.ts';
import { ANYBODY, letting, OTHER_ACCOUNT, only, policyOf, service } from '../predicates/example-policies.ts';
import { judgeOpenness } from '../predicates/policy-openness.ts';

const TRUSTED: readonly string[] = [];
const EVERY_ACTION = ['SNS:Publish', 'SNS:Subscribe', 'SNS:SetTopicAttributes', 'SNS:AddPermission', 'SNS:DeleteTopic'];
const ACTIONS = {
  admin: ['sns:addpermission', 'sns:removepermission', 'sns:settopicattributes', 'sns:deletetopic', 'sns:putdataprotectionpolicy'],
  write: ['sns:publish'],
  read: ['sns:subscribe'],
};

export default defineCheck({
  id: 'sns-topic-policy-closed',
  title: 'Topics should not be open to everybody or to accounts that nobody trusts',
  severity: 'CRITICAL',
  controls: ['CIS-AWS-7.0:2.21', 'AWS-FSBP:SNS.4'],
  equivalents: { prowler: ['sns_topics_not_publicly_accessible'], securityHub: ['SNS.4'] },
  risk: 'Strangers subscribe to what is published, or publish what all subscribers, people and functions, take for yours.',
  remediation: {
    text: 'Name the principals that are meant, or bind the statement with aws:SourceArn, aws:SourceAccount or aws:PrincipalOrgID. Accounts of your own go into trustedAccounts.',
    cli: 'aws sns set-topic-attributes --topic-arn <topic> --attribute-name Policy --attribute-value file://policy.json',
    cloudFormation: 'AWS::SNS::TopicPolicy.PolicyDocument',
  },
  resourceType: 'AWS::SNS::Topic',
  needs: ['policy'],
  params: { trustedAccounts: TRUSTED },
  evaluate: (topic, { trustedAccounts }) =>
    judgeOpenness(topic, trustedAccounts, {
      actions: ACTIONS,
      operation: 'sns:GetTopicAttributes',
      deeds: { admin: 'administer', write: 'publish to', read: 'subscribe to' },
    }),
  examples: {
    pass: {
      'as SNS makes it: everybody of the owner': {
        policy: policyOf(letting(ANYBODY, EVERY_ACTION, only('stringequals', 'AWS:SourceOwner', '111122223333'))),
      },
      'a service': { policy: policyOf(letting(service('cloudwatch.amazonaws.com'), 'sns:Publish')) },
      'our buckets': { policy: policyOf(letting(ANYBODY, 'sns:Publish', only('stringequals', 'aws:SourceAccount', '111122223333'))) },
      'our organization': {
        policy: policyOf(letting(ANYBODY, 'sns:Subscribe', only('stringequals', 'aws:PrincipalOrgID', 'o-a1b2c3d4e5'))),
      },
    },
    fail: {
      'everybody may publish': { policy: policyOf(letting(ANYBODY, 'sns:Publish')) },
      'everybody may subscribe addresses that look like ours': {
        policy: policyOf(letting(ANYBODY, 'sns:Subscribe', only('stringlike', 'sns:Endpoint', '*@example.com'))),
      },
      'the owner, whoever that is': { policy: policyOf(letting(ANYBODY, 'sns:Publish', only('stringlike', 'AWS:SourceOwner', '*'))) },
      'another account': { policy: policyOf(letting(OTHER_ACCOUNT, 'sns:Subscribe')) },
      'another account as owner': {
        policy: policyOf(letting(ANYBODY, 'sns:Publish', only('stringequals', 'AWS:SourceOwner', '444455556666'))),
      },
    },
    unknown: { 'not allowed to read the policy': { policy: denied('sns:GetTopicAttributes') } },
  },
});
