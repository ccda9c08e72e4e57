import { defineCheck, denied } from '../check.ts';
import { ANYBODY, letting, OTHER_ACCOUNT, OWN_ACCOUNT, only, policyOf, service } from '../predicates/example-policies.ts';
import { judgeOpenness } from '../predicates/policy-openness.ts';

const TRUSTED: readonly string[] = [];
const OWN_ARN = 'arn:aws:sqs:eu-west-1:111122223333:example-queue';
const ACTIONS = {
  admin: ['sqs:addpermission', 'sqs:removepermission', 'sqs:setqueueattributes', 'sqs:deletequeue'],
  write: ['sqs:sendmessage', 'sqs:deletemessage', 'sqs:purgequeue', 'sqs:changemessagevisibility', 'sqs:startmessagemovetask'],
  read: ['sqs:receivemessage'],
};

export default defineCheck({
  id: 'sqs-queue-policy-closed',
  title: 'Queues should not be open to everybody or to accounts that nobody trusts',
  severity: 'CRITICAL',
  controls: ['CIS-AWS-7.0:2.21', 'AWS-FSBP:SQS.3'],
  equivalents: { prowler: ['sqs_queues_not_publicly_accessible'], securityHub: ['SQS.3'] },
  risk: 'Strangers read and delete the messages of a queue, or send their own to whatever works on it.',
  remediation: {
    text: 'Name the principals that are meant, or bind the statement with aws:SourceArn, aws:SourceAccount or aws:PrincipalOrgID. Accounts of your own go into trustedAccounts.',
    cli: 'aws sqs set-queue-attributes --queue-url <url> --attributes file://policy.json',
    cloudFormation: 'AWS::SQS::QueuePolicy.PolicyDocument',
  },
  resourceType: 'AWS::SQS::Queue',
  needs: ['policy'],
  params: { trustedAccounts: TRUSTED },
  evaluate: (queue, { trustedAccounts }) =>
    judgeOpenness(queue, trustedAccounts, {
      actions: ACTIONS,
      operation: 'sqs:GetQueueAttributes',
      deeds: { admin: 'administer', write: 'write to', read: 'read from' },
    }),
  examples: {
    pass: {
      'no policy': { policy: undefined },
      'own account': { policy: policyOf(letting(OWN_ACCOUNT, 'sqs:*')) },
      'one topic': {
        policy: policyOf(
          letting(ANYBODY, 'sqs:SendMessage', only('arnequals', 'aws:SourceArn', 'arn:aws:sns:eu-west-1:111122223333:orders')),
        ),
      },
      'our organization': {
        policy: policyOf(letting(ANYBODY, 'sqs:SendMessage', only('stringequals', 'aws:PrincipalOrgID', 'o-a1b2c3d4e5'))),
      },
      'one office': { policy: policyOf(letting(ANYBODY, 'sqs:*', only('ipaddress', 'aws:SourceIp', '203.0.113.0/24'))) },
      'a service': { policy: policyOf(letting(service('events.amazonaws.com'), 'sqs:SendMessage')) },
      'everybody, but for another queue': {
        policy: policyOf({ ...letting(ANYBODY, 'sqs:*'), resources: ['arn:aws:sqs:eu-west-1:111122223333:other'] }),
      },
      'everybody, and a denial for all but our organization': {
        policy: policyOf(letting(ANYBODY, 'sqs:*'), {
          ...letting(ANYBODY, 'sqs:*', only('stringnotequals', 'aws:PrincipalOrgID', 'o-a1b2c3d4e5')),
          effect: 'Deny',
        }),
      },
    },
    fail: {
      everybody: { policy: policyOf({ ...letting(ANYBODY, 'SQS:*'), resources: [OWN_ARN] }) },
      'everybody may send': { policy: policyOf(letting(ANYBODY, 'sqs:send*')) },
      'whatever topic there is': {
        policy: policyOf(letting(ANYBODY, 'sqs:SendMessage', only('arnlike', 'aws:SourceArn', 'arn:aws:sns:*:*:*'))),
      },
      'whoever calls over TLS': { policy: policyOf(letting(ANYBODY, 'sqs:*', only('bool', 'aws:SecureTransport', 'true'))) },
      'everybody but one account': {
        policy: policyOf({ effect: 'Allow', notPrincipals: OTHER_ACCOUNT, actions: ['sqs:*'], conditions: [] }),
      },
      'another account': { policy: policyOf(letting(OTHER_ACCOUNT, 'sqs:ReceiveMessage')) },
    },
    unknown: { 'not allowed to read the policy': { policy: denied('sqs:GetQueueAttributes') } },
  },
});
