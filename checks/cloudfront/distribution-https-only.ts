import { defineCheck, denied, fail, notApplicable, pass } from '../check.ts';
import { DEFAULT_BEHAVIOR, DISTRIBUTION } from '../predicates/example-distributions.ts';

const PLAIN = { ...DEFAULT_BEHAVIOR, viewerProtocol: 'allow-all' };

export default defineCheck({
  id: 'cloudfront-distribution-https-only',
  title: 'CloudFront distributions should not answer plain HTTP',
  severity: 'MEDIUM',
  controls: ['AWS-FSBP:CloudFront.3'],
  equivalents: { prowler: ['cloudfront_distributions_https_enabled'], securityHub: ['CloudFront.3'] },
  risk: 'Whoever is on the way can read and change what viewers get, and take over their sessions.',
  remediation: {
    text: 'Redirect HTTP to HTTPS, or allow HTTPS only, in the default cache behavior and in each other one.',
    cli: 'aws cloudfront update-distribution --id <distribution> --if-match <etag> --distribution-config file://config.json',
    cloudFormation: 'AWS::CloudFront::Distribution.DistributionConfig.DefaultCacheBehavior.ViewerProtocolPolicy',
  },
  resourceType: 'AWS::CloudFront::Distribution',
  needs: ['distribution'],
  evaluate({ distribution: { enabled, behaviors } }) {
    if (!enabled) return notApplicable('the distribution is disabled');
    const plain = behaviors.flatMap(({ path, viewerProtocol }) => (viewerProtocol === 'allow-all' ? path : [])).sort();
    if (plain.length === 0) return pass;
    return fail(plain.includes('*') ? 'it answers plain HTTP' : 'it answers plain HTTP for some paths', { paths: plain });
  },
  examples: {
    pass: {
      'HTTP is redirected': { distribution: DISTRIBUTION },
      'HTTPS only': { distribution: { ...DISTRIBUTION, behaviors: [{ ...DEFAULT_BEHAVIOR, viewerProtocol: 'https-only' }] } },
    },
    fail: {
      'plain HTTP everywhere': { distribution: { ...DISTRIBUTION, behaviors: [PLAIN] } },
      'plain HTTP for one path': { distribution: { ...DISTRIBUTION, behaviors: [DEFAULT_BEHAVIOR, { ...PLAIN, path: '/legacy/*' }] } },
    },
    unknown: { 'not read': { distribution: denied('cloudfront:ListDistributions') } },
    notApplicable: { disabled: { distribution: { ...DISTRIBUTION, enabled: false, behaviors: [PLAIN] } } },
  },
});
