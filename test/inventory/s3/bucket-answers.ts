import { type Answers, pages } from '../fake-session.ts';

export function group(uri: string): object {
  return { Grantee: { Type: 'Group', URI: uri }, Permission: 'READ' };
}

export function aclOf(...grants: readonly object[]): object {
  return { Owner: { ID: 'owner' }, Grants: grants };
}

const statement = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::web/*' };

/** The policy of every bucket of these answers, as a reader gives it. */
export const OPEN_STATEMENT = {
  effect: 'Allow',
  principals: { aws: ['*'], service: [], federated: [], canonicalUser: [] },
  actions: ['s3:GetObject'],
  resources: ['arn:aws:s3:::web/*'],
  conditions: [],
};

/** Two buckets on two pages, each with everything that a bucket may have. */
export const bucketAnswers: Answers = {
  's3:ListBuckets': pages(
    { Buckets: [{ Name: 'web', BucketRegion: 'eu-west-3' }] },
    { Buckets: [{ Name: 'logs', BucketRegion: 'us-east-1' }] },
  ),
  's3control:GetPublicAccessBlock': {
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      IgnorePublicAcls: false,
      BlockPublicPolicy: false,
      RestrictPublicBuckets: false,
    },
  },
  's3:GetPublicAccessBlock': {
    PublicAccessBlockConfiguration: { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true },
  },
  's3:GetBucketOwnershipControls': { OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' }] } },
  's3:GetBucketAcl': aclOf(
    { Grantee: { Type: 'CanonicalUser', ID: 'owner' }, Permission: 'FULL_CONTROL' },
    group('http://acs.amazonaws.com/groups/global/AllUsers'),
  ),
  's3:GetBucketPolicy': { Policy: JSON.stringify({ Statement: statement }) },
  's3:GetBucketPolicyStatus': { PolicyStatus: { IsPublic: true } },
  's3:GetBucketVersioning': { Status: 'Enabled', MFADelete: 'Enabled' },
  's3:GetBucketLogging': { LoggingEnabled: { TargetBucket: 'access-logs', TargetPrefix: '' } },
};
