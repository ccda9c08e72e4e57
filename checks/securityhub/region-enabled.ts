import { defineCheck, denied, fail, pass } from '../check.ts';

const STANDARD = { arn: 'arn:aws:securityhub:eu-west-1::standards/aws-foundational-security-best-practices/v/1.0.0', status: 'READY' };

export default defineCheck({
  id: 'securityhub-region-enabled',
  title: 'Security Hub should be enabled in every region',
  severity: 'MEDIUM',
  controls: ['CIS-AWS-7.0:5.16', 'CIS-AWS-5.0:4.16', 'CIS-AWS-3.0:4.16'],
  equivalents: { prowler: ['securityhub_enabled'] },
  risk: 'What GuardDuty, Inspector, Macie and others find in the region comes together nowhere.',
  remediation: {
    text: 'Enable Security Hub (CSPM) in the region, for an organization by central configuration in its delegated administrator.',
    cli: 'aws securityhub enable-security-hub --region <region>',
    cloudFormation: 'AWS::SecurityHub::Hub',
  },
  resourceType: 'AWS::Account::Region',
  needs: ['hub'],
  evaluate: ({ hub }) => (hub.enabled ? pass : fail('Security Hub is not enabled')),
  examples: {
    pass: {
      'enabled with a standard': { hub: { enabled: true, standards: [STANDARD] } },
      'enabled for findings of others alone': { hub: { enabled: true, standards: [] } },
    },
    fail: { 'not subscribed': { hub: { enabled: false, standards: [] } } },
    unknown: { 'not allowed to ask, which is not the same': { hub: denied('securityhub:DescribeHub') } },
  },
});
