import type { CloudTrailEvent } from '../../inventory/events/event.ts';
import { defineActivityCheck } from '../activity.ts';
import { actingService } from '../predicates/deeds.ts';
import { factsOf } from '../predicates/event-facts.ts';
import { named } from '../predicates/event-names.ts';
import { BY_CLOUDFORMATION, callsTo, REFUSED } from '../predicates/example-calls.ts';
import { type Deed, judgeDeed, refuseWithout } from '../predicates/judge-deed.ts';

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
      const deed = event.name === 'ModifyInstanceAttribute' ? instanceChanged(event) : templateChanged(event);
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

function instanceChanged(event: CloudTrailEvent): Deed | undefined {
  const { request } = event;
  if (!request.exists || request.names.every((name) => name === 'instanceId')) return refuseWithout(event, 'the attribute');
  if (!request.at('userData').exists && request.at('attribute').text !== 'userData') return undefined;
  const what = `user data of ${named('instance', request, 'instanceId')}`;
  return { done: `${what} changed`, attempt: `change the ${what}`, evidence: factsOf(request, 'instanceId') };
}

/** Instances that are launched from now on run it, and new versions are everyday work. */
function templateChanged(event: CloudTrailEvent): Deed | undefined {
  const { request } = event;
  const settings = request.at('launchTemplateData');
  if (!settings.exists) return refuseWithout(event, 'LaunchTemplateData');
  if (!settings.at('userData').exists) return undefined;
  const template = named('launch template', request, 'launchTemplateName', 'launchTemplateId');
  return {
    done: `version of ${template} with user data created`,
    attempt: `create a version of ${template} with user data`,
    severity: 'MEDIUM',
    evidence: factsOf(request, 'launchTemplateId', 'launchTemplateName', 'sourceVersion'),
  };
}
