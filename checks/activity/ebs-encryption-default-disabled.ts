import { defineActivityCheck } from '../activity.ts';
import { tamperingNotice } from '../predicates/notices.ts';

const DISABLE = { eventSource: 'ec2.amazonaws.com', eventName: 'DisableEbsEncryptionByDefault' };

export default defineActivityCheck({
  id: 'activity-ebs-encryption-default-disabled',
  title: 'Encryption of new volumes was switched off for a region',
  severity: 'HIGH',
  controls: [],
  attack: ['T1578.005'],
  equivalents: {},
  risk: 'New volumes and snapshots lie unencrypted, and an unencrypted snapshot can be shared with anybody.',
  remediation: {
    text: 'Switch it on again, and look for volumes that were made meanwhile.',
    cli: 'aws ec2 enable-ebs-encryption-by-default --region <region>',
  },
  events: [{ source: 'ec2.amazonaws.com', names: ['DisableEbsEncryptionByDefault'] }],
  evaluate: (event) => tamperingNotice(event, { what: event.region || undefined, evidence: { region: event.region } }),
  examples: {
    activity: {
      'switched off': { ...DISABLE, requestParameters: null, responseElements: null },
      refused: { ...DISABLE, errorCode: 'Client.UnauthorizedOperation', requestParameters: null },
    },
    quiet: { 'a dry run': { ...DISABLE, errorCode: 'Client.DryRunOperation', requestParameters: null } },
  },
});
