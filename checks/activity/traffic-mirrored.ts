import { defineActivityCheck } from '../activity.ts';
import { factsOf } from '../predicates/event-facts.ts';
import { named } from '../predicates/event-names.ts';
import { BY_CLOUDFORMATION, callsTo, REFUSED } from '../predicates/example-calls.ts';
import { judgeDeed } from '../predicates/judge-deed.ts';

const ec2 = callsTo('ec2');
const SESSION = { NetworkInterfaceId: 'eni-0123456789abcdef0', TrafficMirrorTargetId: 'tmt-0123456789abcdef0' };
const FACTS = [
  'networkInterfaceId',
  'networkLoadBalancerArn',
  'gatewayLoadBalancerEndpointId',
  'trafficMirrorTargetId',
  'trafficMirrorSessionId',
];

export default defineActivityCheck({
  id: 'activity-traffic-mirrored',
  title: 'Network traffic is copied to somewhere else',
  severity: 'HIGH',
  controls: [],
  attack: ['T1040', 'T1020.001'],
  equivalents: {},
  risk: 'Whoever has the target reads everything that the interface sends and receives and that is not encrypted.',
  remediation: {
    text: 'Ask who watches that traffic. Delete the session, and look at what its target belongs to.',
    cli: 'aws ec2 delete-traffic-mirror-session --traffic-mirror-session-id <session>',
    cloudFormation: 'AWS::EC2::TrafficMirrorSession.NetworkInterfaceId',
  },
  events: [{ source: 'ec2.amazonaws.com', names: ['CreateTrafficMirrorSession', 'ModifyTrafficMirrorSession'] }],
  evaluate: (event) =>
    judgeDeed(event, 'mirror traffic', () => {
      const from = named('traffic of', event.request, 'networkInterfaceId', 'trafficMirrorSessionId').replace(/^a /, '');
      return { done: `${from} mirrored`, attempt: 'mirror traffic', evidence: factsOf(event.request, ...FACTS) };
    }),
  examples: {
    activity: {
      'of an interface': ec2('CreateTrafficMirrorSession', { CreateTrafficMirrorSessionRequest: SESSION }),
      'by CloudFormation': ec2('CreateTrafficMirrorSession', { CreateTrafficMirrorSessionRequest: SESSION }, BY_CLOUDFORMATION),
      'to another target': ec2('ModifyTrafficMirrorSession', {
        ModifyTrafficMirrorSessionRequest: {
          TrafficMirrorSessionId: 'tms-0123456789abcdef0',
          TrafficMirrorTargetId: 'tmt-0fedcba9876543210',
        },
      }),
      refused: ec2('CreateTrafficMirrorSession', { CreateTrafficMirrorSessionRequest: SESSION }, REFUSED),
    },
    quiet: { 'a dry run': ec2('CreateTrafficMirrorSession', {}, { errorCode: 'Client.DryRunOperation' }) },
  },
});
