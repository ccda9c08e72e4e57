import { defineCheck, denied, fail, notApplicable, pass } from '../check.ts';

export default defineCheck({
  id: 'macie-region-enabled',
  title: 'Macie should be enabled in every region that has buckets',
  severity: 'LOW',
  controls: ['CIS-AWS-7.0:3.1.3', 'CIS-AWS-5.0:2.1.3', 'CIS-AWS-3.0:2.1.3', 'AWS-FSBP:Macie.1'],
  equivalents: { prowler: ['macie_is_enabled'], securityHub: ['Macie.1'] },
  risk: 'Nobody knows which buckets hold personal data, secrets or keys, nor is told when such a bucket is opened.',
  remediation: {
    text: 'Enable Macie with automated sensitive data discovery, or have the data classified in another way and except this.',
    cli: 'aws macie2 enable-macie --region <region>',
    cloudFormation: 'AWS::Macie::Session.Status',
  },
  resourceType: 'AWS::Account::Region',
  needs: ['macie'],
  evaluate({ macie }) {
    if (macie.status === 'ENABLED') return pass;
    if (!macie.hasBuckets) return notApplicable('there is no bucket in the region');
    return macie.status === 'PAUSED' ? fail('Macie is suspended') : fail('Macie is not enabled');
  },
  examples: {
    pass: { enabled: { macie: { status: 'ENABLED' } } },
    fail: {
      'never enabled': { macie: { status: 'off', hasBuckets: true } },
      suspended: { macie: { status: 'PAUSED', hasBuckets: true } },
    },
    unknown: { 'not allowed to ask, which is not the same as off': { macie: denied('macie2:GetMacieSession') } },
    notApplicable: { 'off, and nothing to look into': { macie: { status: 'off', hasBuckets: false } } },
  },
});
