import { defineActivityCheck } from '../activity.ts';
import { tamperingNotice } from '../predicates/notices.ts';

const ENABLED = { eventSource: 'ec2.amazonaws.com', eventName: 'EnableSerialConsoleAccess' };

export default defineActivityCheck({
  id: 'activity-serial-console-enabled',
  title: 'The serial console was opened for all instances of a region',
  severity: 'HIGH',
  controls: [],
  attack: ['T1021.007', 'T1562.007'],
  equivalents: {},
  risk: 'The serial console reaches an instance past security groups, network ACLs and a firewall of its own.',
  remediation: {
    text: 'Switch it off again unless an instance cannot be reached otherwise, and see who has sent keys to it.',
    cli: 'aws ec2 disable-serial-console-access',
  },
  events: [{ source: 'ec2.amazonaws.com', names: ['EnableSerialConsoleAccess'] }],
  evaluate: (event) => tamperingNotice(event, { what: event.region, severity: event.outcome === 'refused' ? 'MEDIUM' : undefined }),
  examples: {
    activity: {
      enabled: {
        ...ENABLED,
        requestParameters: { EnableSerialConsoleAccessRequest: '' },
        responseElements: { EnableSerialConsoleAccessResponse: { serialConsoleAccessEnabled: true } },
      },
      refused: { ...ENABLED, errorCode: 'Client.UnauthorizedOperation', requestParameters: { EnableSerialConsoleAccessRequest: '' } },
    },
    quiet: { 'dry run': { ...ENABLED, errorCode: 'Client.DryRunOperation' } },
  },
});
