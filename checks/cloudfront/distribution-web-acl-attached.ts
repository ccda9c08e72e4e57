import { defineCheck, denied, fail, notApplicable, pass } from '../check.ts';
import { DISTRIBUTION } from '../predicates/example-distributions.ts';

export default defineCheck({
  id: 'cloudfront-distribution-web-acl-attached',
  title: 'CloudFront distributions should have a web ACL',
  severity: 'LOW',
  controls: ['AWS-FSBP:CloudFront.6'],
  equivalents: { prowler: ['cloudfront_distributions_using_waf'], securityHub: ['CloudFront.6'] },
  risk: 'Floods of requests and the common attacks on web applications reach what is behind it.',
  remediation: {
    text: 'Attach a web ACL of AWS WAF with managed rules and a rate limit.',
    cli: 'aws cloudfront associate-distribution-web-acl --id <distribution> --web-acl-arn <web-acl>',
    cloudFormation: 'AWS::CloudFront::Distribution.DistributionConfig.WebACLId',
  },
  resourceType: 'AWS::CloudFront::Distribution',
  needs: ['distribution'],
  evaluate({ distribution: { enabled, hasWebAcl } }) {
    if (!enabled) return notApplicable('the distribution is disabled');
    return hasWebAcl ? pass : fail('it has no web ACL');
  },
  examples: {
    pass: { 'a web ACL': { distribution: DISTRIBUTION } },
    fail: { 'no web ACL': { distribution: { ...DISTRIBUTION, hasWebAcl: false } } },
    unknown: { 'not read': { distribution: denied('cloudfront:ListDistributions') } },
    notApplicable: { disabled: { distribution: { ...DISTRIBUTION, enabled: false, hasWebAcl: false } } },
  },
});
