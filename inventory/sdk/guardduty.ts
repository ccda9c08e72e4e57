export { GuardDutyClient } from '@aws-sdk/client-guardduty';
