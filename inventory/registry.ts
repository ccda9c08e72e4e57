import { accounts } from './account/account.ts';
import { trails } from './cloudtrail/trail.ts';
import { images } from './ec2/image.ts';
import { instances } from './ec2/instance.ts';
import { launchTemplates } from './ec2/launch-template.ts';
import { networkAcls } from './ec2/network-acl.ts';
import { networkInterfaces } from './ec2/network-interface.ts';
import { regionSettings } from './ec2/region-settings.ts';
import { routeTables } from './ec2/route-table.ts';
import { securityGroups } from './ec2/security-group.ts';
import { snapshots } from './ec2/snapshot.ts';
import { subnets } from './ec2/subnet.ts';
import { vpcs } from './ec2/vpc.ts';
import type { Facets } from './facets.ts';
import { groups } from './iam/group.ts';
import { managedPolicies } from './iam/managed-policy.ts';
import { roles } from './iam/role.ts';
import { users } from './iam/user.ts';
import type { ResourceSource } from './reader.ts';
import { buckets } from './s3/bucket.ts';

/** How each resource type is read: a type without a reader does not compile. */
const readers = {
  'AWS::CloudTrail::Trail': trails,
  'AWS::EC2::Image': images,
  'AWS::EC2::Instance': instances,
  'AWS::EC2::LaunchTemplate': launchTemplates,
  'AWS::EC2::NetworkAcl': networkAcls,
  'AWS::EC2::NetworkInterface': networkInterfaces,
  'AWS::EC2::RegionSettings': regionSettings,
  'AWS::EC2::RouteTable': routeTables,
  'AWS::EC2::SecurityGroup': securityGroups,
  'AWS::EC2::Snapshot': snapshots,
  'AWS::EC2::Subnet': subnets,
  'AWS::EC2::VPC': vpcs,
  'AWS::IAM::Group': groups,
  'AWS::IAM::ManagedPolicy': managedPolicies,
  'AWS::IAM::Role': roles,
  'AWS::IAM::User': users,
  'AWS::Organizations::Account': accounts,
  'AWS::S3::Bucket': buckets,
} satisfies { readonly [T in keyof Facets]: ResourceSource };

/** Every resource type that can be read. */
export const sources: readonly ResourceSource[] = Object.values(readers);
