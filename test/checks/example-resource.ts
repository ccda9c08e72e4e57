import { type AnyCheck, UnreadFacet } from '../../checks/check.ts';
import type { Resource } from '../../inventory/reader.ts';
import { GLOBAL, type ResourceIdentity, type ResourceType } from '../../inventory/resource.ts';

/** The time at which examples are judged. */
export const EXAMPLE_NOW = new Date('2026-11-01T00:00:00Z');

const ACCOUNT = '111122223333';
const REGION = 'eu-west-1';

/** Region, id and ARN of the resource that an example describes when it does not say who it is. */
const DEFAULTS: Readonly<Record<ResourceType, Pick<ResourceIdentity, 'region' | 'id' | 'arn'>>> = {
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
  'AWS::IAM::Group': global('group/example-group', 'example-group'),
  'AWS::IAM::ManagedPolicy': global('policy/example-policy', 'example-policy'),
  'AWS::IAM::Role': global('role/example-role', 'example-role'),
  'AWS::IAM::User': global('user/example-user', 'example-user'),
  'AWS::Organizations::Account': { region: GLOBAL, id: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:root` },
  'AWS::S3::Bucket': { region: REGION, id: 'example-bucket', arn: 'arn:aws:s3:::example-bucket' },
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
