import type { Action, Listener as ApiListener, LoadBalancer, SslPolicy } from '@aws-sdk/client-elastic-load-balancing-v2';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import type { Listed } from '../facet.ts';
import { toListed } from '../partial.ts';
import { defineReader } from '../reader.ts';
import { describeListeners, describeLoadBalancerAttributes, describeLoadBalancers, describeSslPolicies } from './calls.ts';
import { loadBalancerChanges } from './load-balancer-changes.ts';

export interface LoadBalancerFacets {
  readonly balancer: LoadBalancerProperties;
  readonly listeners: Iterable<Listener>;
  readonly attributes: LoadBalancerAttributes;
}

export interface LoadBalancerProperties {
  readonly kind: 'application' | 'network' | 'gateway';
  /** Whether it has public addresses. */
  readonly internetFacing: boolean;
}

export interface Listener {
  readonly port: number | undefined;
  /** `HTTP`, `HTTPS`, `TCP`, `TLS`, `UDP`, `TCP_UDP`, `QUIC`, `TCP_QUIC` or `GENEVE`. */
  readonly protocol: string;
  /** Of HTTPS and TLS: the named policy, and the versions that it offers (`TLSv1.2`). */
  readonly tls: { readonly policy: string; readonly protocols: readonly string[] } | undefined;
  /** Whether what no rule takes is sent to HTTPS. */
  readonly redirectsToHttps: boolean;
}

/** Settings by their meaning; `undefined` where the kind of load balancer has none. */
export interface LoadBalancerAttributes {
  readonly accessLogs: boolean | undefined;
  readonly deletionProtection: boolean;
  readonly dropsInvalidHeaders: boolean | undefined;
  /** `defensive`, `strictest` or `monitor`. */
  readonly desyncMitigation: string | undefined;
}

const BALANCERS = 'elasticloadbalancing:DescribeLoadBalancers';
const ATTRIBUTES = 'elasticloadbalancing:DescribeLoadBalancerAttributes';
const LISTENERS = 'elasticloadbalancing:DescribeListeners';
const POLICIES = 'elasticloadbalancing:DescribeSSLPolicies';

interface Named {
  readonly arn: string;
  readonly detail: LoadBalancer;
}

/** By name, which is unique in an account and region among application, network and gateway load balancers. */
export const loadBalancers = defineReader<'AWS::ElasticLoadBalancingV2::LoadBalancer', Named>({
  type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  scope: 'regional',
  changes: loadBalancerChanges,
  list: { calls: [describeLoadBalancers], read: async (place) => toListed(await describeLoadBalancers(place), toNamed) },
  identify: ({ arn }, { accountId, region }, partition) => ({ arn, id: toName(arn), accountId, region, partition, tags: {} }),
  facets: {
    balancer: { calls: [], read: ({ detail }) => toProperties(detail) },
    listeners: { calls: [describeListeners, describeSslPolicies], read: ({ arn }, place) => readListeners(arn, place) },
    attributes: { calls: [describeLoadBalancerAttributes], read: ({ arn }, place) => readAttributes(arn, place) },
  },
});

function toNamed(detail: LoadBalancer): Named {
  if (detail.LoadBalancerArn === undefined) throw malformed(BALANCERS, 'a load balancer has no ARN');
  return { arn: detail.LoadBalancerArn, detail };
}

/** Of `…:loadbalancer/app/shop/50dc6c495c0c9188` and of its listeners and rules: `shop`. */
export function toName(arn: string): string {
  return arn.split('/')[2] ?? arn;
}

function toProperties({ Type, Scheme }: LoadBalancer): LoadBalancerProperties {
  if (Type === undefined || (Scheme === undefined && Type !== 'gateway')) throw malformed(BALANCERS, 'a load balancer is incomplete');
  return { kind: Type, internetFacing: Scheme === 'internet-facing' };
}

async function readListeners(balancerArn: string, place: Place): Promise<Listed<Listener>> {
  const listeners = await describeListeners(place, { balancerArn });
  const policies = listeners.known.some(({ SslPolicy }) => SslPolicy) ? await describeSslPolicies(place) : [];
  return toListed(listeners, (listener) => toListener(listener, policies));
}

function toListener({ Port, Protocol, SslPolicy, DefaultActions }: ApiListener, policies: readonly SslPolicy[]): Listener {
  if (DefaultActions === undefined) throw malformed(LISTENERS, 'a listener has no actions');
  return {
    port: Port,
    protocol: Protocol ?? 'GENEVE',
    tls: SslPolicy ? { policy: SslPolicy, protocols: protocolsOf(SslPolicy, policies) } : undefined,
    redirectsToHttps: DefaultActions.some(toHttps),
  };
}

function toHttps({ Type, RedirectConfig }: Action): boolean {
  return Type === 'redirect' && RedirectConfig?.Protocol === 'HTTPS';
}

function protocolsOf(name: string, policies: readonly SslPolicy[]): readonly string[] {
  const protocols = policies.find(({ Name }) => Name === name)?.SslProtocols;
  if (protocols === undefined) throw malformed(POLICIES, `there is no policy ${name}`);
  return protocols;
}

async function readAttributes(balancerArn: string, place: Place): Promise<LoadBalancerAttributes> {
  const attributes = new Map((await describeLoadBalancerAttributes(place, { balancerArn })).map(({ Key, Value }) => [Key, Value]));
  const isSet = (key: string): boolean | undefined => {
    const value = attributes.get(key);
    return value === undefined ? undefined : value === 'true';
  };
  const deletionProtection = isSet('deletion_protection.enabled');
  if (deletionProtection === undefined) throw malformed(ATTRIBUTES, 'deletion protection is not told');
  return {
    accessLogs: isSet('access_logs.s3.enabled'),
    deletionProtection,
    dropsInvalidHeaders: isSet('routing.http.drop_invalid_header_fields.enabled'),
    desyncMitigation: attributes.get('routing.http.desync_mitigation_mode'),
  };
}
