import type { InterfaceExposure } from '../../inventory/ec2/instance.ts';
import type { NetworkAclEntries, Route } from '../../inventory/ec2/network.ts';
import type { AcceleratedWay } from '../../inventory/global-accelerator/way.ts';
import type { BalancedWay, BalancerZone, PassedBalancer } from '../../inventory/load-balancing/way.ts';
import { entry, groupRule, rule } from './example-rules.ts';

/** For the examples of checks: a route to the internet, and a network ACL that lets everything through. */
export const internetRoute: Route = { destination: '0.0.0.0/0', target: 'internet-gateway', targetId: 'igw-1', active: true };
export const openAcl: readonly NetworkAclEntries[] = [
  { ingress: [entry(100, 'allow', '0.0.0.0/0')], egress: [entry(100, 'allow', '0.0.0.0/0')] },
];

/** An interface that the internet reaches on port 22. */
export const exposed: InterfaceExposure = {
  interfaceId: 'eni-1',
  publicAddresses: ['198.51.100.7'],
  groupIds: ['sg-1'],
  ingress: [rule('tcp', 22, '0.0.0.0/0')],
  acl: openAcl,
  routes: [internetRoute],
  ways: [],
  accelerated: [],
};

const zone: BalancerZone = { subnetId: 'subnet-public', cidrs: ['10.0.1.0/24'], acl: openAcl, routes: [internetRoute] };

/** An internet-facing network load balancer that lets everybody in on port 2222. */
export const balancer: PassedBalancer = {
  name: 'front',
  families: [4],
  groupIds: ['sg-front'],
  rules: { ingress: [rule('tcp', 2222, '0.0.0.0/0')], egress: [rule('all', undefined, '0.0.0.0/0')] },
  zones: [zone],
};

/** Through that balancer, to port 22 of an interface in a private subnet. */
export const way: BalancedWay = {
  hops: [{ balancer, listener: { protocol: 'TCP', port: 2222 }, clients: ['0.0.0.0/0', '::/0'] }],
  target: { port: 22, transports: ['tcp'], address: '10.0.2.7', subnetId: 'subnet-private', keepsClientAddress: true },
};

/** An interface without a public address that lets in what the balancer sends. */
export const balanced: InterfaceExposure = {
  ...exposed,
  publicAddresses: [],
  ingress: [{ ...groupRule('tcp', 22), peer: { kind: 'security-group', groupId: 'sg-front' } }],
  routes: [],
  ways: [way],
};

/** From an accelerator to port 22 of an interface, with the client's address. */
export const acceleratedWay: AcceleratedWay = {
  accelerator: { name: 'anycast', families: [4], groupIds: ['sg-accelerator'], clients: ['0.0.0.0/0', '::/0'], keepsClientAddress: true },
  ports: { from: 22, to: 22 },
  transports: ['tcp'],
  address: '10.0.2.7',
};

/** An interface without a public address or a route to the internet that an accelerator sends to. */
export const accelerated: InterfaceExposure = { ...exposed, publicAddresses: [], routes: [], accelerated: [acceleratedWay] };

/** Likewise, but only to the ports of a web server. */
export const acceleratedElsewhere: InterfaceExposure = {
  ...accelerated,
  accelerated: [{ ...acceleratedWay, ports: { from: 80, to: 443 } }],
};
