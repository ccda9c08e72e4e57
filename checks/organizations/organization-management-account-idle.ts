import { defineCheck, denied, fail, partial, pass } from '../check.ts';
import { knownOf } from '../predicates/unread.ts';

const MACHINE = { region: 'eu-west-1', kind: 'interface' } as const;

/** Machines, databases, containers and load balancers all have network interfaces: one call per region tells of all of them. */
export default defineCheck({
  id: 'organizations-organization-management-account-idle',
  title: 'Nothing should run in the networks of the management account',
  severity: 'MEDIUM',
  controls: ['CIS-AWS-7.0:2.1.3'],
  equivalents: {},
  risk: 'No service control policy limits the management account: whoever breaks into a workload there is next to the keys of all accounts. Buckets, tables and functions outside of networks are not seen.',
  remediation: {
    text: 'Move the workload into a member account, and let nobody but those who run the organization into this one.',
    cli: 'aws ec2 describe-network-interfaces --region <region> --filters Name=status,Values=in-use',
  },
  resourceType: 'AWS::Organizations::Organization',
  needs: ['usedInterfaces'],
  evaluate(organization) {
    const { known, unread } = knownOf(() => organization.usedInterfaces);
    const regions = [...new Set(known.map(({ region }) => region))].toSorted();
    const kinds = [...new Set(known.map(({ kind }) => kind))].toSorted();
    if (regions.length > 0) return fail('network interfaces are in use in the management account', { regions, kinds });
    if (unread) throw unread;
    return pass;
  },
  examples: {
    pass: { 'no interface in use in any region': { usedInterfaces: [] } },
    fail: {
      'a machine': { usedInterfaces: [MACHINE] },
      'a machine, other regions not read': { usedInterfaces: partial([MACHINE], 'ec2:DescribeNetworkInterfaces') },
    },
    unknown: {
      'not allowed to ask': { usedInterfaces: denied('ec2:DescribeNetworkInterfaces') },
      'one region refused': { usedInterfaces: partial([], 'ec2:DescribeNetworkInterfaces') },
    },
  },
});
