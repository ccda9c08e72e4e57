import { defineCheck, denied, fail, notApplicable, partial, pass, refuse } from '../check.ts';
import { someOf } from '../predicates/logic.ts';

const STANDARD = { arn: 'arn:aws:securityhub:eu-west-1::standards/aws-foundational-security-best-practices/v/1.0.0', status: 'READY' };
/** While some controls are not on yet, others are. */
const JUDGES: ReadonlySet<string> = new Set(['READY', 'INCOMPLETE', 'PENDING']);

export default defineCheck({
  id: 'securityhub-region-standard-enabled',
  title: 'Security Hub should have a standard enabled where it is on',
  severity: 'LOW',
  controls: [],
  equivalents: {},
  risk: 'Without a standard Security Hub judges nothing by itself: it only keeps what other services find.',
  remediation: {
    text: 'Enable AWS Foundational Security Best Practices, or the standard that you must meet.',
    cli: 'aws securityhub batch-enable-standards --standards-subscription-requests StandardsArn=<standard> --region <region>',
    cloudFormation: 'AWS::SecurityHub::Standard.StandardsArn',
  },
  resourceType: 'AWS::Account::Region',
  needs: ['hub'],
  evaluate({ hub }) {
    if (!hub.enabled) return notApplicable('Security Hub is not enabled');
    return someOf(hub.standards, ({ status }) => JUDGES.has(status)) ? pass : fail('Security Hub has no standard enabled');
  },
  examples: {
    pass: {
      'a standard is ready': { hub: { enabled: true, standards: [{ ...STANDARD, status: 'DELETING' }, STANDARD] } },
      'one is known, others are not': { hub: { enabled: true, standards: partial([STANDARD], 'securityhub:GetEnabledStandards') } },
    },
    fail: {
      'no standard': { hub: { enabled: true, standards: [] } },
      'the only one failed': { hub: { enabled: true, standards: [{ ...STANDARD, status: 'FAILED' }] } },
    },
    unknown: {
      'not allowed to ask': { hub: denied('securityhub:DescribeHub') },
      'not allowed to list standards': {
        hub: {
          enabled: true,
          get standards() {
            return refuse('securityhub:GetEnabledStandards');
          },
        },
      },
    },
    notApplicable: { 'Security Hub is off': { hub: { enabled: false, standards: [] } } },
  },
});
