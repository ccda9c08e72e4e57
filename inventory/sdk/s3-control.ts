export {
  GetAccessPointCommand,
  GetAccessPointPolicyCommand,
  GetPublicAccessBlockCommand,
  paginateListAccessPoints,
  paginateListMultiRegionAccessPoints,
  S3ControlClient,
} from '@aws-sdk/client-s3-control';
