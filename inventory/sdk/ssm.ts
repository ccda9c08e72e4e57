export { paginateDescribeInstanceInformation, paginateDescribeInstancePatchStates, SSMClient } from '@aws-sdk/client-ssm';
