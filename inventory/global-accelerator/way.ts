import type { PortRange } from '../ec2/network.ts';

/** An accelerator, at whose public addresses clients knock: it needs no route and no public address where it leads to, but a VPC that has an internet gateway. */
export interface Accelerator {
  readonly name: string;
  /** Families of its addresses. */
  readonly families: readonly (4 | 6)[];
  /** Of its interfaces in the region: rules that name these groups let in whatever it sends. */
  readonly groupIds: readonly string[];
  /** CIDRs of those that it sends on: everybody. Partial where it sends perhaps nobody. */
  readonly clients: Iterable<string>;
  /** Whether what arrives bears the client's address; else, one of Global Accelerator's own that nobody can tell. */
  readonly keepsClientAddress: boolean;
}

/** From an accelerator straight to ports of an interface of an instance, with the client's address. */
export interface AcceleratedWay {
  readonly accelerator: Accelerator;
  readonly ports: PortRange;
  readonly transports: readonly ('tcp' | 'udp')[];
  /** The private address that it is sent to. */
  readonly address: string;
}
