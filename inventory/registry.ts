import { accounts } from './account/account.ts';
import { accountRegions } from './account/region.ts';
import { httpStages, restStages } from './api-gateway/stage.ts';
import { autoScalingGroups } from './autoscaling/group.ts';
import { distributions } from './cloudfront/distribution.ts';
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
import { volumes } from './ec2/volume.ts';
import { vpcs } from './ec2/vpc.ts';
import { vpcEndpoints } from './ec2/vpc-endpoint.ts';
import { vpcEndpointServices } from './ec2/vpc-endpoint-service.ts';
import { vpcPeeringConnections } from './ec2/vpc-peering-connection.ts';
import { repositories } from './ecr/repository.ts';
import { fileSystems } from './efs/file-system.ts';
import type { Facets } from './facets.ts';
import { groups } from './iam/group.ts';
import { managedPolicies } from './iam/managed-policy.ts';
import { oidcProviders } from './iam/oidc-provider.ts';
import { roles } from './iam/role.ts';
import { samlProviders } from './iam/saml-provider.ts';
import { serverCertificates } from './iam/server-certificate.ts';
import { users } from './iam/user.ts';
import { kmsKeys } from './kms/key.ts';
import { functions } from './lambda/function.ts';
import { loadBalancers } from './load-balancing/load-balancer.ts';
import { organizations } from './organizations/organization.ts';
import { dbClusters } from './rds/db-cluster.ts';
import { dbClusterSnapshots } from './rds/db-cluster-snapshot.ts';
import { dbInstances } from './rds/db-instance.ts';
import { dbSnapshots } from './rds/db-snapshot.ts';
import type { ResourceSource } from './reader.ts';
import { accessPoints } from './s3/access-point.ts';
import { buckets } from './s3/bucket.ts';
import { multiRegionAccessPoints } from './s3/multi-region-access-point.ts';
import { secrets } from './secrets-manager/secret.ts';
import { topics } from './sns/topic.ts';
import { queues } from './sqs/queue.ts';
import { documents } from './ssm/document.ts';

/** How each resource type is read: a type without a reader does not compile. */
const readers = {
  'AWS::Account::Region': accountRegions,
  'AWS::ApiGateway::Stage': restStages,
  'AWS::ApiGatewayV2::Stage': httpStages,
  'AWS::AutoScaling::AutoScalingGroup': autoScalingGroups,
  'AWS::CloudFront::Distribution': distributions,
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
  'AWS::EC2::VPCEndpoint': vpcEndpoints,
  'AWS::EC2::VPCEndpointService': vpcEndpointServices,
  'AWS::EC2::VPCPeeringConnection': vpcPeeringConnections,
  'AWS::EC2::Volume': volumes,
  'AWS::ECR::Repository': repositories,
  'AWS::EFS::FileSystem': fileSystems,
  'AWS::ElasticLoadBalancingV2::LoadBalancer': loadBalancers,
  'AWS::IAM::Group': groups,
  'AWS::IAM::ManagedPolicy': managedPolicies,
  'AWS::IAM::OIDCProvider': oidcProviders,
  'AWS::IAM::Role': roles,
  'AWS::IAM::SAMLProvider': samlProviders,
  'AWS::IAM::ServerCertificate': serverCertificates,
  'AWS::IAM::User': users,
  'AWS::KMS::Key': kmsKeys,
  'AWS::Lambda::Function': functions,
  'AWS::Organizations::Account': accounts,
  'AWS::Organizations::Organization': organizations,
  'AWS::RDS::DBCluster': dbClusters,
  'AWS::RDS::DBClusterSnapshot': dbClusterSnapshots,
  'AWS::RDS::DBInstance': dbInstances,
  'AWS::RDS::DBSnapshot': dbSnapshots,
  'AWS::S3::AccessPoint': accessPoints,
  'AWS::S3::Bucket': buckets,
  'AWS::S3::MultiRegionAccessPoint': multiRegionAccessPoints,
  'AWS::SNS::Topic': topics,
  'AWS::SQS::Queue': queues,
  'AWS::SSM::Document': documents,
  'AWS::SecretsManager::Secret': secrets,
} satisfies { readonly [T in keyof Facets]: ResourceSource };

/** Every resource type that can be read. */
export const sources: readonly ResourceSource[] = Object.values(readers);
