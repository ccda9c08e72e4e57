import { defineCheck, denied, fail, partial } from '../check.ts';
import { templateVersion as version } from '../predicates/example-instances.ts';
import { failingVersion } from '../predicates/launch-templates.ts';
import { secretsEvidence } from '../predicates/user-data.ts';

const leaky = { ...version, userDataSecrets: [{ kind: 'AWS access key', line: 3 }] };

export default defineCheck({
  id: 'ec2-launch-template-secrets-absent',
  title: 'Launch templates should hold no secrets in their user data',
  severity: 'HIGH',
  controls: [],
  equivalents: { prowler: ['ec2_launch_template_no_secrets'], checkov: ['CKV_AWS_46'] },
  risk: 'Whoever may describe launch templates, and everything that runs on an instance, reads the secret.',
  remediation: {
    text: 'Change the secret: it is known. Keep the new one in Secrets Manager or Parameter Store, let the instance’s role fetch it, and delete the versions that hold the old one.',
    cli: 'aws ec2 delete-launch-template-versions --launch-template-id <template> --versions <version>',
    cloudFormation: 'AWS::EC2::LaunchTemplate.LaunchTemplateData.UserData',
  },
  resourceType: 'AWS::EC2::LaunchTemplate',
  needs: ['versions'],
  evaluate: ({ versions }) =>
    failingVersion(versions, ({ userDataSecrets: found }) =>
      found.length > 0 ? fail('user data seems to hold a secret', secretsEvidence(found)) : undefined,
    ),
  examples: {
    pass: { 'nothing that looks like a secret': { versions: [version] } },
    fail: {
      'an access key': { versions: [leaky] },
      'a password, in a version that a group pins': {
        versions: [
          { ...leaky, number: 1, isDefault: false, isLatest: false, userDataSecrets: [{ kind: 'password or key', line: 12 }] },
          version,
        ],
      },
    },
    unknown: {
      'not allowed to ask': { versions: denied('ec2:DescribeLaunchTemplateVersions') },
      'which versions groups pin': { versions: partial([version], 'autoscaling:DescribeAutoScalingGroups') },
    },
  },
});
