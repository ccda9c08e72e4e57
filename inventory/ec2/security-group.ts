import type { SecurityGroupRule } from './network.ts';

export interface SecurityGroupFacets {
  readonly group: { readonly name: string; readonly vpcId: string; readonly isDefault: boolean };
  readonly ingress: Iterable<SecurityGroupRule>;
  readonly egress: Iterable<SecurityGroupRule>;
  /** Network interfaces that carry the group. */
  readonly attachments: Iterable<Attachment>;
}

export interface Attachment {
  readonly interfaceId: string;
  /** What the interface belongs to, as far as EC2 tells: `instance`, `load-balancer`, or the interface's type. */
  readonly owner: string;
  readonly hasPublicAddress: boolean;
}
