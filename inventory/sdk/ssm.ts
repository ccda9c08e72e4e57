export {
  DescribeDocumentPermissionCommand,
  GetServiceSettingCommand,
  paginateDescribeInstanceInformation,
  paginateDescribeInstancePatchStates,
  paginateListDocuments,
  SSMClient,
} from '@aws-sdk/client-ssm';
