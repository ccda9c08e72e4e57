import { activity, defineActivityCheck } from '../activity.ts';
import { factOf } from '../predicates/event-facts.ts';

/** Told under either source, by the console and by the service. */
const NAMES = [
  'AssociateDirectory',
  'DisassociateDirectory',
  'EnableExternalIdPConfigurationForDirectory',
  'DisableExternalIdPConfigurationForDirectory',
  'CreateExternalIdPConfigurationForDirectory',
  'UpdateExternalIdPConfigurationForDirectory',
  'DeleteExternalIdPConfigurationForDirectory',
  'ImportExternalIdPCertificate',
];

export default defineActivityCheck({
  id: 'activity-identity-center-source-changed',
  title: 'Identity Center was told to trust another source of people',
  severity: 'HIGH',
  controls: [],
  attack: ['T1484.002', 'T1556.007'],
  equivalents: {},
  risk: 'Whoever controls the directory or identity provider behind Identity Center can be anybody in every account of the organization.',
  remediation: {
    text: 'If nobody meant it: put the identity source back in the settings of Identity Center, and end the sessions of its users.',
  },
  events: [
    { source: 'sso.amazonaws.com', names: NAMES },
    { source: 'sso-directory.amazonaws.com', names: NAMES },
  ],

  evaluate({ name, outcome, request }) {
    const evidence = { directory: factOf(request, 'directoryId'), idp: factOf(request, 'externalIdPConfigurationId') };
    return outcome === 'succeeded' ? activity(name, evidence) : activity(`tried ${name}, ${outcome}`, evidence, { severity: 'LOW' });
  },

  examples: {
    activity: {
      'an external provider': {
        eventSource: 'sso-directory.amazonaws.com',
        eventName: 'EnableExternalIdPConfigurationForDirectory',
        requestParameters: { directoryId: 'd-1234567890' },
      },
      'no external provider any more': {
        eventSource: 'sso-directory.amazonaws.com',
        eventName: 'DisableExternalIdPConfigurationForDirectory',
      },
      'a directory': {
        eventSource: 'sso.amazonaws.com',
        eventName: 'AssociateDirectory',
        requestParameters: { directoryId: 'd-1234567890' },
      },
      refused: { eventSource: 'sso.amazonaws.com', eventName: 'DisassociateDirectory', errorCode: 'AccessDenied' },
    },
    quiet: {},
  },
});
