import { defineCheck, denied } from '../check.ts';
import { ANYBODY, letting, OTHER_ACCOUNT, OWN_ACCOUNT, only, policyOf, service } from '../predicates/example-policies.ts';
import { judgeOpenness } from '../predicates/policy-openness.ts';

const TRUSTED: readonly string[] = [];
const PULL = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];
const ACTIONS = {
  admin: ['ecr:setrepositorypolicy', 'ecr:deleterepositorypolicy', 'ecr:deleterepository', 'ecr:putlifecyclepolicy'],
  write: ['ecr:putimage', 'ecr:initiatelayerupload', 'ecr:uploadlayerpart', 'ecr:completelayerupload', 'ecr:batchdeleteimage'],
  read: ['ecr:batchgetimage', 'ecr:getdownloadurlforlayer'],
};

export default defineCheck({
  id: 'ecr-repository-policy-closed',
  title: 'Image repositories should not be open to everybody or to accounts that nobody trusts',
  severity: 'CRITICAL',
  controls: ['CIS-AWS-7.0:2.21'],
  equivalents: { prowler: ['ecr_repositories_not_publicly_accessible'], checkov: ['CKV_AWS_32'] },
  risk: 'Whoever pulls has your code and the secrets left in it; whoever pushes runs code wherever the image is deployed.',
  remediation: {
    text: 'Name the accounts that are meant, or bind the statement with aws:PrincipalOrgID. Accounts of your own go into trustedAccounts; what the world is to pull belongs into ECR Public.',
    cli: 'aws ecr set-repository-policy --repository-name <repository> --policy-text file://policy.json',
    cloudFormation: 'AWS::ECR::Repository.RepositoryPolicyText',
  },
  resourceType: 'AWS::ECR::Repository',
  needs: ['policy'],
  params: { trustedAccounts: TRUSTED },
  evaluate: (repository, { trustedAccounts }) =>
    judgeOpenness(repository, trustedAccounts, {
      actions: ACTIONS,
      operation: 'ecr:GetRepositoryPolicy',
      deeds: { admin: 'administer', write: 'push to', read: 'pull from' },
    }),
  examples: {
    pass: {
      'no policy': { policy: undefined },
      'own account': { policy: policyOf(letting(OWN_ACCOUNT, 'ecr:*')) },
      'Lambda, for our functions': {
        policy: policyOf(
          letting(
            service('lambda.amazonaws.com'),
            PULL,
            only('stringlike', 'aws:SourceArn', 'arn:aws:lambda:eu-west-1:111122223333:function:*'),
          ),
        ),
      },
      'our organization pulls': { policy: policyOf(letting(ANYBODY, PULL, only('stringequals', 'aws:PrincipalOrgID', 'o-a1b2c3d4e5'))) },
    },
    fail: {
      'everybody pulls': { policy: policyOf(letting(ANYBODY, PULL)) },
      'everybody does everything': { policy: policyOf(letting(ANYBODY, 'ecr:*')) },
      'whatever organization': { policy: policyOf(letting(ANYBODY, PULL, only('stringlike', 'aws:PrincipalOrgID', 'o-*'))) },
      'another account pushes': { policy: policyOf(letting(OTHER_ACCOUNT, 'ecr:PutImage')) },
    },
    unknown: { 'not allowed to read the policy': { policy: denied('ecr:GetRepositoryPolicy') } },
  },
});
