import type { Listener, LoadBalancerAttributes, LoadBalancerProperties } from '../../inventory/load-balancing/load-balancer.ts';

/** For the examples of checks: an internet-facing application load balancer, and one of each other kind. */
export const balancer: LoadBalancerProperties = { kind: 'application', internetFacing: true };
export const inner: LoadBalancerProperties = { ...balancer, internetFacing: false };
export const networkBalancer: LoadBalancerProperties = { ...balancer, kind: 'network' };
export const gatewayBalancer: LoadBalancerProperties = { kind: 'gateway', internetFacing: false };

export const attributes: LoadBalancerAttributes = {
  ...{ accessLogs: true, deletionProtection: true },
  ...{ dropsInvalidHeaders: true, desyncMitigation: 'defensive' },
};
/** Of a network load balancer, which does not look into requests. */
export const networkAttributes: LoadBalancerAttributes = { ...attributes, dropsInvalidHeaders: undefined, desyncMitigation: undefined };

export const https: Listener = {
  ...{ port: 443, protocol: 'HTTPS', redirectsToHttps: false },
  tls: { policy: 'ELBSecurityPolicy-TLS13-1-2-2021-06', protocols: ['TLSv1.2', 'TLSv1.3'] },
};
export const http: Listener = { port: 80, protocol: 'HTTP', tls: undefined, redirectsToHttps: false };

export const ATTRIBUTES = 'elasticloadbalancing:DescribeLoadBalancerAttributes';
export const LISTENERS = 'elasticloadbalancing:DescribeListeners';
