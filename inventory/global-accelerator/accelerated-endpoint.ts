import { malformed } from '../broken-answer.ts';
import type { PortRange } from '../ec2/network.ts';
import type { Listed } from '../facet.ts';
import { toListed } from '../partial.ts';
import type { Accelerator } from './way.ts';

/** What an accelerator sends to, or may. */
export interface AcceleratedEndpoint {
  /** `i-…`, `subnet-…`, or the ARN of a load balancer. */
  readonly endpoint: string;
  readonly accelerator: Accelerator;
  /** At the endpoint. */
  readonly ports: readonly PortRange[];
  readonly transports: readonly ('tcp' | 'udp')[];
}

/** An accelerator that is on. */
export interface NamedAccelerator extends Pick<Accelerator, 'name' | 'families'> {
  readonly arn: string;
}

interface Described {
  readonly AcceleratorArn?: string | undefined;
  readonly Name?: string | undefined;
  readonly Enabled?: boolean | undefined;
  readonly IpAddressType?: string | undefined;
}

/** Those that are on: the others send nothing to anybody. */
export function enabledAmong(accelerators: Listed<Described>, operation: string): Listed<NamedAccelerator> {
  return toListed(accelerators, ({ AcceleratorArn: arn, Name: name = '', Enabled, IpAddressType }) => {
    if (arn === undefined || Enabled === undefined) throw malformed(operation, 'an accelerator is incomplete');
    return { arn, name, families: IpAddressType === 'IPV4' ? ([4] as const) : ([4, 6] as const), enabled: Enabled };
  }).filter(({ enabled }) => enabled);
}

/** @throws Unread where a bound is missing */
export function toPortRange(
  { FromPort: from, ToPort: to }: { readonly FromPort?: number | undefined; readonly ToPort?: number | undefined },
  operation: string,
): PortRange {
  if (from === undefined || to === undefined) throw malformed(operation, 'a range of ports is incomplete');
  return { from, to };
}

/** @throws Unread for what is neither TCP nor UDP */
export function transportOf(protocol: string | undefined, operation: string): 'tcp' | 'udp' {
  if (protocol === 'TCP') return 'tcp';
  if (protocol === 'UDP') return 'udp';
  throw malformed(operation, 'a protocol is neither TCP nor UDP');
}
