import { describe, expect, test } from 'vitest';
import { followsPublisher, publicParameterOf } from '../../../checks/predicates/image-parameters.ts';

const amazon = { ownerAlias: 'amazon', ownerId: '137112412989' };
const canonical = { ownerAlias: undefined, ownerId: '099720109477' };

describe('the public parameter of an image', () => {
  test.each([
    ['al2023-ami-2023.9.20250929.0-kernel-6.1-x86_64', 'ami-amazon-linux-latest/al2023-ami-kernel-6.1-x86_64'],
    ['al2023-ami-minimal-2023.9.20250929.0-kernel-6.12-arm64', 'ami-amazon-linux-latest/al2023-ami-minimal-kernel-6.12-arm64'],
    ['amzn2-ami-hvm-2.0.20250929.1-x86_64-gp2', 'ami-amazon-linux-latest/amzn2-ami-hvm-x86_64-gp2'],
    ['amzn2-ami-kernel-5.10-hvm-2.0.20250929.1-arm64-gp2', 'ami-amazon-linux-latest/amzn2-ami-kernel-5.10-hvm-arm64-gp2'],
    ['Windows_Server-2022-English-Full-Base-2025.09.10', 'ami-windows-latest/Windows_Server-2022-English-Full-Base'],
    ['al2023-ami-ecs-hvm-2023.0.20250923-kernel-6.1-x86_64', 'ecs/optimized-ami/amazon-linux-2023/recommended/image_id'],
    ['al2023-ami-ecs-hvm-2023.0.20250923-kernel-6.1-arm64', 'ecs/optimized-ami/amazon-linux-2023/arm64/recommended/image_id'],
    ['amazon-eks-node-1.29-v20250920', 'eks/optimized-ami/1.29/amazon-linux-2/recommended/image_id'],
    [
      'amazon-eks-node-al2023-x86_64-standard-1.33-v20250920',
      'eks/optimized-ami/1.33/amazon-linux-2023/x86_64/standard/recommended/image_id',
    ],
  ])('%s', (name, parameter) => {
    expect(publicParameterOf({ ...amazon, name })).toBe(`/aws/service/${parameter}`);
    expect(followsPublisher(`/aws/service/${parameter}`)).toBe(true);
  });

  test.each([
    ['ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server-20250930', '22.04/stable/current/amd64/hvm/ebs-gp2/ami-id'],
    ['ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-arm64-server-20250930.1', '24.04/stable/current/arm64/hvm/ebs-gp3/ami-id'],
  ])('%s', (name, parameter) => {
    expect(publicParameterOf({ ...canonical, name })).toBe(`/aws/service/canonical/ubuntu/server/${parameter}`);
  });

  test('is none for the same name of anybody else', () => {
    const stranger = { ownerAlias: undefined, ownerId: '777788889999' };
    expect(publicParameterOf({ ...stranger, name: 'al2023-ami-2023.9.20250929.0-kernel-6.1-x86_64' })).toBeUndefined();
    expect(publicParameterOf({ ...stranger, name: 'ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server-20250930' })).toBeUndefined();
    expect(publicParameterOf({ ...amazon, name: undefined })).toBeUndefined();
    expect(publicParameterOf({ ...amazon, name: 'something-else-1.0.0' })).toBeUndefined();
  });
});

test.each([
  ['/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64', true],
  ['/aws/service/bottlerocket/aws-ecs-1/x86_64/latest/image_id', true],
  ['/aws/service/bottlerocket/aws-ecs-1/x86_64/1.0.3/image_id', false],
  ['/aws/service/ecs/optimized-ami/amazon-linux-2/amzn2-ami-ecs-hvm-2.0.20180608-x86_64-ebs/image_id', false],
  ['/aws/service/canonical/ubuntu/server/22.04/stable/20240301/amd64/hvm/ebs-gp2/ami-id', false],
  ['/aws/service/marketplace/prod-1234/latest', true],
  ['/aws/service/marketplace/prod-1234/1.2.3', false],
  ['/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64:12', false],
  ['/golden/latest', false],
  ['golden', false],
])('%s follows its publisher: %s', (parameter, expected) => {
  expect(followsPublisher(parameter)).toBe(expected);
});
