import type { Accelerator } from '../account/networks.ts';
import { type Exchange, type Overrides, reply } from '../exchange.ts';
import type { Wire } from '../wire/serialize.ts';
import { balancerArn } from './load-balancing.ts';

/** Accelerators as they are described: moto has none. */
export const globalAcceleratorOverrides: Overrides = {
  'globalaccelerator:ListAccelerators': (exchange) =>
    reply(exchange, { Accelerators: acceleratorsIn(exchange, isStandard).map(toAccelerator) }),

  'globalaccelerator:ListListeners': (exchange) =>
    reply(exchange, {
      Listeners: asked(exchange, 'AcceleratorArn').map(({ arn, protocol = 'TCP', ports: [FromPort, ToPort] }) => ({
        ...{ ListenerArn: `${arn}/listener/1`, Protocol: protocol, ClientAffinity: 'NONE' },
        PortRanges: [{ FromPort, ToPort }],
      })),
    }),

  'globalaccelerator:ListEndpointGroups': (exchange) =>
    reply(exchange, { EndpointGroups: asked(exchange, 'ListenerArn').map((accelerator) => toGroup(exchange, accelerator)) }),

  'globalaccelerator:ListCustomRoutingAccelerators': (exchange) =>
    reply(exchange, { Accelerators: acceleratorsIn(exchange, isCustom).map(toAccelerator) }),

  'globalaccelerator:ListCustomRoutingListeners': (exchange) =>
    reply(exchange, {
      Listeners: asked(exchange, 'AcceleratorArn').map(({ arn }) => ({
        ListenerArn: `${arn}/listener/1`,
        PortRanges: [{ FromPort: 10_000, ToPort: 60_000 }],
      })),
    }),

  'globalaccelerator:ListCustomRoutingEndpointGroups': (exchange) =>
    reply(exchange, {
      EndpointGroups: asked(exchange, 'ListenerArn').map(({ arn, protocol = 'TCP', ports: [FromPort, ToPort], subnets }) => ({
        ...{ EndpointGroupArn: `${arn}/listener/1/endpoint-group/1`, EndpointGroupRegion: exchange.state.description.region },
        DestinationDescriptions: [{ FromPort, ToPort, Protocols: [protocol] }],
        EndpointDescriptions: subnets.map((subnet) => ({ EndpointId: exchange.state.idOf('subnet', subnet) })),
      })),
    }),

  'globalaccelerator:ListCrossAccountAttachments': (exchange) => reply(exchange, { CrossAccountAttachments: [] }),
};

interface Named extends Accelerator {
  readonly name: string;
  readonly arn: string;
}

function acceleratorsIn({ state: { description } }: Exchange, isWanted: (accelerator: Accelerator) => boolean): readonly Named[] {
  return [...description.accelerators]
    .filter(([, accelerator]) => isWanted(accelerator))
    .map(([name, accelerator]) => ({ ...accelerator, name, arn: `arn:aws:globalaccelerator::${description.id}:accelerator/${name}` }));
}

/** That whose ARN is, or begins, the one that is asked about. */
function asked(exchange: Exchange, parameter: string): readonly Named[] {
  const arn = String(exchange.request.json[parameter]);
  return acceleratorsIn(exchange, () => true).filter((accelerator) => `${arn}/`.startsWith(`${accelerator.arn}/`));
}

function isCustom({ to }: Accelerator): boolean {
  return to === 'subnets';
}

function isStandard(accelerator: Accelerator): boolean {
  return !isCustom(accelerator);
}

function toAccelerator({ arn, name, enabled = true }: Named): Wire {
  return { AcceleratorArn: arn, Name: name, IpAddressType: 'IPV4', Enabled: enabled, Status: 'DEPLOYED' };
}

function toGroup({ state }: Exchange, { arn, to, overrides = {} }: Named): Wire {
  const { instances = [], loadBalancers = [] } = to === 'subnets' ? {} : to;
  const ids = [
    ...instances.map((name) => state.idOf('instance', name)),
    ...loadBalancers.map((name) => balancerArn(state.description, name)),
  ];
  return {
    EndpointGroupArn: `${arn}/listener/1/endpoint-group/1`,
    EndpointGroupRegion: state.description.region,
    EndpointDescriptions: ids.map((id) => ({
      ...{ EndpointId: id, Weight: 128, HealthState: 'HEALTHY' },
      ClientIPPreservationEnabled: true,
    })),
    TrafficDialPercentage: 100,
    PortOverrides: Object.entries(overrides).map(([from, to]) => ({ ListenerPort: Number(from), EndpointPort: to })),
  };
}
