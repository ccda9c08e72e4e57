import { defineCheck, denied, fail, notApplicable, pass, refuse } from '../check.ts';
import { launchConfiguration } from '../predicates/example-groups.ts';
import { secretsEvidence } from '../predicates/user-data.ts';

const unread = Object.defineProperty({ ...launchConfiguration }, 'userDataSecrets', {
  get: () => refuse('autoscaling:DescribeLaunchConfigurations'),
});

export default defineCheck({
  id: 'autoscaling-group-secrets-absent',
  title: 'Launch configurations should hold no secrets in their user data',
  severity: 'HIGH',
  controls: [],
  equivalents: { prowler: ['autoscaling_find_secrets_ec2_launch_configuration'] },
  risk: 'Whoever may describe launch configurations, and everything that runs on an instance, reads the secret.',
  remediation: {
    text: 'Change the secret: it is known. Keep the new one in Secrets Manager or Parameter Store, let the instance’s role fetch it, and delete the launch configuration.',
    cli: 'aws autoscaling delete-launch-configuration --launch-configuration-name <launch configuration>',
    cloudFormation: 'AWS::AutoScaling::LaunchConfiguration.UserData',
  },
  resourceType: 'AWS::AutoScaling::AutoScalingGroup',
  needs: ['launchConfiguration'],
  evaluate: ({ launchConfiguration: used }) => {
    if (used === undefined) return notApplicable('starts instances from launch templates, which are judged themselves');
    const { name, userDataSecrets: found } = used;
    return found.length > 0 ? fail('user data seems to hold a secret', { launchConfiguration: name, ...secretsEvidence(found) }) : pass;
  },
  examples: {
    pass: { 'nothing that looks like a secret': { launchConfiguration } },
    fail: { 'a private key': { launchConfiguration: { ...launchConfiguration, userDataSecrets: [{ kind: 'private key', line: 7 }] } } },
    unknown: {
      'not allowed to ask': { launchConfiguration: denied('autoscaling:DescribeLaunchConfigurations') },
      'user data that cannot be opened': { launchConfiguration: unread },
    },
    notApplicable: { 'a launch template': { launchConfiguration: undefined } },
  },
});
