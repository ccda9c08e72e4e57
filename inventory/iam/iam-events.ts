/** IAM's events happen in the partition's global region alone. https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html */
export const IAM = 'iam.amazonaws.com';
