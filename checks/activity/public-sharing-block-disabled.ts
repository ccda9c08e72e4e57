import { defineActivityCheck, quiet } from '../activity.ts';
import { tamperingNotice } from '../predicates/notices.ts';

const EC2 = { eventSource: 'ec2.amazonaws.com' };

/** `block-new-sharing` lets what is public already be public, which `block-all-sharing` does not. */
export default defineActivityCheck({
  id: 'activity-public-sharing-block-disabled',
  title: 'The block on public images or snapshots was taken away',
  severity: 'HIGH',
  controls: [],
  attack: ['T1578.005', 'T1537'],
  equivalents: {},
  risk: 'One call now hands an image or a snapshot, with everything on it, to the whole world.',
  remediation: {
    text: 'Block public sharing again, and look for what was shared meanwhile.',
    cli: 'aws ec2 enable-snapshot-block-public-access --state block-all-sharing --region <region>',
    cloudFormation: 'AWS::EC2::SnapshotBlockPublicAccess.State',
  },
  events: [
    {
      source: 'ec2.amazonaws.com',
      names: ['DisableImageBlockPublicAccess', 'DisableSnapshotBlockPublicAccess', 'EnableSnapshotBlockPublicAccess'],
    },
  ],
  evaluate(event) {
    const isEnabled = event.name === 'EnableSnapshotBlockPublicAccess';
    const state = isEnabled ? event.request.at('state').text : undefined;
    if (state === 'block-all-sharing') return quiet;
    return tamperingNotice(event, {
      what: event.region,
      how: isEnabled ? (state ?? 'its state not recorded') : undefined,
      evidence: { region: event.region, ...(state === undefined ? {} : { state }) },
      severity: isEnabled ? 'LOW' : undefined,
    });
  },
  examples: {
    activity: {
      'of images': {
        ...EC2,
        eventName: 'DisableImageBlockPublicAccess',
        requestParameters: { DisableImageBlockPublicAccessRequest: '' },
      },
      'of snapshots, refused': {
        ...EC2,
        eventName: 'DisableSnapshotBlockPublicAccess',
        errorCode: 'Client.UnauthorizedOperation',
        requestParameters: null,
      },
      'only of what is shared from now on': {
        ...EC2,
        eventName: 'EnableSnapshotBlockPublicAccess',
        requestParameters: { EnableSnapshotBlockPublicAccessRequest: { State: 'block-new-sharing' } },
      },
    },
    quiet: {
      'put in place': {
        ...EC2,
        eventName: 'EnableSnapshotBlockPublicAccess',
        requestParameters: { EnableSnapshotBlockPublicAccessRequest: { State: 'block-all-sharing' } },
      },
      'a dry run': { ...EC2, eventName: 'DisableImageBlockPublicAccess', errorCode: 'Client.DryRunOperation', requestParameters: null },
    },
  },
});
