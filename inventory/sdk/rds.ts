export {
  DescribeDBClusterSnapshotAttributesCommand,
  DescribeDBSnapshotAttributesCommand,
  paginateDescribeDBClusterSnapshots,
  paginateDescribeDBClusters,
  paginateDescribeDBInstances,
  paginateDescribeDBMajorEngineVersions,
  paginateDescribeDBSnapshots,
  RDSClient,
} from '@aws-sdk/client-rds';
