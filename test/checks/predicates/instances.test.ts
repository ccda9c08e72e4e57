import { expect, test } from 'vitest';
import { refuse } from '../../../checks/check.ts';
import { image } from '../../../checks/predicates/example-instances.ts';
import { runsContainers } from '../../../checks/predicates/instances.ts';
import { identityOf } from '../example-resource.ts';

const tagged = (tags: Readonly<Record<string, string>>) => identityOf('AWS::EC2::Instance', { tags });

test.each([
  ['amazon-eks-node-1.33-v20260901', true],
  ['al2023-ami-ecs-hvm-2023.0.20260923-kernel-6.1-x86_64', true],
  ['bottlerocket-aws-k8s-1.33-x86_64-v1.50.0', true],
  ['golden-docker-2026-10-01', true],
  ['al2023-ami-2023.9.20250929.0-kernel-6.1-x86_64', false],
  ['seeks-1.0.0', false],
  [undefined, false],
])('an image called %s is for containers: %s', (name, expected) => {
  expect(runsContainers(tagged({}), () => ({ ...image, name }))).toBe(expected);
});

test.each([
  'kubernetes.io/cluster/shop',
  'aws:eks:cluster-name',
  'eks:nodegroup-name',
  'AmazonECSManaged',
])('the tag %s tells, whatever the image', (tag) => {
  expect(runsContainers(tagged({ [tag]: 'owned' }), () => refuse('ec2:DescribeImages'))).toBe(true);
});
