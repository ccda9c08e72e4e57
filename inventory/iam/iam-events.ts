/** IAM's events happen in the partition's global region alone. https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html */
export const IAM = 'iam.amazonaws.com';

/** What changes a password or an access key: of the user that the call names, else of its caller. */
export const CREDENTIAL_CALLS = [
  'CreateAccessKey',
  'UpdateAccessKey',
  'DeleteAccessKey',
  'CreateLoginProfile',
  'UpdateLoginProfile',
  'DeleteLoginProfile',
  'ChangePassword',
];
