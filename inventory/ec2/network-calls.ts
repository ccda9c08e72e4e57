import type {
  AllowedPrincipal,
  FlowLog,
  ServiceConfiguration,
  ServiceDetail,
  VpcEndpoint,
  VpcPeeringConnection,
} from '@aws-sdk/client-ec2';
import { required } from '../broken-answer.ts';
import { defineCall, definePagedCall } from '../call.ts';
import { toFilters, type Wanted } from './wanted.ts';

/** The largest page that these listings give; always asked for, as in calls.ts. */
const PAGE = 1_000;

/** Those of the whole region: of VPCs, subnets and interfaces. */
export const describeFlowLogs = definePagedCall<FlowLog>({
  service: 'ec2',
  operation: 'DescribeFlowLogs',
  permissions: ['ec2:DescribeFlowLogs'],
  async *pages(session, region) {
    const { sdk, client } = await session.aws.ec2(region);
    for await (const page of sdk.paginateDescribeFlowLogs({ client, pageSize: PAGE }, {})) yield required(page.FlowLogs, 'FlowLogs');
  },
});

export const describeVpcPeeringConnections = definePagedCall<VpcPeeringConnection, Wanted>({
  service: 'ec2',
  operation: 'DescribeVpcPeeringConnections',
  permissions: ['ec2:DescribeVpcPeeringConnections'],
  async *pages(session, region, wanted) {
    const { sdk, client } = await session.aws.ec2(region);
    for await (const page of sdk.paginateDescribeVpcPeeringConnections({ client, pageSize: PAGE }, toFilters(wanted))) {
      yield required(page.VpcPeeringConnections, 'VpcPeeringConnections');
    }
  },
});

export const describeVpcEndpoints = definePagedCall<VpcEndpoint, Wanted>({
  service: 'ec2',
  operation: 'DescribeVpcEndpoints',
  permissions: ['ec2:DescribeVpcEndpoints'],
  async *pages(session, region, wanted) {
    const { sdk, client } = await session.aws.ec2(region);
    for await (const page of sdk.paginateDescribeVpcEndpoints({ client, pageSize: PAGE }, toFilters(wanted))) {
      yield required(page.VpcEndpoints, 'VpcEndpoints');
    }
  },
});

/** Every service that endpoints of the region may lead to. The SDK has no paginator for it. */
export const describeVpcEndpointServices = definePagedCall<ServiceDetail>({
  service: 'ec2',
  operation: 'DescribeVpcEndpointServices',
  permissions: ['ec2:DescribeVpcEndpointServices'],
  async *pages(session, region) {
    const { sdk, client } = await session.aws.ec2(region);
    let NextToken: string | undefined;
    do {
      const page = await client.send(new sdk.DescribeVpcEndpointServicesCommand({ MaxResults: PAGE, NextToken }));
      yield required(page.ServiceDetails, 'ServiceDetails');
      NextToken = page.NextToken || undefined;
    } while (NextToken !== undefined);
  },
});

/** The services that the account itself offers by endpoints. */
export const describeVpcEndpointServiceConfigurations = definePagedCall<ServiceConfiguration, Wanted>({
  service: 'ec2',
  operation: 'DescribeVpcEndpointServiceConfigurations',
  permissions: ['ec2:DescribeVpcEndpointServiceConfigurations'],
  async *pages(session, region, wanted) {
    const { sdk, client } = await session.aws.ec2(region);
    for await (const page of sdk.paginateDescribeVpcEndpointServiceConfigurations({ client, pageSize: PAGE }, toFilters(wanted))) {
      yield required(page.ServiceConfigurations, 'ServiceConfigurations');
    }
  },
});

/** Who may connect to one of them. */
export const describeVpcEndpointServicePermissions = definePagedCall<AllowedPrincipal, { readonly serviceId: string }>({
  service: 'ec2',
  operation: 'DescribeVpcEndpointServicePermissions',
  permissions: ['ec2:DescribeVpcEndpointServicePermissions'],
  async *pages(session, region, { serviceId }) {
    const { sdk, client } = await session.aws.ec2(region);
    const query = { ServiceId: serviceId };
    for await (const page of sdk.paginateDescribeVpcEndpointServicePermissions({ client, pageSize: PAGE }, query)) {
      yield required(page.AllowedPrincipals, 'AllowedPrincipals');
    }
  },
});

/** The region's mode of VPC Block Public Access: `off`, `block-ingress` or `block-bidirectional`. */
export const describeVpcBlockPublicAccessOptions = defineCall<string>({
  service: 'ec2',
  operation: 'DescribeVpcBlockPublicAccessOptions',
  permissions: ['ec2:DescribeVpcBlockPublicAccessOptions'],
  async send(session, region) {
    const { sdk, client } = await session.aws.ec2(region);
    const { VpcBlockPublicAccessOptions: options } = await client.send(new sdk.DescribeVpcBlockPublicAccessOptionsCommand({}));
    return required(options?.InternetGatewayBlockMode, 'InternetGatewayBlockMode');
  },
});
