import { defineCheck, denied, fail, partial, pass } from '../check.ts';
import { functionPolicy, letting, only, policyOf, service } from '../predicates/example-policies.ts';
import { unboundServices } from '../predicates/function-policies.ts';
import { knownOf } from '../predicates/unread.ts';

const INVOKE = 'lambda:InvokeFunction';
const OUR_RULE = only('arnlike', 'AWS:SourceArn', 'arn:aws:events:eu-west-1:111122223333:rule/nightly');
const BUCKET = only('arnlike', 'AWS:SourceArn', 'arn:aws:s3:::uploads');

export default defineCheck({
  id: 'lambda-function-services-bound',
  title: 'Functions should let services invoke them only for accounts that are meant',
  severity: 'MEDIUM',
  controls: ['AWS-FSBP:Lambda.1'],
  equivalents: { securityHub: ['Lambda.1'], checkov: ['CKV_AWS_364'] },
  risk: 'Anybody can have the service invoke the function from an account of their own: a bucket, a rule or an API that they made.',
  remediation: {
    text: 'Give the permission again with the source that is meant: --source-arn, and for a bucket --source-account as well.',
    cli: 'aws lambda add-permission --function-name <function> --statement-id <statement> --action lambda:InvokeFunction --principal <service> --source-arn <source> --source-account <account>',
    cloudFormation: 'AWS::Lambda::Permission.SourceAccount',
  },
  resourceType: 'AWS::Lambda::Function',
  needs: ['policies'],
  evaluate(resource) {
    const { arn, accountId } = resource.identity;
    const { known, unread } = knownOf(() => resource.policies);
    const services = known.flatMap((policy) => unboundServices(policy, { arn, accountId, trustedAccounts: [] }));
    const free = services.filter(({ buckets }) => buckets.length === 0);
    const [first] = free.length > 0 ? free : services;
    const statements = services.map(({ label, service: name, buckets }) => ({ statement: label, service: name, buckets }));
    if (first && free.length > 0) return fail(`${first.service} may invoke it for anybody`, { statements });
    if (unread) throw unread;
    if (first === undefined) return pass;
    const rarely = { severity: 'LOW', because: 'only while somebody else owns a bucket of that name' } as const;
    return fail('S3 may invoke it for whoever owns the bucket', { statements }, rarely);
  },
  examples: {
    pass: {
      'no policy': { policies: [] },
      'one of our rules': { policies: [functionPolicy(letting(service('events.amazonaws.com'), INVOKE, OUR_RULE))] },
      'our bucket': {
        policies: [
          functionPolicy(letting(service('s3.amazonaws.com'), INVOKE, BUCKET, only('stringequals', 'AWS:SourceAccount', '111122223333'))),
        ],
      },
      'a skill of Alexa, by its id': {
        policies: [
          functionPolicy(
            letting(service('alexa-appkit.amazon.com'), INVOKE, only('stringequals', 'lambda:EventSourceToken', 'amzn1.ask.skill.1')),
          ),
        ],
      },
      'a replica of Lambda@Edge, which only copies it': {
        policies: [functionPolicy(letting(service('replicator.lambda.amazonaws.com'), 'lambda:GetFunction'))],
      },
    },
    fail: {
      'API Gateway, for whatever API': { policies: [functionPolicy(letting(service('apigateway.amazonaws.com'), INVOKE))] },
      'any rule there is': {
        policies: [
          functionPolicy(letting(service('events.amazonaws.com'), INVOKE, only('arnlike', 'AWS:SourceArn', 'arn:aws:events:*:*:rule/*'))),
        ],
      },
      'a bucket, whoever owns it': { policies: [functionPolicy(letting(service('s3.amazonaws.com'), INVOKE, BUCKET))] },
      'SNS, by the policy of an alias': { policies: [{ alias: 'live', policy: policyOf(letting(service('sns.amazonaws.com'), INVOKE)) }] },
    },
    unknown: {
      'not allowed to read the policy': { policies: denied('lambda:GetPolicy') },
      'an alias not read': {
        policies: partial([functionPolicy(letting(service('events.amazonaws.com'), INVOKE, OUR_RULE))], 'lambda:GetPolicy'),
      },
    },
  },
});
