import { createHash } from 'node:crypto';
import type { EndpointService } from '../account/networks.ts';
import { type Exchange, type Overrides, reply } from '../exchange.ts';
import { filtersOf } from '../request.ts';
import { filteredById } from './filtered-by-id.ts';
import { passesAll } from './filters.ts';

/** VPC endpoints, and the services that an account offers by them: those are as they are described, since moto's stand behind load balancers of its own. */
export const endpointOverrides: Overrides = {
  'ec2:DescribeVpcEndpoints': (exchange) =>
    filteredById(exchange, { filter: 'vpc-endpoint-id', list: 'vpcEndpointSet', id: 'vpcEndpointId' }),

  'ec2:DescribeVpcEndpointServiceConfigurations': (exchange) => {
    const filters = filtersOf(exchange.request.form);
    const services = servicesIn(exchange).filter(({ id }) => passesAll(filters, (name) => (name === 'service-id' ? id : undefined)));
    const { region } = exchange.request;
    return reply(exchange, {
      serviceConfigurationSet: services.map(({ id, name, asksFirst }) => ({
        ...{ serviceId: id, serviceName: `com.amazonaws.vpce.${region}.${id}`, serviceState: 'Available' },
        ...{ acceptanceRequired: asksFirst ?? true, tagSet: [{ key: 'Name', value: name }] },
      })),
    });
  },

  'ec2:DescribeVpcEndpointServicePermissions': (exchange) => {
    const asked = exchange.request.form.get('ServiceId');
    const { principals = [] } = servicesIn(exchange).find(({ id }) => id === asked) ?? {};
    return reply(exchange, {
      allowedPrincipals: principals.map((principal) => ({ principal, principalType: principal === '*' ? 'All' : 'Account' })),
    });
  },
};

interface OfferedService extends EndpointService {
  readonly id: string;
  readonly name: string;
}

function servicesIn({ state: { description }, request }: Exchange): readonly OfferedService[] {
  return [...description.endpointServices]
    .filter(([, { region = description.region }]) => region === request.region)
    .map(([name, service]) => ({ ...service, name, id: `vpce-svc-${createHash('sha256').update(name).digest('hex').slice(0, 17)}` }));
}
