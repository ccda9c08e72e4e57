import { defineCheck, noData, pass } from '../check.ts';
import { judgeExpiry } from '../predicates/expiry.ts';

export default defineCheck({
  id: 'iam-server-certificate-valid',
  title: 'TLS certificates in IAM should neither have expired nor be about to',
  severity: 'MEDIUM',
  controls: ['CIS-AWS-7.0:2.17', 'CIS-AWS-5.0:1.18', 'CIS-AWS-3.0:1.19'],
  equivalents: { prowler: ['iam_no_expired_server_certificates_stored'], securityHub: ['IAM.26'] },
  risk: 'A load balancer that is given an expired certificate is trusted by nobody, and people learn to click warnings away.',
  remediation: {
    text: 'Have ACM issue and renew the certificate, point the load balancer or distribution at it, and delete this one.',
    cli: 'aws iam delete-server-certificate --server-certificate-name <name>',
    cloudFormation: 'AWS::ElasticLoadBalancingV2::Listener.Certificates',
  },
  resourceType: 'AWS::IAM::ServerCertificate',
  needs: ['expiresAt'],
  params: { days: 30 },
  evaluate: ({ expiresAt }, given) => judgeExpiry('the certificate', expiresAt, given) || pass,
  examples: {
    pass: { 'another 31 days': { expiresAt: '2026-12-02T00:00:00.000Z' } },
    fail: {
      'expired long ago': { expiresAt: '2024-05-01T12:00:00.000Z' },
      'expired this second': { expiresAt: '2026-11-01T00:00:00.000Z' },
      'another 30 days': { expiresAt: '2026-12-01T00:00:00.000Z' },
    },
    unknown: { 'no date': { expiresAt: noData('iam:ListServerCertificates', 'a certificate has no expiration') } },
  },
});
