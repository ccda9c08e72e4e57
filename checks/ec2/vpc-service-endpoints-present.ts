import type { VpcEndpointProperties } from '../../inventory/ec2/vpc-endpoint.ts';
import { defineCheck, denied, fail, notApplicable, partial, pass } from '../check.ts';
import { someOf } from '../predicates/logic.ts';
import { isProvenEmpty } from '../predicates/unread.ts';

const vpc = { isDefault: false, cidrs: ['10.0.0.0/16'], isShared: false };
const s3: VpcEndpointProperties = {
  ...{ id: 'vpce-1', serviceName: 'com.amazonaws.eu-west-1.s3', kind: 'Gateway' },
  ...{ available: true, routeTableIds: ['rtb-1'] },
};
const dynamodb = { ...s3, id: 'vpce-2', serviceName: 'com.amazonaws.eu-west-1.dynamodb' };
const interfaceIds = ['eni-1'];
const refused = 'ec2:DescribeVpcEndpoints';

const IDLE = { severity: 'INFORMATIONAL', because: 'nothing is in it' } as const;

export default defineCheck({
  id: 'ec2-vpc-service-endpoints-present',
  title: 'VPCs should reach S3 and DynamoDB through endpoints of their own',
  severity: 'LOW',
  controls: ['CIS-AWS-7.0:6.8', 'NIST-800-53-R5:SC-7'],
  equivalents: {},
  risk: 'Traffic to the services goes by public addresses, where no endpoint policy limits to whose buckets and tables it may go.',
  remediation: {
    text: 'Create gateway endpoints, which are free, in the route tables of the VPC. Name in `services` what else it uses.',
    cli: 'aws ec2 create-vpc-endpoint --vpc-id <vpc> --service-name com.amazonaws.<region>.s3 --route-table-ids <tables>',
    cloudFormation: 'AWS::EC2::VPCEndpoint',
  },
  resourceType: 'AWS::EC2::VPC',
  needs: ['vpc', 'endpoints', 'interfaceIds'],
  params: { services: ['s3', 'dynamodb'] },
  evaluate(resource, { services }) {
    if (resource.vpc.isShared) return notApplicable('the VPC belongs to another account');
    const works = ({ available, kind, routeTableIds }: VpcEndpointProperties) =>
      available && (kind !== 'Gateway' || routeTableIds.length > 0);
    const missing = services.filter(
      (service) => !someOf(resource.endpoints, (endpoint) => endpoint.serviceName.endsWith(`.${service}`) && works(endpoint)),
    );
    if (missing.length === 0) return pass;
    const idle = isProvenEmpty(() => resource.interfaceIds);
    return fail(`no endpoint for ${missing.join(', ')}${idle ? ', nothing in it' : ''}`, { missing }, idle ? IDLE : undefined);
  },
  examples: {
    pass: {
      'gateways for both': { vpc, interfaceIds, endpoints: [s3, dynamodb] },
      'an interface endpoint': { vpc, interfaceIds, endpoints: [{ ...s3, kind: 'Interface', routeTableIds: [] }, dynamodb] },
      'both, and nobody knows what is in the VPC': {
        vpc,
        interfaceIds: denied('ec2:DescribeNetworkInterfaces'),
        endpoints: [s3, dynamodb],
      },
      'both, others not read': { vpc, interfaceIds, endpoints: partial([s3, dynamodb], refused) },
    },
    fail: {
      none: { vpc, interfaceIds, endpoints: [] },
      'only S3': { vpc, interfaceIds, endpoints: [s3] },
      'waiting to be accepted': { vpc, interfaceIds, endpoints: [{ ...s3, available: false }, dynamodb] },
      'in no route table': { vpc, interfaceIds, endpoints: [{ ...s3, routeTableIds: [] }, dynamodb] },
      'none, and nothing in the VPC': { vpc, interfaceIds: [], endpoints: [] },
    },
    unknown: {
      'not read': { vpc, interfaceIds, endpoints: denied(refused) },
      'not all read': { vpc, interfaceIds, endpoints: partial([s3], refused) },
    },
    notApplicable: { "another account's": { vpc: { ...vpc, isShared: true }, interfaceIds, endpoints: [] } },
  },
});
