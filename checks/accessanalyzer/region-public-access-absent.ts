import { defineCheck, denied, fail, notApplicable, partial, pass } from '../check.ts';
import { knownOf } from '../predicates/unread.ts';

const TOPIC = { arn: 'arn:aws:sns:eu-west-1:111122223333:orders', type: 'AWS::SNS::Topic', accountId: '111122223333' };
const BUCKET = { arn: 'arn:aws:s3:::example-bucket', type: 'AWS::S3::Bucket', accountId: '444455556666' };
const SHOWN = 25;

export default defineCheck({
  id: 'accessanalyzer-region-public-access-absent',
  title: 'IAM Access Analyzer should have no active finding of public access',
  severity: 'HIGH',
  controls: ['CIS-AWS-7.0:2.21'],
  equivalents: { prowler: ['accessanalyzer_enabled_without_findings'] },
  risk: 'Access Analyzer has proven that anybody on the internet can use these resources.',
  remediation: {
    text: 'Narrow the policy of each resource. Archive the finding of one that is meant to be public, best by an archive rule.',
    cli: 'aws accessanalyzer list-findings-v2 --analyzer-arn <analyzer> --filter \'{"status":{"eq":["ACTIVE"]},"isPublic":{"eq":["true"]}}\' --region <region>',
  },
  resourceType: 'AWS::Account::Region',
  needs: ['publicResources'],
  evaluate({ publicResources }) {
    if (publicResources === undefined) return notApplicable('nothing looks for external access here');
    const { known, unread } = knownOf(() => publicResources);
    const found = [...new Set(known.map(({ arn }) => arn))].sort();
    if (found.length === 0 && unread) throw unread;
    if (found.length === 0) return pass;
    const isAll = unread === undefined && found.length <= SHOWN;
    return fail('Access Analyzer finds resources open to anybody', { resources: found.slice(0, SHOWN), isAll });
  },
  examples: {
    pass: { 'nothing is found': { publicResources: [] } },
    fail: {
      'a topic of the account': { publicResources: [TOPIC] },
      'a bucket of another account of the organization, by two findings': { publicResources: [BUCKET, BUCKET] },
      'one, and not all were listed': { publicResources: partial([TOPIC], 'access-analyzer:ListFindings') },
    },
    unknown: {
      'not allowed to list findings': { publicResources: denied('access-analyzer:ListFindings') },
      'the listing broke off before it gave one': { publicResources: partial([], 'access-analyzer:ListFindings') },
    },
    notApplicable: { 'no analyzer of external access': { publicResources: undefined } },
  },
});
