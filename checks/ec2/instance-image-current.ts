import { defineCheck, denied, fail, pass } from '../check.ts';
import { instance, stopped, terminated } from '../predicates/example-instances.ts';
import { unlessTerminated } from '../predicates/instances.ts';

const newerImage = { imageId: 'ami-2', name: 'golden-2026-10-20', createdAt: '2026-10-20T00:00:00Z' };

export default defineCheck({
  id: 'ec2-instance-image-current',
  title: 'Instances should run on the newest image of their family',
  severity: 'LOW',
  controls: [],
  equivalents: {},
  risk: 'What was fixed between the two images is missing here, unless somebody patched the host in place.',
  remediation: {
    text: 'Replace the instance by one from the newer image; let launch templates follow an SSM parameter instead of an image id.',
    cli: 'aws ec2 create-launch-template-version --launch-template-id <template> --source-version <version> --launch-template-data ImageId=<image>',
    cloudFormation: 'AWS::EC2::Instance.ImageId',
  },
  resourceType: 'AWS::EC2::Instance',
  needs: ['instance', 'newerImage'],
  evaluate: (resource) =>
    unlessTerminated(resource.instance, () => {
      const newer = resource.newerImage;
      return newer === undefined ? pass : fail('a newer image of the same family exists', { newerImage: { ...newer } });
    }),
  examples: {
    pass: { 'the newest of its family': { instance, newerImage: undefined } },
    fail: {
      'a newer one exists': { instance, newerImage },
      'a newer one exists for a stopped instance': { instance: stopped, newerImage },
    },
    unknown: { 'not allowed to list images': { instance, newerImage: denied('ec2:DescribeImages') } },
    notApplicable: { terminated: { instance: terminated, newerImage } },
  },
});
