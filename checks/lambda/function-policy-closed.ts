import { defineCheck, denied, partial } from '../check.ts';
import { ANYBODY, functionPolicy, letting, OTHER_ACCOUNT, only, policyOf, service } from '../predicates/example-policies.ts';
import { judgeFunctionPolicies } from '../predicates/function-policies.ts';

const TRUSTED: readonly string[] = [];
const INVOKE = 'lambda:InvokeFunction';
const URL_ONLY = letting(ANYBODY, 'lambda:InvokeFunctionUrl', only('stringequals', 'lambda:FunctionUrlAuthType', 'NONE'));

export default defineCheck({
  id: 'lambda-function-policy-closed',
  title: 'Functions and their aliases should not be open to everybody or to accounts that nobody trusts',
  severity: 'CRITICAL',
  controls: ['CIS-AWS-7.0:2.21', 'AWS-FSBP:Lambda.1'],
  equivalents: {
    prowler: ['awslambda_function_not_publicly_accessible'],
    securityHub: ['Lambda.1'],
    checkov: ['CKV_AWS_364'],
  },
  risk: 'Strangers invoke the function with input of their own, under its role and at your cost.',
  remediation: {
    text: 'Remove the permission, or name the account or the organization that is meant. Accounts of your own go into trustedAccounts.',
    cli: 'aws lambda remove-permission --function-name <function> --statement-id <statement>',
    cloudFormation: 'AWS::Lambda::Permission.Principal',
  },
  resourceType: 'AWS::Lambda::Function',
  needs: ['policies'],
  params: { trustedAccounts: TRUSTED },
  evaluate(resource, { trustedAccounts }) {
    const { arn, accountId } = resource.identity;
    return judgeFunctionPolicies(() => resource.policies, { arn, accountId, trustedAccounts });
  },
  examples: {
    pass: {
      'no policy': { policies: [] },
      'our organization': {
        policies: [functionPolicy(letting(ANYBODY, INVOKE, only('stringequals', 'aws:PrincipalOrgID', 'o-a1b2c3d4e5')))],
      },
      'a service': { policies: [functionPolicy(letting(service('apigateway.amazonaws.com'), INVOKE))] },
      'anybody, through a URL: of that another check speaks': { policies: [functionPolicy(URL_ONLY)] },
    },
    fail: {
      anybody: { policies: [functionPolicy(letting(ANYBODY, INVOKE))] },
      'anybody, by the policy of an alias': {
        policies: [
          functionPolicy(letting(service('sns.amazonaws.com'), INVOKE)),
          { alias: 'live', policy: policyOf(letting(ANYBODY, 'lambda:*')) },
        ],
      },
      'anybody, the rest not read': { policies: partial([functionPolicy(letting(ANYBODY, INVOKE))], 'lambda:GetPolicy') },
      'any rule of EventBridge there is': {
        policies: [functionPolicy(letting(ANYBODY, INVOKE, only('arnlike', 'aws:SourceArn', 'arn:aws:events:*:*:rule/*')))],
      },
      'another account, through a URL': { policies: [functionPolicy({ ...URL_ONLY, principals: OTHER_ACCOUNT })] },
      'another account': { policies: [functionPolicy(letting(OTHER_ACCOUNT, INVOKE))] },
    },
    unknown: {
      'not allowed to read the policy': { policies: denied('lambda:GetPolicy') },
      'an alias not read': { policies: partial([functionPolicy(letting(service('s3.amazonaws.com'), INVOKE))], 'lambda:GetPolicy') },
    },
  },
});
