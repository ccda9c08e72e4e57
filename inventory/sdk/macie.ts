export { GetMacieSessionCommand, Macie2Client } from '@aws-sdk/client-macie2';
