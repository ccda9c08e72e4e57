import { activity, defineActivityCheck } from '../activity.ts';
import { factOf } from '../predicates/event-facts.ts';

const OPENS = [
  'CreateSAMLProvider',
  'UpdateSAMLProvider',
  'CreateOpenIDConnectProvider',
  'AddClientIDToOpenIDConnectProvider',
  'UpdateOpenIDConnectProviderThumbprint',
];
const CLOSES = ['DeleteSAMLProvider', 'DeleteOpenIDConnectProvider', 'RemoveClientIDFromOpenIDConnectProvider'];

export default defineActivityCheck({
  id: 'activity-identity-provider-changed',
  title: 'An identity provider of IAM was added, changed or removed',
  severity: 'HIGH',
  controls: [],
  attack: ['T1484.002', 'T1556.007'],
  equivalents: {},
  risk: 'Whom the provider vouches for may take on every role that trusts it: who controls it comes and goes without a password or key of the account.',
  remediation: {
    text: 'If nobody meant it: remove the provider or put its metadata, clients and thumbprints back, and look which roles trust it and who took them on.',
    cli: 'aws iam list-open-id-connect-providers; aws iam list-saml-providers',
  },
  events: [{ source: 'iam.amazonaws.com', names: [...OPENS, ...CLOSES] }],

  evaluate({ name, outcome, request, response, actor }) {
    const provider =
      ['sAMLProviderArn', 'openIDConnectProviderArn', 'name', 'url'].map((member) => factOf(request, member)).find(Boolean) ??
      factOf(response, 'sAMLProviderArn');
    const evidence = { provider, client: factOf(request, 'clientID'), by: actor.invokedBy };
    if (outcome !== 'succeeded') return activity(`tried ${name}, ${outcome}`, evidence, { severity: 'LOW' });
    if (actor.invokedBy !== undefined) return activity(`${name} by a service`, evidence, { severity: 'LOW' });
    return activity(name, evidence, { severity: CLOSES.includes(name) ? 'MEDIUM' : 'HIGH' });
  },

  examples: {
    activity: {
      'a SAML provider': {
        eventSource: 'iam.amazonaws.com',
        eventName: 'CreateSAMLProvider',
        requestParameters: { name: 'idp', sAMLMetadataDocument: '<EntityDescriptor/>' },
        responseElements: { sAMLProviderArn: 'arn:aws:iam::111122223333:saml-provider/idp' },
      },
      'an OpenID Connect provider': {
        eventSource: 'iam.amazonaws.com',
        eventName: 'CreateOpenIDConnectProvider',
        requestParameters: { url: 'https://token.example.com', clientIDList: ['sts.amazonaws.com'] },
      },
      'it was removed': {
        eventSource: 'iam.amazonaws.com',
        eventName: 'DeleteSAMLProvider',
        requestParameters: { sAMLProviderArn: 'arn:aws:iam::111122223333:saml-provider/idp' },
      },
      refused: { eventSource: 'iam.amazonaws.com', eventName: 'UpdateSAMLProvider', errorCode: 'AccessDenied' },
    },
    quiet: {},
  },
});
