import { defineCheck, denied, fail, pass } from '../check.ts';

export default defineCheck({
  id: 'ecr-repository-scanned-on-push',
  title: 'Image repositories should be scanned for known vulnerabilities',
  severity: 'MEDIUM',
  controls: ['AWS-FSBP:ECR.1'],
  equivalents: {
    prowler: ['ecr_repositories_scan_images_on_push_enabled', 'ecr_registry_scan_images_on_push_enabled'],
    securityHub: ['ECR.1'],
    checkov: ['CKV_AWS_163'],
  },
  risk: 'Images with holes that everybody knows are deployed, and nobody is told.',
  remediation: {
    text: 'Have the registry scan it: a rule whose filter matches the repository, with scanning on push or continuously.',
    cli: 'aws ecr put-registry-scanning-configuration --scan-type ENHANCED --rules file://rules.json',
    cloudFormation: 'AWS::ECR::RegistryScanningConfiguration.Rules',
  },
  resourceType: 'AWS::ECR::Repository',
  needs: ['scanning'],
  evaluate({ scanning: { type, frequency, onPush } }) {
    if (frequency !== 'MANUAL' || (type === 'BASIC' && onPush)) return pass;
    return fail('no rule of the registry has its images scanned', { type, frequency, onPush });
  },
  examples: {
    pass: {
      'on push, by a rule of the registry': { scanning: { type: 'BASIC', frequency: 'SCAN_ON_PUSH', onPush: false } },
      'on push, by its own setting': { scanning: { type: 'BASIC', frequency: 'MANUAL', onPush: true } },
      'all the time, by Inspector': { scanning: { type: 'ENHANCED', frequency: 'CONTINUOUS_SCAN', onPush: false } },
    },
    fail: {
      'only when somebody asks': { scanning: { type: 'BASIC', frequency: 'MANUAL', onPush: false } },
      'Inspector scans others; its own setting no longer counts': { scanning: { type: 'ENHANCED', frequency: 'MANUAL', onPush: true } },
    },
    unknown: { "not allowed to read the registry's rules": { scanning: denied('ecr:GetRegistryScanningConfiguration') } },
  },
});
