import { type AnyCheck, UnreadFacet } from '../../checks/check.ts';
import type { Resource } from '../../inventory/reader.ts';
import { GLOBAL, type ResourceIdentity, type ResourceType } from '../../inventory/resource.ts';

/** The time at which examples are judged. */
export const EXAMPLE_NOW = new Date('2026-11-01T00:00:00Z');

const ACCOUNT = '111122223333';
const REGION = 'eu-west-1';

/** Region, id and ARN of the resource that an example describes when it does not say who it is. */
const DEFAULTS: Readonly<Record<ResourceType, Pick<ResourceIdentity, 'region' | 'id' | 'arn'>>> = {
  'AWS::Account::Region': regional('account', 'region', REGION),
  'AWS::ApiGateway::Stage': {
    ...{ region: REGION, id: 'abcde12345/prod' },
    arn: `arn:aws:apigateway:${REGION}::/restapis/abcde12345/stages/prod`,
  },
  'AWS::ApiGatewayV2::Stage': {
    ...{ region: REGION, id: 'abcde12345/prod' },
    arn: `arn:aws:apigateway:${REGION}::/apis/abcde12345/stages/prod`,
  },
  'AWS::CloudFront::Distribution': {
    ...{ region: GLOBAL, id: 'E1EXAMPLE23456' },
    arn: `arn:aws:cloudfront::${ACCOUNT}:distribution/E1EXAMPLE23456`,
  },
  'AWS::AutoScaling::AutoScalingGroup': regional(
    'autoscaling',
    'autoScalingGroup:01234567-89ab-cdef-0123-456789abcdef:autoScalingGroupName/example-group',
    'example-group',
  ),
  'AWS::CloudTrail::Trail': regional('cloudtrail', 'trail/example-trail', 'example-trail'),
  'AWS::EC2::Image': {
    ...regional('ec2', 'image/ami-0123456789abcdef0', 'ami-0123456789abcdef0'),
    arn: `arn:aws:ec2:${REGION}::image/ami-0123456789abcdef0`,
  },
  'AWS::EC2::Instance': regional('ec2', 'instance/i-0123456789abcdef0', 'i-0123456789abcdef0'),
  'AWS::EC2::LaunchTemplate': regional('ec2', 'launch-template/lt-0123456789abcdef0', 'lt-0123456789abcdef0'),
  'AWS::EC2::NetworkAcl': regional('ec2', 'network-acl/acl-0123456789abcdef0', 'acl-0123456789abcdef0'),
  'AWS::EC2::NetworkInterface': regional('ec2', 'network-interface/eni-0123456789abcdef0', 'eni-0123456789abcdef0'),
  'AWS::EC2::RegionSettings': regional('ec2', 'region-settings', REGION),
  'AWS::EC2::RouteTable': regional('ec2', 'route-table/rtb-0123456789abcdef0', 'rtb-0123456789abcdef0'),
  'AWS::EC2::SecurityGroup': regional('ec2', 'security-group/sg-0123456789abcdef0', 'sg-0123456789abcdef0'),
  'AWS::EC2::Snapshot': {
    ...regional('ec2', 'snapshot/snap-0123456789abcdef0', 'snap-0123456789abcdef0'),
    arn: `arn:aws:ec2:${REGION}::snapshot/snap-0123456789abcdef0`,
  },
  'AWS::EC2::Subnet': regional('ec2', 'subnet/subnet-0123456789abcdef0', 'subnet-0123456789abcdef0'),
  'AWS::EC2::VPC': regional('ec2', 'vpc/vpc-0123456789abcdef0', 'vpc-0123456789abcdef0'),
  'AWS::ECR::Repository': regional('ecr', 'repository/example-repository', 'example-repository'),
  'AWS::EC2::VPCEndpoint': regional('ec2', 'vpc-endpoint/vpce-0123456789abcdef0', 'vpce-0123456789abcdef0'),
  'AWS::EC2::VPCEndpointService': regional('ec2', 'vpc-endpoint-service/vpce-svc-0123456789abcdef0', 'vpce-svc-0123456789abcdef0'),
  'AWS::EC2::VPCPeeringConnection': regional('ec2', 'vpc-peering-connection/pcx-0123456789abcdef0', 'pcx-0123456789abcdef0'),
  'AWS::EFS::FileSystem': regional('elasticfilesystem', 'file-system/fs-0123456789abcdef0', 'fs-0123456789abcdef0'),
  'AWS::ElasticLoadBalancingV2::LoadBalancer': regional('elasticloadbalancing', 'loadbalancer/app/example/0123456789abcdef', 'example'),
  'AWS::EC2::Volume': regional('ec2', 'volume/vol-0123456789abcdef0', 'vol-0123456789abcdef0'),
  'AWS::IAM::Group': global('group/example-group', 'example-group'),
  'AWS::IAM::ManagedPolicy': global('policy/example-policy', 'example-policy'),
  'AWS::IAM::OIDCProvider': global('oidc-provider/token.actions.githubusercontent.com', 'token.actions.githubusercontent.com'),
  'AWS::IAM::Role': global('role/example-role', 'example-role'),
  'AWS::IAM::SAMLProvider': global('saml-provider/example-idp', 'example-idp'),
  'AWS::IAM::ServerCertificate': global('server-certificate/example-certificate', 'example-certificate'),
  'AWS::IAM::User': global('user/example-user', 'example-user'),
  'AWS::Lambda::Function': regional('lambda', 'function:example-function', 'example-function'),
  'AWS::KMS::Key': regional('kms', 'key/1234abcd-12ab-34cd-56ef-1234567890ab', '1234abcd-12ab-34cd-56ef-1234567890ab'),
  'AWS::Organizations::Account': { region: GLOBAL, id: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:root` },
  'AWS::Organizations::Organization': {
    ...{ region: GLOBAL, id: 'o-exampleorgid' },
    arn: `arn:aws:organizations::${ACCOUNT}:organization/o-exampleorgid`,
  },
  'AWS::RDS::DBCluster': regional('rds', 'cluster:example', 'example'),
  'AWS::RDS::DBClusterSnapshot': regional('rds', 'cluster-snapshot:example', 'example'),
  'AWS::RDS::DBInstance': regional('rds', 'db:example', 'example'),
  'AWS::RDS::DBSnapshot': regional('rds', 'snapshot:example', 'example'),
  'AWS::SSM::Document': regional('ssm', 'document/example-document', 'example-document'),
  'AWS::S3::AccessPoint': regional('s3', 'accesspoint/example-point', 'example-point'),
  'AWS::S3::MultiRegionAccessPoint': {
    ...{ region: GLOBAL, id: 'example-point' },
    arn: `arn:aws:s3::${ACCOUNT}:accesspoint/mfzwi23gnjvgw.mrap`,
  },
  'AWS::S3::Bucket': { region: REGION, id: 'example-bucket', arn: 'arn:aws:s3:::example-bucket' },
  'AWS::SNS::Topic': regional('sns', 'example-topic', 'example-topic'),
  'AWS::SQS::Queue': regional('sqs', 'example-queue', 'example-queue'),
  'AWS::SecretsManager::Secret': regional('secretsmanager', 'secret:example-AbCdEf', 'example'),
};

/** The resource that an example of a check describes, with every facet at hand and frozen; asking for a facet that the example lacks is a bug. */
export function exampleResource(check: AnyCheck, example: Readonly<Record<string, unknown>>): Resource {
  const { identity, ...facets } = example;
  deepFreeze(facets);
  return {
    identity: deepFreeze(identityOf(check.resourceTypes[0], identity)),
    facet(name) {
      if (!Object.hasOwn(facets, name)) throw new Error(`the example has no facet "${name}"`);
      const value = facets[name];
      return value instanceof UnreadFacet ? { read: false, reason: value.reason } : { read: true, value };
    },
  };
}

/** A plausible identity: example account, `aws` partition, no tags, overridden by what the example says. */
export function identityOf(type: ResourceType | undefined, overrides: unknown = {}): ResourceIdentity {
  if (type === undefined) throw new Error('the check has no resource type');
  const stated: Partial<ResourceIdentity> = Object(overrides);
  const actual = stated.type ?? type;
  return { type: actual, accountId: ACCOUNT, partition: 'aws', tags: {}, ...DEFAULTS[actual], ...stated };
}

/** Freezes a value and all that hangs on it, without touching getters. */
export function deepFreeze<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const property of Object.values(Object.getOwnPropertyDescriptors(value))) deepFreeze(property.value);
  return value;
}

function regional(service: string, resource: string, id: string) {
  return { region: REGION, id, arn: `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}` };
}

function global(resource: string, id: string) {
  return { region: GLOBAL, id, arn: `arn:aws:iam::${ACCOUNT}:${resource}` };
}
