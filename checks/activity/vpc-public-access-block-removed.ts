import type { CloudTrailEvent } from '../../inventory/events/event.ts';
import { defineActivityCheck } from '../activity.ts';
import { factsOf } from '../predicates/event-facts.ts';
import { callsTo, REFUSED } from '../predicates/example-calls.ts';
import { type Deed, judgeDeed, refuseWithout } from '../predicates/judge-deed.ts';

const ec2 = callsTo('ec2');
const MODIFY = 'ModifyVpcBlockPublicAccessOptions';
const EXCLUDE = 'CreateVpcBlockPublicAccessExclusion';
const VPC = { VpcId: 'vpc-0123456789abcdef0' };

function set(InternetGatewayBlockMode: string, more: object = {}) {
  return ec2(MODIFY, { ModifyVpcBlockPublicAccessOptionsRequest: { InternetGatewayBlockMode } }, more);
}

function excluded(mode: string) {
  return ec2(EXCLUDE, { CreateVpcBlockPublicAccessExclusionRequest: { ...VPC, InternetGatewayExclusionMode: mode } });
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html */
export default defineActivityCheck({
  id: 'activity-vpc-public-access-block-removed',
  title: 'The block of internet access to VPCs was taken away',
  severity: 'HIGH',
  controls: [],
  attack: ['T1562.007'],
  equivalents: {},
  risk: 'Routes, public addresses and security groups that did no harm behind the block are open to the internet at once.',
  remediation: {
    text: 'Block again, and look at what of the region the internet could reach meanwhile.',
    cli: 'aws ec2 modify-vpc-block-public-access-options --internet-gateway-block-mode block-ingress --region <region>',
    cloudFormation: 'AWS::EC2::VPCBlockPublicAccessOptions.InternetGatewayBlockMode',
  },
  events: [{ source: 'ec2.amazonaws.com', names: [MODIFY, EXCLUDE] }],
  evaluate: (event) =>
    judgeDeed(event, 'change the block of internet access', () => (event.name === MODIFY ? switched(event) : exempted(event))),
  examples: {
    activity: {
      'of a region': set('off'),
      refused: set('off', REFUSED),
      'but for one VPC': excluded('allow-bidirectional'),
    },
    quiet: { 'put in place': set('block-ingress'), 'only outwards': excluded('allow-egress') },
    unsure: { 'neither on nor off is told': ec2(MODIFY), 'makes no sense': set('perhaps') },
  },
});

function switched(event: CloudTrailEvent): Deed | undefined {
  const { request, region } = event;
  const mode = request.at('internetGatewayBlockMode').text;
  if (mode === 'block-bidirectional' || mode === 'block-ingress') return undefined;
  if (mode !== 'off') return refuseWithout(event, 'what is blocked');
  const what = `the block of internet access in ${region}`;
  return { done: `${what} switched off`, attempt: `switch off ${what}`, evidence: factsOf(request, 'internetGatewayBlockMode') };
}

function exempted(event: CloudTrailEvent): Deed | undefined {
  const { request } = event;
  const mode = request.at('internetGatewayExclusionMode').text ?? refuseWithout(event, 'what is exempted');
  if (mode === 'allow-egress') return undefined;
  const what = request.at('vpcId').text ?? request.at('subnetId').text ?? 'a network';
  const evidence = factsOf(request, 'vpcId', 'subnetId', 'internetGatewayExclusionMode');
  return { done: `${what} exempted from the block of internet access`, attempt: `exempt ${what} from it`, severity: 'MEDIUM', evidence };
}
