import { defineCheck, denied, fail, pass } from '../check.ts';
import { instance, stopped, terminated } from '../predicates/example-instances.ts';
import { unlessTerminated } from '../predicates/instances.ts';

const profileArn = 'arn:aws:iam::111122223333:instance-profile/web';

export default defineCheck({
  id: 'ec2-instance-profile-attached',
  title: 'Instances should have an instance profile instead of keys on their disks',
  severity: 'LOW',
  controls: ['CIS-AWS-7.0:2.16', 'CIS-AWS-5.0:1.17', 'CIS-AWS-3.0:1.18'],
  equivalents: { prowler: ['ec2_instance_profile_attached'] },
  risk: 'What runs there and needs AWS is given long-lived keys, which leave the host with every copy of its disk.',
  remediation: {
    text: 'Attach a profile whose role grants what the workload needs, and delete the keys that it used.',
    cli: 'aws ec2 associate-iam-instance-profile --instance-id <instance> --iam-instance-profile Name=<profile>',
    cloudFormation: 'AWS::EC2::Instance.IamInstanceProfile',
  },
  resourceType: 'AWS::EC2::Instance',
  needs: ['instance'],
  evaluate: (resource) =>
    unlessTerminated(resource.instance, () =>
      resource.instance.profileArn === undefined ? fail('has no instance profile', { state: resource.instance.state }) : pass,
    ),
  examples: {
    pass: { 'with a profile': { instance: { ...instance, profileArn } } },
    fail: { 'without a profile': { instance }, 'without a profile, stopped': { instance: stopped } },
    unknown: { 'not allowed to ask': { instance: denied('ec2:DescribeInstances') } },
    notApplicable: { terminated: { instance: terminated } },
  },
});
