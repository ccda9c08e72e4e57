import { defineCheck, denied, fail, pass } from '../check.ts';

const ALL = { ec2: true, ecr: true, lambda: true, lambdaCode: false };
const NONE = { ec2: false, ecr: false, lambda: false, lambdaCode: false };

export default defineCheck({
  id: 'inspector-region-enabled',
  title: 'Inspector should scan instances, images and functions in every region',
  severity: 'MEDIUM',
  controls: ['AWS-FSBP:Inspector.1', 'AWS-FSBP:Inspector.2', 'AWS-FSBP:Inspector.4'],
  equivalents: { prowler: ['inspector2_is_enabled'] },
  risk: 'Known vulnerabilities of what runs in the region are found by others first.',
  remediation: {
    text: 'Enable Inspector for the types that run in the region; those that never will leave out of `scans`.',
    cli: 'aws inspector2 enable --resource-types EC2 ECR LAMBDA --region <region>',
  },
  resourceType: 'AWS::Account::Region',
  needs: ['scanning'],
  // Of ec2, ecr, lambda and lambdaCode.
  params: { scans: ['ec2', 'ecr', 'lambda'] },
  evaluate({ scanning }, { scans }) {
    const on: ReadonlySet<string> = new Set(Object.entries(scanning).flatMap(([type, isOn]) => (isOn ? type : [])));
    const missing = scans.filter((type) => !on.has(type)).sort();
    if (missing.length === 0) return pass;
    return on.size === 0 ? fail('Inspector is not enabled') : fail(`Inspector does not scan ${missing.join(', ')}`, { missing });
  },
  examples: {
    pass: { 'all three are scanned': { scanning: ALL } },
    fail: {
      'not enabled': { scanning: NONE },
      'images only': { scanning: { ...NONE, ecr: true } },
      'code of functions, but not what they use': { scanning: { ...ALL, lambda: false, lambdaCode: true } },
    },
    unknown: { 'not allowed to ask': { scanning: denied('inspector2:BatchGetAccountStatus') } },
  },
});
