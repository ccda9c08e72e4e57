import { defineCheck, denied, fail, notApplicable, pass } from '../check.ts';
import { DISTRIBUTION } from '../predicates/example-distributions.ts';
import { refuseToJudge } from '../predicates/unread.ts';

const ORDER = ['SSLv3', 'TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];

export default defineCheck({
  id: 'cloudfront-distribution-tls-current',
  title: 'CloudFront distributions should refuse TLS older than 1.2',
  severity: 'MEDIUM',
  controls: ['AWS-FSBP:CloudFront.15'],
  equivalents: { securityHub: ['CloudFront.15'] },
  risk: 'Protocols before TLS 1.2 have known weaknesses by which traffic can be read.',
  remediation: {
    text: 'Give the distribution a certificate for its own name, and choose a security policy of TLS 1.2 or newer.',
    cli: 'aws cloudfront update-distribution --id <distribution> --if-match <etag> --distribution-config file://config.json',
    cloudFormation: 'AWS::CloudFront::Distribution.DistributionConfig.ViewerCertificate.MinimumProtocolVersion',
  },
  resourceType: 'AWS::CloudFront::Distribution',
  needs: ['distribution'],
  params: { minimum: 'TLSv1.2' },
  evaluate({ distribution: { enabled, minimumProtocol, defaultCertificate } }, { minimum }) {
    if (!enabled) return notApplicable('the distribution is disabled');
    // CloudFront's own certificate comes with TLS 1.0: https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_ViewerCertificate.html
    const ownName = { severity: 'LOW', because: 'it has no name of its own' } as const;
    if (defaultCertificate) return fail("CloudFront's own certificate allows TLS 1.0", { defaultCertificate }, ownName);
    const rank = ORDER.indexOf(minimumProtocol.split('_')[0] ?? '');
    if (rank < 0) return refuseToJudge('malformed', 'cloudfront:ListDistributions', `the protocol ${minimumProtocol} is not known`);
    return rank < ORDER.indexOf(minimum) ? fail(`it allows ${minimumProtocol}`, { minimumProtocol }) : pass;
  },
  examples: {
    pass: {
      'TLS 1.2': { distribution: { ...DISTRIBUTION, minimumProtocol: 'TLSv1.2_2018' } },
      'TLS 1.3': { distribution: { ...DISTRIBUTION, minimumProtocol: 'TLSv1.3_2025' } },
    },
    fail: {
      'TLS 1.1': { distribution: { ...DISTRIBUTION, minimumProtocol: 'TLSv1.1_2016' } },
      'TLS 1.0, by its newer policy': { distribution: { ...DISTRIBUTION, minimumProtocol: 'TLSv1_2016' } },
      'SSL 3': { distribution: { ...DISTRIBUTION, minimumProtocol: 'SSLv3' } },
      "only CloudFront's own name": { distribution: { ...DISTRIBUTION, minimumProtocol: 'TLSv1', defaultCertificate: true } },
    },
    unknown: {
      'not read': { distribution: denied('cloudfront:ListDistributions') },
      'a policy that we do not know': { distribution: { ...DISTRIBUTION, minimumProtocol: 'PQCv1_2030' } },
    },
    notApplicable: { disabled: { distribution: { ...DISTRIBUTION, enabled: false } } },
  },
});
