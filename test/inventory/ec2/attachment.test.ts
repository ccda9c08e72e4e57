import { expect, test } from 'vitest';
import { toAttachment } from '../../../inventory/ec2/attachment.ts';

test.each([
  ['an instance', { Attachment: { InstanceId: 'i-1' } }, 'instance'],
  ['an application load balancer', { Attachment: { InstanceOwnerId: 'amazon-elb' } }, 'load-balancer'],
  ['a classic load balancer', { RequesterId: 'amazon-elb' }, 'load-balancer'],
  ['a network load balancer', { InterfaceType: 'network_load_balancer' }, 'load-balancer'],
  ['a function', { InterfaceType: 'lambda' }, 'lambda'],
  ['a database', { InterfaceType: 'interface', RequesterId: 'amazon-rds' }, 'amazon-rds'],
  ['nobody', { InterfaceType: 'interface' }, 'interface'],
  ['somebody', { InterfaceType: 'interface', RequesterId: 'AROAEXAMPLE:somebody' }, 'interface'],
] as const)('of %s', (_, networkInterface, owner) => {
  expect(toAttachment({ NetworkInterfaceId: 'eni-1', ...networkInterface }).owner).toBe(owner);
});

test('with a public address', () => {
  const PrivateIpAddresses = [{}, { Association: { PublicIp: '198.51.100.1' } }];
  expect(toAttachment({ NetworkInterfaceId: 'eni-1', PrivateIpAddresses })).toMatchObject({ hasPublicAddress: true });
});
