import type { NetworkInterface } from '@aws-sdk/client-ec2';
import { malformed } from '../broken-answer.ts';
import { publicAddressesOf } from './public-addresses.ts';
import type { Attachment } from './security-group.ts';

/** @throws Unread when the interface has no id */
export function toAttachment(networkInterface: NetworkInterface): Attachment {
  const { NetworkInterfaceId } = networkInterface;
  if (NetworkInterfaceId === undefined) throw malformed('ec2:DescribeNetworkInterfaces', 'an interface has no id');
  return {
    interfaceId: NetworkInterfaceId,
    owner: ownerOf(networkInterface),
    hasPublicAddress: publicAddressesOf(networkInterface).length > 0,
  };
}

function ownerOf({ Attachment: attachment, InterfaceType = 'interface', RequesterId = '' }: NetworkInterface): string {
  if (attachment?.InstanceId !== undefined) return 'instance';
  const requester = attachment?.InstanceOwnerId?.startsWith('amazon-') ? attachment.InstanceOwnerId : RequesterId;
  if (requester === 'amazon-elb' || LOAD_BALANCERS.has(InterfaceType)) return 'load-balancer';
  if (InterfaceType !== 'interface') return InterfaceType;
  return requester.startsWith('amazon-') ? requester : InterfaceType;
}

const LOAD_BALANCERS: ReadonlySet<string> = new Set(['load_balancer', 'network_load_balancer', 'gateway_load_balancer']);
