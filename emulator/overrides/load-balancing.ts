import type { Description } from '../account/description.ts';
import type { LoadBalancer, LoadBalancerListener } from '../account/networks.ts';
import { type Exchange, type Overrides, reply } from '../exchange.ts';
import type { Wire } from '../wire/serialize.ts';

/** Load balancers as they are described: moto has few of their settings, and wants certificates. */
export const loadBalancingOverrides: Overrides = {
  'elasticloadbalancing:DescribeLoadBalancers': (exchange) =>
    reply(exchange, { LoadBalancers: balancersIn(exchange).map(([name, balancer]) => toBalancer(exchange, name, balancer)) }),

  'elb:DescribeLoadBalancers': (exchange) =>
    reply(exchange, {
      LoadBalancerDescriptions: describedIn(exchange)
        .filter(([, { kind }]) => kind === 'classic')
        .map(([name, balancer]) => toClassic(exchange, name, balancer)),
    }),

  'elasticloadbalancing:DescribeLoadBalancerAttributes': (exchange) => {
    const [, balancer] = asked(exchange, 'LoadBalancerArn');
    return reply(exchange, { Attributes: balancer ? toAttributes(balancer) : [] });
  },

  'elasticloadbalancing:DescribeListeners': (exchange) => {
    const [name, balancer] = asked(exchange, 'LoadBalancerArn');
    return reply(exchange, { Listeners: (balancer?.listeners ?? []).map((listener) => toListener(exchange, name, listener)) });
  },

  'elasticloadbalancing:DescribeRules': (exchange) => {
    const arn = exchange.request.form.get('ListenerArn') ?? '';
    const listener = listenersIn(exchange).find(({ port, name }) => arn.endsWith(`/${name}/${ID}/${port}`));
    return reply(exchange, {
      Rules: listener
        ? [{ Priority: 'default', IsDefault: true, Conditions: [], Actions: toActions(exchange, listener.name, listener) }]
        : [],
    });
  },

  'elasticloadbalancing:DescribeTargetGroups': (exchange) =>
    reply(exchange, {
      TargetGroups: listenersIn(exchange).flatMap((listener) =>
        listener.to === 'https'
          ? []
          : [
              {
                ...{ TargetGroupArn: groupArn(exchange, listener.name, listener), TargetType: 'instance' },
                Protocol: listener.protocol === 'HTTP' || listener.protocol === 'HTTPS' ? 'HTTP' : 'TCP',
              },
            ],
      ),
    }),

  'elasticloadbalancing:DescribeTargetGroupAttributes': (exchange) =>
    reply(exchange, { Attributes: [{ Key: 'preserve_client_ip.enabled', Value: 'true' }] }),

  'elasticloadbalancing:DescribeTargetHealth': (exchange) => {
    const arn = exchange.request.form.get('TargetGroupArn') ?? '';
    const listener = listenersIn(exchange).find((each) => groupArn(exchange, each.name, each) === arn);
    const { port, instances } = listener && listener.to !== 'https' ? listener.to : { port: 0, instances: [] };
    return reply(exchange, {
      TargetHealthDescriptions: instances.map((name) => ({
        Target: { Id: exchange.state.idOf('instance', name), Port: port },
        TargetHealth: { State: 'healthy' },
      })),
    });
  },

  'elasticloadbalancing:DescribeSSLPolicies': (exchange) =>
    reply(exchange, {
      SslPolicies: [
        { Name: 'ELBSecurityPolicy-2016-08', SslProtocols: ['TLSv1', 'TLSv1.1', 'TLSv1.2'] },
        { Name: 'ELBSecurityPolicy-TLS13-1-2-2021-06', SslProtocols: ['TLSv1.2', 'TLSv1.3'] },
      ],
    }),
};

const ID = '0123456789abcdef';

function balancersIn(exchange: Exchange): readonly (readonly [string, LoadBalancer])[] {
  return describedIn(exchange).filter(([, { kind }]) => kind !== 'classic');
}

/** They are in the account's own region. */
function describedIn({ state: { description }, request }: Exchange): readonly (readonly [string, LoadBalancer])[] {
  return request.region === description.region ? [...description.loadBalancers] : [];
}

