/** `all` is AWS's -1; other protocols by IANA number. */
export type Protocol = 'all' | 'tcp' | 'udp' | 'icmp' | 'icmpv6' | number;

/** Inclusive. For ICMP, where AWS keeps types and codes in these fields, always 0–65535. */
export interface PortRange {
  readonly from: number;
  readonly to: number;
}

/** Whom a security group rule lets through: one peer a rule. */
export type Peer =
  | { readonly kind: 'cidr'; readonly cidr: string }
  /** The list's entries; partial or unread entries throw `Unread` when iterated. */
  | { readonly kind: 'prefix-list'; readonly id: string; readonly cidrs: Iterable<string> }
  | { readonly kind: 'security-group'; readonly groupId: string };

export interface SecurityGroupRule {
  readonly protocol: Protocol;
  readonly ports: PortRange;
  readonly peer: Peer;
}

/** Entries are judged in ascending order of `number`; the first that matches decides. */
export interface NetworkAclEntry {
  readonly number: number;
  readonly action: 'allow' | 'deny';
  readonly protocol: Protocol;
  readonly ports: PortRange;
  readonly cidr: string;
}

export interface NetworkAclEntries {
  readonly ingress: readonly NetworkAclEntry[];
  readonly egress: readonly NetworkAclEntry[];
}

export interface Route {
  /** CIDR; routes to prefix lists appear once per entry. */
  readonly destination: string;
  readonly target: 'internet-gateway' | 'egress-only-gateway' | 'nat' | 'local' | 'other';
  readonly targetId: string;
  /** False for a blackhole. */
  readonly active: boolean;
}
