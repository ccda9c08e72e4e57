export { RDSClient } from '@aws-sdk/client-rds';
