export { BatchGetAccountStatusCommand, Inspector2Client, paginateListFindings } from '@aws-sdk/client-inspector2';
