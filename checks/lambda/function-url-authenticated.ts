import { defineCheck, denied, notApplicable, partial, pass } from '../check.ts';
import { ANYBODY, functionPolicy, letting, OTHER_ACCOUNT, only, policyOf } from '../predicates/example-policies.ts';
import { judgeUrl } from '../predicates/function-policies.ts';
import { firstOf } from '../predicates/logic.ts';
import { isProvenEmpty } from '../predicates/unread.ts';

const toEverybody = (authType: string) =>
  letting(ANYBODY, 'lambda:InvokeFunctionUrl', only('stringequals', 'lambda:FunctionUrlAuthType', authType));
const OPEN = { alias: undefined, authType: 'NONE' } as const;
const SIGNED = { alias: undefined, authType: 'AWS_IAM' } as const;

export default defineCheck({
  id: 'lambda-function-url-authenticated',
  title: 'URLs of functions should not answer everybody',
  severity: 'HIGH',
  controls: ['CIS-AWS-7.0:2.21', 'AWS-FSBP:Lambda.1'],
  equivalents: { prowler: ['awslambda_function_url_public'], securityHub: ['Lambda.1'], checkov: ['CKV_AWS_258'] },
  risk: 'Anybody on the internet runs the function, with input of their own and at your cost.',
  remediation: {
    text: 'Have the URL ask for AWS_IAM and let in the principals that are meant, or put CloudFront with origin access control in front of it.',
    cli: 'aws lambda update-function-url-config --function-name <function> --auth-type AWS_IAM',
    cloudFormation: 'AWS::Lambda::Url.AuthType',
  },
  resourceType: 'AWS::Lambda::Function',
  needs: ['urls', 'policies'],
  evaluate(resource) {
    if (isProvenEmpty(() => resource.urls)) return notApplicable('it has no URL');
    const { arn, accountId } = resource.identity;
    const home = { arn, accountId, trustedAccounts: [] };
    return firstOf(resource.urls, (url) => judgeUrl(url, () => resource.policies, home)) ?? pass;
  },
  examples: {
    pass: {
      'who is named, with a signature': { urls: [SIGNED], policies: [functionPolicy(letting(OTHER_ACCOUNT, 'lambda:InvokeFunctionUrl'))] },
      'with a signature, and a permission from before that': { urls: [SIGNED], policies: [functionPolicy(toEverybody('NONE'))] },
      'with a signature, from our organization': {
        urls: [SIGNED],
        policies: [
          functionPolicy(letting(ANYBODY, 'lambda:InvokeFunctionUrl', only('stringequals', 'aws:PrincipalOrgID', 'o-a1b2c3d4e5'))),
        ],
      },
    },
    fail: {
      'anybody at all': { urls: [OPEN], policies: [functionPolicy(toEverybody('NONE'))] },
      'anybody who has an AWS account': { urls: [SIGNED], policies: [functionPolicy(toEverybody('AWS_IAM'))] },
      'anybody, through an alias': {
        urls: [SIGNED, { ...OPEN, alias: 'live' }],
        policies: [{ alias: 'live', policy: policyOf(toEverybody('NONE')) }],
      },
      'nobody is asked, but nobody is let in yet': { urls: [OPEN], policies: [] },
      'nobody is asked; who is let in was not read': { urls: [OPEN], policies: denied('lambda:GetPolicy') },
    },
    unknown: {
      'not allowed to list URLs': { urls: denied('lambda:ListFunctionUrlConfigs'), policies: [] },
      'who may sign was not read': { urls: [SIGNED], policies: denied('lambda:GetPolicy') },
      'the first URL is right, the rest not read': { urls: partial([SIGNED], 'lambda:ListFunctionUrlConfigs'), policies: [] },
    },
    notApplicable: { 'no URL': { urls: [], policies: [functionPolicy(letting(ANYBODY, 'lambda:InvokeFunction'))] } },
  },
});
