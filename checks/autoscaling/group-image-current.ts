import { defineCheck, denied, notApplicable } from '../check.ts';
import { image, newerImage as newer } from '../predicates/example-instances.ts';
import { judgeLaunches } from '../predicates/launches.ts';

const launch = { image, imageParameter: undefined, newerImage: undefined, imageRequiresTokens: false };
const own = { namedBy: 'launch configuration', launch } as const;
const deprecated = { ...image, deprecatedAt: '2026-05-01T00:00:00.000Z' };

export default defineCheck({
  id: 'autoscaling-group-image-current',
  title: 'Images that Auto Scaling groups name themselves should be the newest of their family',
  severity: 'MEDIUM',
  controls: [],
  equivalents: {},
  risk: 'Every instance that scaling adds starts with old holes, or does not start because its image is gone.',
  remediation: {
    text: 'Let the group take its image from a launch template that follows an SSM parameter, and replace its instances by an instance refresh.',
    cli: 'aws autoscaling start-instance-refresh --auto-scaling-group-name <group>',
    cloudFormation: 'AWS::AutoScaling::LaunchConfiguration.ImageId',
  },
  resourceType: 'AWS::AutoScaling::AutoScalingGroup',
  needs: ['ownImages'],
  evaluate: ({ ownImages }, { now }) => {
    if (ownImages.length === 0) return notApplicable('takes its images from launch templates, which are judged themselves');
    const launches = ownImages.map(({ namedBy, launch: starts }) => ({
      launch: starts,
      words: () => namedBy,
      evidence: () => ({ namedBy }),
    }));
    return judgeLaunches(launches, now);
  },
  examples: {
    pass: { 'the newest image': { ownImages: [own] } },
    fail: {
      'a deprecated image in a launch configuration': { ownImages: [{ ...own, launch: { ...launch, image: deprecated } }] },
      'a deprecated image in an override': {
        ownImages: [{ namedBy: 'override', launch: { ...launch, image: deprecated, newerImage: newer } }],
      },
      'a newer image exists': { ownImages: [{ ...own, launch: { ...launch, newerImage: newer } }] },
    },
    unknown: { 'not allowed to ask': { ownImages: denied('autoscaling:DescribeLaunchConfigurations') } },
    notApplicable: {
      'images of launch templates': { ownImages: [] },
      'an image that the account’s own parameter names': {
        ownImages: [{ namedBy: 'override', launch: { ...launch, image: undefined, imageParameter: '/golden/latest' } }],
      },
    },
  },
});