function listenersIn(exchange: Exchange): readonly (LoadBalancerListener & { readonly name: string })[] {
  return balancersIn(exchange).flatMap(([name, { listeners }]) => listeners.map((listener) => ({ ...listener, name })));
}

function asked(exchange: Exchange, parameter: string): readonly [string, LoadBalancer | undefined] {
  const name = exchange.request.form.get(parameter)?.split('/')[2] ?? '';
  return [name, new Map(balancersIn(exchange)).get(name)];
}

function arnOf({ state, request }: Exchange, resource: string): string {
  return `arn:aws:elasticloadbalancing:${request.region}:${state.description.id}:${resource}`;
}

function groupArn(exchange: Exchange, name: string, { port }: LoadBalancerListener): string {
  return arnOf(exchange, `targetgroup/${name}-${port}/${ID}`);
}

/** Of a described load balancer, which is not a classic one. */
export function balancerArn({ id, region, loadBalancers }: Description, name: string): string {
  return `arn:aws:elasticloadbalancing:${region}:${id}:loadbalancer/${kindOf(loadBalancers.get(name) ?? {})}/${name}/${ID}`;
}

function kindOf({ kind }: Pick<LoadBalancer, 'kind'>): string {
  return kind === 'network' ? 'net' : 'app';
}

function toBalancer(exchange: Exchange, name: string, balancer: LoadBalancer): Wire {
  const { state } = exchange;
  return {
    LoadBalancerArn: balancerArn(exchange.state.description, name),
    LoadBalancerName: name,
    Type: balancer.kind ?? 'application',
    Scheme: balancer.internal ? 'internal' : 'internet-facing',
    IpAddressType: 'ipv4',
    VpcId: state.idOf('vpc', 'default'),
    SecurityGroups: (balancer.groups ?? []).map((group) => state.idOf('security-group', group)),
    AvailabilityZones: balancer.subnets.map((subnet) => ({ SubnetId: state.idOf('subnet', subnet) })),
    State: { Code: 'active' },
  };
}

function toClassic({ state }: Exchange, name: string, { internal, subnets, groups = [], listeners }: LoadBalancer): Wire {
  const forwarding = listeners.flatMap(({ protocol, port, to }) => (to === 'https' ? [] : [{ protocol, port, to }]));
  return {
    LoadBalancerName: name,
    Scheme: internal ? 'internal' : 'internet-facing',
    VPCId: state.idOf('vpc', 'default'),
    SecurityGroups: groups.map((group) => state.idOf('security-group', group)),
    Subnets: subnets.map((subnet) => state.idOf('subnet', subnet)),
    Instances: [...new Set(forwarding.flatMap(({ to }) => to.instances))].map((instance) => ({
      InstanceId: state.idOf('instance', instance),
    })),
    ListenerDescriptions: forwarding.map(({ protocol, port, to }) => ({
      Listener: { Protocol: protocol, LoadBalancerPort: port, InstanceProtocol: 'TCP', InstancePort: to.port },
    })),
  };
}

function toListener(exchange: Exchange, name: string, listener: LoadBalancerListener): Wire {
  const kind = kindOf(new Map(balancersIn(exchange)).get(name) ?? { subnets: [], listeners: [] });
  return {
    ListenerArn: arnOf(exchange, `listener/${kind}/${name}/${ID}/${listener.port}`),
    Port: listener.port,
    Protocol: listener.protocol,
    SslPolicy: listener.policy,
    DefaultActions: toActions(exchange, name, listener),
  };
}

function toActions(exchange: Exchange, name: string, listener: LoadBalancerListener): readonly Wire[] {
  return listener.to === 'https'
    ? [{ Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' } }]
    : [{ Type: 'forward', TargetGroupArn: groupArn(exchange, name, listener) }];
}

function toAttributes(balancer: LoadBalancer): readonly Wire[] {
  const flag = (Key: string, value = true) => ({ Key, Value: String(value) });
  const common = [flag('access_logs.s3.enabled', balancer.accessLogs), flag('deletion_protection.enabled', balancer.deletionProtection)];
  if (balancer.kind === 'network') return common;
  return [
    ...common,
    flag('routing.http.drop_invalid_header_fields.enabled', balancer.dropsInvalidHeaders),
    { Key: 'routing.http.desync_mitigation_mode', Value: balancer.desyncMitigation ?? 'defensive' },
  ];
}
