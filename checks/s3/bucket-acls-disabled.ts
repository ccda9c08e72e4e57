import { defineCheck, denied, fail, pass } from '../check.ts';

export default defineCheck({
  id: 's3-bucket-acls-disabled',
  title: 'S3 buckets should have ACLs disabled',
  severity: 'LOW',
  controls: ['AWS-FSBP:S3.12'],
  equivalents: { prowler: ['s3_bucket_acl_prohibited'], securityHub: ['S3.12'] },
  risk: 'Each object may be opened by an ACL of its own, which no policy shows, and objects may belong to whoever wrote them.',
  remediation: {
    text: 'Move what ACLs grant into the bucket policy, then set object ownership to BucketOwnerEnforced. Check first that no writer sends ACLs other than bucket-owner-full-control.',
    cli: 'aws s3api put-bucket-ownership-controls --bucket <bucket> --ownership-controls Rules=[{ObjectOwnership=BucketOwnerEnforced}]',
    cloudFormation: 'AWS::S3::Bucket.OwnershipControls',
  },
  resourceType: 'AWS::S3::Bucket',
  needs: ['ownership'],
  evaluate: ({ ownership }) => (ownership === 'BucketOwnerEnforced' ? pass : fail(`ACLs are in force: ownership is ${ownership}`)),
  examples: {
    pass: { 'the owner of the bucket owns every object': { ownership: 'BucketOwnerEnforced' } },
    fail: {
      'the writer owns an object, as where nothing is set': { ownership: 'ObjectWriter' },
      'the owner of the bucket is preferred': { ownership: 'BucketOwnerPreferred' },
    },
    unknown: { 'not allowed to ask': { ownership: denied('s3:GetBucketOwnershipControls') } },
  },
});
