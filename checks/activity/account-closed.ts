import { defineActivityCheck } from '../activity.ts';
import { factOf, factsOf } from '../predicates/event-facts.ts';
import { tamperingNotice } from '../predicates/notices.ts';

const BY_ORGANIZATION = { eventSource: 'organizations.amazonaws.com', awsRegion: 'us-east-1', eventName: 'CloseAccount' };
const BY_ITSELF = { eventSource: 'account.amazonaws.com', awsRegion: 'us-east-1', eventName: 'CloseAccount' };

export default defineActivityCheck({
  id: 'activity-account-closed',
  title: 'An AWS account was closed',
  severity: 'HIGH',
  controls: [],
  attack: ['T1485', 'T1531'],
  equivalents: {},
  risk: 'Everything in the account stops, and 90 days later it is gone for good, backups in the same account included.',
  remediation: { text: 'If it was not meant: open a case with AWS Support within 90 days to have the account reopened.' },
  events: [
    { source: 'account.amazonaws.com', names: ['CloseAccount'] },
    { source: 'organizations.amazonaws.com', names: ['CloseAccount'] },
  ],
  evaluate(event) {
    return tamperingNotice(event, {
      what: factOf(event.request, 'accountId') ?? (event.source === 'account.amazonaws.com' ? event.accountId : undefined),
      evidence: factsOf(event.request, 'accountId'),
    });
  },
  examples: {
    activity: {
      'by the management account': { ...BY_ORGANIZATION, requestParameters: { accountId: '444455556666' } },
      'by its own root user': {
        ...BY_ITSELF,
        userIdentity: { type: 'Root', arn: 'arn:aws:iam::111122223333:root', accountId: '111122223333' },
        requestParameters: null,
      },
      refused: { ...BY_ORGANIZATION, errorCode: 'AccessDeniedException', requestParameters: { accountId: '444455556666' } },
    },
    quiet: { 'dry run': { ...BY_ORGANIZATION, errorCode: 'DryRunOperation', requestParameters: { accountId: '444455556666' } } },
  },
});
