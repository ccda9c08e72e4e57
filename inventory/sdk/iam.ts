export {
  GenerateCredentialReportCommand,
  GetAccountPasswordPolicyCommand,
  GetAccountSummaryCommand,
  GetCredentialReportCommand,
  IAMClient,
  ListMFADevicesCommand,
  paginateGetAccountAuthorizationDetails,
  paginateListMFADevices,
  paginateListVirtualMFADevices,
} from '@aws-sdk/client-iam';
