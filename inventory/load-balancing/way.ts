import type { NetworkAclEntries, Route, SecurityGroupRule } from '../ec2/network.ts';
import type { Accelerator } from '../global-accelerator/way.ts';

/** How requests come from the internet to one port of a network interface: through a listener of a load balancer that faces the internet or an accelerator. */
export interface BalancedWay {
  /** What sends to the first load balancer, whose zones are then those that it may be sent to in. */
  readonly accelerator?: Accelerator;
  /** As they are passed: the first faces the internet, or the accelerator; an application load balancer may stand behind a network load balancer. */
  readonly hops: readonly BalancerHop[];
  readonly target: BalancedTarget;
}

export interface BalancerHop {
  readonly balancer: PassedBalancer;
  readonly listener: BalancerListener;
  /**
   * CIDRs of those that the listener's rules send on: everybody, or whom a condition on the source address names. Partial where a rule wants something that
   * may be a secret, such as a header.
   */
  readonly clients: Iterable<string>;
}

export interface BalancerListener {
  readonly protocol: string;
  readonly port: number;
}

export interface PassedBalancer {
  readonly name: string;
  /** Families of the addresses at which clients know it. */
  readonly families: readonly (4 | 6)[];
  readonly groupIds: readonly string[];
  /** Rules of all its groups; `undefined` for a network load balancer that was made without groups and lets everybody in and everything out. */
  readonly rules: { readonly ingress: Iterable<SecurityGroupRule>; readonly egress: Iterable<SecurityGroupRule> } | undefined;
  /** One for each of its subnets: reached through any of them it is reached. */
  readonly zones: Iterable<BalancerZone>;
}

/** A subnet in which a load balancer has addresses, with what surrounds them there. */
export interface BalancerZone {
  readonly subnetId: string;
  /** CIDRs of the subnet: the balancer's own addresses are among them. */
  readonly cidrs: Iterable<string>;
  readonly acl: Iterable<NetworkAclEntries>;
  readonly routes: Iterable<Route>;
}

export interface BalancedTarget {
  readonly port: number;
  readonly transports: readonly ('tcp' | 'udp')[];
  /** The private address that it is sent to. */
  readonly address: string;
  readonly subnetId: string;
  /** Whether what arrives bears the client's address ("Client IP preservation", User Guide for Network Load Balancers), if that is of the target's own family. */
  readonly keepsClientAddress: boolean;
}
