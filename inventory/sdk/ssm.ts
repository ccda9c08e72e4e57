export {
  DescribeInstancePatchStatesCommand,
  paginateDescribeInstanceInformation,
  paginateDescribeInstancePatchStates,
  SSMClient,
} from '@aws-sdk/client-ssm';
