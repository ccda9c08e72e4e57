import { defineActivityCheck } from '../activity.ts';
import { actingService } from '../predicates/deeds.ts';
import { BY_CLOUDFORMATION, callsTo, REFUSED } from '../predicates/example-calls.ts';
import { judgeDeed } from '../predicates/judge-deed.ts';
import { instanceDeed, templateDeed } from '../predicates/user-data-deeds.ts';

const ec2 = callsTo('ec2');
const INSTANCE = { instanceId: 'i-0123456789abcdef0' };
const BLANKED = '<sensitiveDataRemoved>';

function version(LaunchTemplateData?: object) {
  const request = { LaunchTemplateId: 'lt-0123456789abcdef0', ...(LaunchTemplateData && { LaunchTemplateData }) };
  return ec2('CreateLaunchTemplateVersion', { CreateLaunchTemplateVersionRequest: request });
}

/** CloudTrail blanks user data itself: that it stands there at all is what tells. */
export default defineActivityCheck({
  id: 'activity-user-data-changed',
  title: 'The start-up script of an instance was changed',
  severity: 'HIGH',
  controls: [],
  attack: ['T1037', 'T1651'],
  equivalents: {},
  risk: 'User data runs as root when an instance starts: who writes it runs what he likes with the permissions of the instance.',
  remediation: {
    text: 'Read the user data before the instance is started again, and put the earlier one back.',
    cli: 'aws ec2 describe-instance-attribute --instance-id <instance> --attribute userData',
    cloudFormation: 'AWS::EC2::Instance.UserData',
  },
  events: [{ source: 'ec2.amazonaws.com', names: ['CreateLaunchTemplateVersion', 'ModifyInstanceAttribute'] }],
  evaluate: (event) =>
    judgeDeed(event, 'change attributes of an instance', () => {
      const deed = event.name === 'ModifyInstanceAttribute' ? instanceDeed(event) : templateDeed(event);
      const service = actingService(event);
      return deed && service !== undefined ? { ...deed, done: `${deed.done}, by ${service}`, severity: 'LOW' } : deed;
    }),
  examples: {
    activity: {
      'of an instance': ec2('ModifyInstanceAttribute', { ...INSTANCE, userData: BLANKED }),
      'of a launch template': version({ UserData: BLANKED, ImageId: 'ami-0123456789abcdef0' }),
      'by CloudFormation': ec2('ModifyInstanceAttribute', { ...INSTANCE, userData: BLANKED }, BY_CLOUDFORMATION),
      refused: ec2('ModifyInstanceAttribute', { ...INSTANCE, attribute: 'userData', value: BLANKED }, REFUSED),
    },
    quiet: {
      'another attribute': ec2('ModifyInstanceAttribute', { ...INSTANCE, disableApiTermination: { value: false } }),
      'a launch template without a script': version({ ImageId: 'ami-0123456789abcdef0' }),
    },
    unsure: {
      'no request': ec2('ModifyInstanceAttribute'),
      'a launch template of which nothing is told': version(),
    },
  },
});
