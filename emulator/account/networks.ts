import type { Policy, Tags } from './description.ts';

/** A VPC of its own, or `default`: that of its region, of which this tells more. */
export interface Vpc {
  readonly region?: string;
  /** Needed unless it is the default one. */
  readonly cidr?: string;
  /** The described bucket that its flow log of rejected traffic goes to; none if absent. */
  readonly flowLogs?: string;
  /** Services that it has gateway endpoints for: `s3`, `dynamodb`; with the policy that AWS gives them, or another one. */
  readonly endpoints?: readonly (string | VpcEndpoint)[];
  /** Peered with the default VPC of the region, whose main table has these routes into the connection. */
  readonly peeringRoutes?: readonly string[];
  readonly tags?: Tags;
}

export interface VpcEndpoint {
  readonly service: string;
  readonly policy: Policy;
}

/** A service that the account offers by endpoints. */
export interface EndpointService {
  readonly region?: string;
  /** Whether each connection must be accepted; so unless told. */
  readonly asksFirst?: boolean;
  /** Who may connect: ARNs, or `*`. */
  readonly principals?: readonly string[];
}

/** In the default VPC of the account's own region, facing the internet unless `internal`. */
export interface LoadBalancer {
  /** A classic one sends from all its listeners to all instances of any, and never to HTTPS by itself. */
  readonly kind?: 'application' | 'network' | 'classic';
  readonly internal?: boolean;
  /** Names of described subnets. */
  readonly subnets: readonly string[];
  /** Names of described security groups. */
  readonly groups?: readonly string[];
  readonly listeners: readonly LoadBalancerListener[];
  /** All on unless told. */
  readonly accessLogs?: boolean;
  readonly deletionProtection?: boolean;
  readonly dropsInvalidHeaders?: boolean;
  readonly desyncMitigation?: 'defensive' | 'monitor' | 'strictest';
}

export interface LoadBalancerListener {
  readonly protocol: 'HTTP' | 'HTTPS' | 'TCP' | 'TLS' | 'SSL';
  readonly port: number;
  /** A named policy, for HTTPS and TLS. */
  readonly policy?: string;
  /** To HTTPS, or to a port of described instances. */
  readonly to: 'https' | { readonly port: number; readonly instances: readonly string[] };
}

/** Of Global Accelerator, with everything that it leads to in the account's own region. */
export interface Accelerator {
  readonly enabled?: boolean;
  /** The described subnets in which it has interfaces, and to which it sends where it is one for custom routing. */
  readonly subnets: readonly string[];
  /** Of its interfaces: a described security group. */
  readonly group: string;
  readonly protocol?: 'TCP' | 'UDP';
  /** On which it listens, or to which custom routing leads. */
  readonly ports: readonly [from: number, to: number];
  /** Ports of endpoints by ports on which it listens. */
  readonly overrides?: Readonly<Record<number, number>>;
  /** Described instances and load balancers, or custom routing to all addresses of its subnets. */
  readonly to: 'subnets' | { readonly instances?: readonly string[]; readonly loadBalancers?: readonly string[] };
}

/** `'tcp 22 0.0.0.0/0'`, `'udp 1000-2000 ::/0'`, `'all 10.0.0.0/8'`, `'tcp 443 pl:offices'`, `'all sg:self'`, `'icmp 0.0.0.0/0'`, `'50 0.0.0.0/0'`. */
export type SecurityGroupRule = string;
/** `'100 allow tcp 22 0.0.0.0/0'`, `'90 deny all ::/0'`. */
export type NetworkAclRule = string;

export interface SecurityGroup {
  readonly region?: string;
  readonly ingress?: readonly SecurityGroupRule[];
  /** Everything to everywhere, as EC2 sets it, unless this says otherwise. */
  readonly egress?: readonly SecurityGroupRule[];
  readonly tags?: Tags;
}

export interface NetworkAcl {
  readonly region?: string;
  readonly ingress?: readonly NetworkAclRule[];
  readonly egress?: readonly NetworkAclRule[];
  /** Names of described subnets. */
  readonly subnets?: readonly string[];
}

export interface Subnet {
  readonly region?: string;
  /** Where its route table leads; `internet` by default. */
  readonly route?: 'internet' | 'none';
  /** Instances get a public address unless they say otherwise. */
  readonly public?: boolean;
}

export interface PrefixList {
  readonly region?: string;
  readonly cidrs: readonly string[];
}
