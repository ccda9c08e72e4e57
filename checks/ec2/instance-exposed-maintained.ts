import { defineCheck, denied, noData, partial, pass } from '../check.ts';
import { image, instance, stopped, terminated } from '../predicates/example-instances.ts';
import { balanced, exposed } from '../predicates/example-networks.ts';
import { judgeExposedAnd, weaknessOf } from '../predicates/exposed-instances.ts';
import { unlessTerminated } from '../predicates/instances.ts';
import { isClosed, namesOf, worstOf } from '../predicates/openings.ts';
import { ADMIN_PORTS, toServices } from '../predicates/ports.ts';
import { reachableServices } from '../predicates/reachability.ts';

const operatingSystem = { name: 'Amazon Linux', version: '2023' };
const counts = { missing: 0, failed: 0, pendingReboot: 0, criticalNonCompliant: 0, securityNonCompliant: 0, otherNonCompliant: 0 };
const patchState = { ...counts, operation: 'Scan', endedAt: '2026-10-31T02:00:00Z' } as const;
const kept = { image, operatingSystem, patchState };
const unmanaged = noData('ssm:DescribeInstanceInformation', 'the instance is not managed by Systems Manager');
const ended = { name: 'Ubuntu', version: '18.04' };
const interfaces = [exposed];

export default defineCheck({
  id: 'ec2-instance-exposed-maintained',
  title: 'Instances whose administration ports face the internet should be supported and patched',
  severity: 'CRITICAL',
  controls: ['PCI-DSS-4.0:6.3.3', 'NIST-800-53-R5:SI-2'],
  equivalents: {},
  risk: 'Exploits for what was never fixed are public, and anyone can send them to the service that controls the host.',
  remediation: {
    text: 'Close the port first; then replace the host by one from a current image, or install what is missing.',
    cli: 'aws ec2 revoke-security-group-ingress --group-id <group> --security-group-rule-ids <rule>',
    cloudFormation: 'AWS::EC2::SecurityGroup.SecurityGroupIngress',
  },
  resourceType: 'AWS::EC2::Instance',
  needs: ['instance', 'interfaces', 'image', 'operatingSystem', 'patchState'],
  params: { ports: ADMIN_PORTS, scanDays: 7 },
  evaluate: (resource, { ports, scanDays, now }) =>
    unlessTerminated(resource.instance, () => {
      const openings = reachableServices(() => resource.interfaces, toServices(ports));
      if (isClosed(openings)) return pass;
      return judgeExposedAnd(
        () => openings,
        () => weaknessOf(resource, scanDays, now),
        resource.instance,
        ({ reason }) => `${namesOf(worstOf(openings.found))} exposed; ${reason}`,
      );
    }),
  examples: {
    pass: {
      'exposed, but kept well': { instance, interfaces, ...kept },
      'neglected, but not exposed': { instance, interfaces: [{ ...exposed, ingress: [] }], ...kept, operatingSystem: ended },
      'not exposed, the rest unread': {
        instance,
        interfaces: [],
        image: denied('ec2:DescribeImages'),
        operatingSystem: unmanaged,
        patchState: unmanaged,
      },
      'kept well, interfaces unread': { instance, interfaces: denied('ec2:DescribeInstances'), ...kept },
    },
    fail: {
      'out of support': { instance, interfaces, ...kept, operatingSystem: ended },
      'patches missing': { instance, interfaces, ...kept, patchState: { ...patchState, missing: 3, criticalNonCompliant: 1 } },
      'an image that is gone, the rest unread': {
        ...{ instance, interfaces, image: { ...image, state: 'deregistered' } },
        ...{ operatingSystem: unmanaged, patchState: unmanaged },
      },
      'behind a load balancer': { instance, interfaces: [balanced], ...kept, operatingSystem: ended },
      stopped: { instance: stopped, interfaces, ...kept, operatingSystem: ended },
    },
    unknown: {
      'exposed, and nobody knows what it runs': { instance, interfaces, image, operatingSystem: unmanaged, patchState: unmanaged },
      'neglected, and perhaps exposed': { instance, interfaces: partial([], 'ec2:DescribeInstances'), ...kept, operatingSystem: ended },
    },
    notApplicable: { terminated: { instance: terminated, interfaces: [], ...kept } },
  },
});
