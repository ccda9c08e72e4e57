import { defineCheck, denied, fail, notApplicable, pass } from '../check.ts';

const DETECTOR = { id: '12abc34d567e8fa901bc2d34e56789f0', enabled: true, publishes: 'SIX_HOURS' };
const WANTED = [
  'EBS_MALWARE_PROTECTION',
  'EKS_AUDIT_LOGS',
  'LAMBDA_NETWORK_LOGS',
  'RDS_LOGIN_EVENTS',
  'RUNTIME_MONITORING',
  'S3_DATA_EVENTS',
] as const;

function features(status: boolean, ...names: readonly string[]) {
  return names.map((name) => ({ name, enabled: status }));
}

export default defineCheck({
  id: 'guardduty-region-protections-enabled',
  title: 'The protection plans of GuardDuty should be enabled',
  severity: 'MEDIUM',
  controls: [5, 6, 8, 9, 10, 11].map((number) => `AWS-FSBP:GuardDuty.${number}`),
  equivalents: {
    prowler: [
      'guardduty_ec2_malware_protection_enabled',
      'guardduty_eks_audit_log_enabled',
      'guardduty_eks_runtime_monitoring_enabled',
      'guardduty_lambda_protection_enabled',
      'guardduty_rds_protection_enabled',
      'guardduty_s3_protection_enabled',
    ],
    securityHub: ['GuardDuty.9', 'GuardDuty.10'],
  },
  risk: 'GuardDuty sees API calls, DNS and traffic, but not what is done to objects, databases, functions, clusters and inside of machines.',
  remediation: {
    text: 'Enable the protection plans that fit what runs in the region. Those that you do not want leave out of `plans`.',
    cli: 'aws guardduty update-detector --detector-id <detector> --features \'[{"Name":"<plan>","Status":"ENABLED"}]\' --region <region>',
    cloudFormation: 'AWS::GuardDuty::Detector.Features',
  },
  resourceType: 'AWS::Account::Region',
  needs: ['detector'],
  params: { plans: [...WANTED] },
  evaluate({ detector }, { plans }) {
    if (!detector?.enabled) return notApplicable('GuardDuty is not enabled');
    const on = new Set(detector.features.flatMap(({ name, enabled }) => (enabled ? name : [])));
    // Runtime monitoring has taken the place of that for EKS alone, and includes it.
    const isOn = (plan: string) => on.has(plan) || (plan === 'EKS_RUNTIME_MONITORING' && on.has('RUNTIME_MONITORING'));
    const missing = plans.filter((plan) => !isOn(plan)).sort();
    if (missing.length === 0) return pass;
    return fail(missing.length === 1 ? `${missing[0]} is not enabled` : `${missing.length} protection plans are not enabled`, { missing });
  },
  examples: {
    pass: { 'all are on': { detector: { ...DETECTOR, features: features(true, ...WANTED, 'CLOUD_TRAIL') } } },
    fail: {
      'one is off': { detector: { ...DETECTOR, features: [...features(true, ...WANTED.slice(1)), ...features(false, WANTED[0])] } },
      'GuardDuty lists none': { detector: { ...DETECTOR, features: [] } },
      'runtime monitoring of EKS alone': {
        detector: {
          ...DETECTOR,
          features: features(true, ...WANTED.filter((plan) => plan !== 'RUNTIME_MONITORING'), 'EKS_RUNTIME_MONITORING'),
        },
      },
    },
    unknown: { 'not allowed to read the detector': { detector: denied('guardduty:GetDetector') } },
    notApplicable: {
      'GuardDuty is off': { detector: undefined },
      'GuardDuty is suspended': { detector: { ...DETECTOR, enabled: false, features: [] } },
    },
  },
});
