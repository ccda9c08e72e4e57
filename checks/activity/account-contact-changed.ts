import { defineActivityCheck } from '../activity.ts';
import { factsOf } from '../predicates/event-facts.ts';
import { changeNotice } from '../predicates/notices.ts';

const ACCOUNT = { eventSource: 'account.amazonaws.com', awsRegion: 'us-east-1' };

/** Names, addresses and numbers are people's own and are not repeated here. The e-mail address of root: `activity-root-credentials-changed`. */
export default defineActivityCheck({
  id: 'activity-account-contact-changed',
  title: 'A contact of the account was changed',
  severity: 'MEDIUM',
  controls: [],
  attack: ['T1098'],
  equivalents: {},
  risk: 'AWS warns the security contact of leaked keys and abuse; who replaces it hears the warnings instead of you.',
  remediation: {
    text: 'Look at the contacts in the account settings and set them right.',
    cli: 'aws account get-alternate-contact --alternate-contact-type SECURITY',
  },
  events: [
    {
      source: 'account.amazonaws.com',
      names: ['DeleteAlternateContact', 'PutAccountName', 'PutAlternateContact', 'PutContactInformation'],
    },
  ],
  evaluate(event) {
    const evidence = factsOf(event.request, 'alternateContactType', 'accountId');
    const { alternateContactType: kind } = evidence;
    return changeNotice(event, { service: 'account.amazonaws.com', what: typeof kind === 'string' ? kind : undefined, evidence });
  },
  examples: {
    activity: {
      'security contact replaced': {
        ...ACCOUNT,
        eventName: 'PutAlternateContact',
        requestParameters: { alternateContactType: 'SECURITY', name: 'HIDDEN_DUE_TO_SECURITY_REASONS' },
      },
      'billing contact deleted': {
        ...ACCOUNT,
        eventName: 'DeleteAlternateContact',
        requestParameters: { alternateContactType: 'BILLING', accountId: '444455556666' },
      },
      refused: { ...ACCOUNT, eventName: 'PutContactInformation', errorCode: 'AccessDeniedException', requestParameters: null },
    },
    quiet: {},
  },
});
