import type { NetworkAclEntry } from '../../inventory/ec2/network.ts';
import { defineCheck, denied, fail, pass } from '../check.ts';
import { ONLY_LARGE, UNATTACHED } from '../predicates/circumstances.ts';
import { entry } from '../predicates/example-rules.ts';
import { openEntries } from '../predicates/network-acls.ts';
import { breadthOf, evidenceOf, namesOf, worstOf } from '../predicates/openings.ts';
import { ADMIN_PORTS, toServices } from '../predicates/ports.ts';
import { isProvenEmpty } from '../predicates/unread.ts';

const subnetIds = ['subnet-1'];
const low = { from: 0, to: 10_000 };
const udp = { protocol: 'udp' } as const;
const inbound = (...ingress: readonly NetworkAclEntry[]) => ({ ingress, egress: [] });

export default defineCheck({
  id: 'ec2-network-acl-admin-ports-closed',
  title: 'Network ACLs should not let the internet into remote administration ports',
  severity: 'MEDIUM',
  controls: ['CIS-AWS-7.0:6.2', 'CIS-AWS-5.0:5.2', 'CIS-AWS-3.0:5.1', 'AWS-FSBP:EC2.21'],
  equivalents: {
    prowler: [
      'ec2_networkacl_allow_ingress_any_port',
      'ec2_networkacl_allow_ingress_tcp_port_22',
      'ec2_networkacl_allow_ingress_tcp_port_3389',
    ],
    securityHub: ['EC2.21'],
  },
  risk: 'Security groups are then the only thing between the internet and the consoles of every host in the subnet.',
  remediation: {
    text: 'Put a deny entry for these ports before the entry that allows them, or allow only the ports in use.',
    cli: 'aws ec2 create-network-acl-entry --network-acl-id <acl> --ingress --rule-number <number> --protocol tcp --port-range From=22,To=22 --cidr-block 0.0.0.0/0 --rule-action deny',
    cloudFormation: 'AWS::EC2::NetworkAclEntry',
  },
  resourceType: 'AWS::EC2::NetworkAcl',
  needs: ['entries', 'subnetIds'],
  params: { ports: ADMIN_PORTS },
  evaluate(acl, { ports }) {
    const { ingress } = acl.entries;
    const open = worstOf(toServices(ports).flatMap((service) => openEntries(ingress, service)));
    const [first] = open;
    if (!first) return pass;
    const unused = isProvenEmpty(() => acl.subnetIds);
    const reason = `${namesOf(open)} open to ${breadthOf(open)}${unused ? ', not associated' : ''}`;
    const large = first.reach === 'large' ? ({ severity: 'LOW', because: ONLY_LARGE } as const) : undefined;
    return fail(reason, evidenceOf(open, 'entries'), large, unused ? UNATTACHED : undefined);
  },
  examples: {
    pass: {
      'nothing allowed in': { entries: { ingress: [], egress: [entry(100, 'allow', '0.0.0.0/0')] }, subnetIds },
      'the ports denied before all is allowed': {
        entries: inbound(entry(200, 'allow', '0.0.0.0/0'), entry(99, 'deny', '0.0.0.0/0', low), {
          ...entry(100, 'deny', '0.0.0.0/0', low),
          ...udp,
        }),
        subnetIds,
      },
      'denied by halves': {
        entries: inbound(entry(1, 'deny', '0.0.0.0/1'), entry(2, 'deny', '128.0.0.0/1'), entry(3, 'allow', '0.0.0.0/0')),
        subnetIds,
      },
    },
    fail: {
      'the default ACL': { entries: inbound(entry(100, 'allow', '0.0.0.0/0')), subnetIds },
      'SSH allowed by halves': { entries: inbound(entry(1, 'allow', '0.0.0.0/1', 22), entry(2, 'allow', '128.0.0.0/1', 22)), subnetIds },
      'SSH allowed before it is denied': { entries: inbound(entry(9, 'deny', '::/0'), entry(5, 'allow', '2000::/3', 22)), subnetIds },
      'associated with no subnet': { entries: inbound(entry(100, 'allow', '0.0.0.0/0')), subnetIds: [] },
      'subnets not read': { entries: inbound(entry(100, 'allow', '0.0.0.0/0')), subnetIds: denied('ec2:DescribeNetworkAcls') },
    },
    unknown: { 'entries not read': { entries: denied('ec2:DescribeNetworkAcls'), subnetIds } },
  },
});
