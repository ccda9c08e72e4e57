/** CIS AWS Foundations 7.0, 5.4. The filters of 5.4, 5.5 and 5.10 to 5.14 ask for names alone, of whatever service. */
export const IAM_POLICY_EVENTS = [
  'AttachGroupPolicy',
  'AttachRolePolicy',
  'AttachUserPolicy',
  'CreatePolicy',
  'CreatePolicyVersion',
  'DeleteGroupPolicy',
  'DeletePolicy',
  'DeletePolicyVersion',
  'DeleteRolePolicy',
  'DeleteUserPolicy',
  'DetachGroupPolicy',
  'DetachRolePolicy',
  'DetachUserPolicy',
  'PutGroupPolicy',
  'PutRolePolicy',
  'PutUserPolicy',
];

/** 5.5. */
export const TRAIL_EVENTS = ['CreateTrail', 'DeleteTrail', 'StartLogging', 'StopLogging', 'UpdateTrail'];

/** 5.7, of KMS. */
export const KMS_KEY_EVENTS = ['DisableKey', 'ScheduleKeyDeletion'];

/** 5.8, of S3. The names are CloudTrail’s, which for lifecycles are not those of the API. */
export const BUCKET_POLICY_EVENTS = [
  'DeleteBucketCors',
  'DeleteBucketLifecycle',
  'DeleteBucketPolicy',
  'DeleteBucketReplication',
  'PutBucketAcl',
  'PutBucketCors',
  'PutBucketLifecycle',
  'PutBucketPolicy',
  'PutBucketReplication',
];

/** 5.9, of AWS Config. */
export const CONFIG_EVENTS = ['DeleteDeliveryChannel', 'PutConfigurationRecorder', 'PutDeliveryChannel', 'StopConfigurationRecorder'];

/** 5.10. */
export const SECURITY_GROUP_EVENTS = [
  'AuthorizeSecurityGroupEgress',
  'AuthorizeSecurityGroupIngress',
  'CreateSecurityGroup',
  'DeleteSecurityGroup',
  'ModifySecurityGroupRules',
  'RevokeSecurityGroupEgress',
  'RevokeSecurityGroupIngress',
];

/** 5.11. */
export const NETWORK_ACL_EVENTS = [
  'CreateNetworkAcl',
  'CreateNetworkAclEntry',
  'DeleteNetworkAcl',
  'DeleteNetworkAclEntry',
  'ReplaceNetworkAclAssociation',
  'ReplaceNetworkAclEntry',
];

/** 5.12. */
export const NETWORK_GATEWAY_EVENTS = [
  'AttachInternetGateway',
  'CreateCustomerGateway',
  'CreateInternetGateway',
  'DeleteCustomerGateway',
  'DeleteInternetGateway',
  'DetachInternetGateway',
];

/** 5.13. */
export const ROUTE_TABLE_EVENTS = [
  'CreateRoute',
  'CreateRouteTable',
  'DeleteRoute',
  'DeleteRouteTable',
  'DisassociateRouteTable',
  'ReplaceRoute',
  'ReplaceRouteTableAssociation',
];

/** 5.14. */
export const VPC_EVENTS = [
  'AcceptVpcPeeringConnection',
  'AttachClassicLinkVpc',
  'CreateVpc',
  'CreateVpcPeeringConnection',
  'DeleteVpc',
  'DeleteVpcPeeringConnection',
  'DetachClassicLinkVpc',
  'DisableVpcClassicLink',
  'EnableVpcClassicLink',
  'ModifyVpcAttribute',
  'RejectVpcPeeringConnection',
];

/** 5.15, of Organizations. */
export const ORGANIZATION_EVENTS = [
  'AcceptHandshake',
  'AttachPolicy',
  'CreateAccount',
  'CreateOrganizationalUnit',
  'CreatePolicy',
  'DeclineHandshake',
  'DeleteOrganization',
  'DeleteOrganizationalUnit',
  'DeletePolicy',
  'DetachPolicy',
  'DisablePolicyType',
  'EnablePolicyType',
  'InviteAccountToOrganization',
  'LeaveOrganization',
  'MoveAccount',
  'RemoveAccountFromOrganization',
  'UpdateOrganizationalUnit',
  'UpdatePolicy',
];
