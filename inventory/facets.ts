import type { AccountFacets } from './account/account.ts';
import type { TrailFacets } from './cloudtrail/trail.ts';
import type { ImageFacets } from './ec2/image.ts';
import type { InstanceFacets } from './ec2/instance.ts';
import type { LaunchTemplateFacets } from './ec2/launch-template.ts';
import type { NetworkAclFacets } from './ec2/network-acl.ts';
import type { NetworkInterfaceFacets } from './ec2/network-interface.ts';
import type { RegionSettingsFacets } from './ec2/region-settings.ts';
import type { RouteTableFacets } from './ec2/route-table.ts';
import type { SecurityGroupFacets } from './ec2/security-group.ts';
import type { SnapshotFacets } from './ec2/snapshot.ts';
import type { SubnetFacets } from './ec2/subnet.ts';
import type { VpcFacets } from './ec2/vpc.ts';
import type { GroupFacets } from './iam/group.ts';
import type { ManagedPolicyFacets } from './iam/managed-policy.ts';
import type { RoleFacets } from './iam/role.ts';
import type { UserFacets } from './iam/user.ts';
import type { BucketFacets } from './s3/bucket.ts';

/** What can be known about each type of resource: the one table that checks, readers and lenses share. */
export interface Facets {
  'AWS::CloudTrail::Trail': TrailFacets;
  'AWS::EC2::Image': ImageFacets;
  'AWS::EC2::Instance': InstanceFacets;
  'AWS::EC2::LaunchTemplate': LaunchTemplateFacets;
  'AWS::EC2::NetworkAcl': NetworkAclFacets;
  'AWS::EC2::NetworkInterface': NetworkInterfaceFacets;
  'AWS::EC2::RegionSettings': RegionSettingsFacets;
  'AWS::EC2::RouteTable': RouteTableFacets;
  'AWS::EC2::SecurityGroup': SecurityGroupFacets;
  'AWS::EC2::Snapshot': SnapshotFacets;
  'AWS::EC2::Subnet': SubnetFacets;
  'AWS::EC2::VPC': VpcFacets;
  'AWS::IAM::Group': GroupFacets;
  'AWS::IAM::ManagedPolicy': ManagedPolicyFacets;
  'AWS::IAM::Role': RoleFacets;
  'AWS::IAM::User': UserFacets;
  'AWS::Organizations::Account': AccountFacets;
  'AWS::S3::Bucket': BucketFacets;
}
