import type { PeeringRoute, VpcPeering } from '../../inventory/ec2/vpc-peering-connection.ts';
import { defineCheck, denied, fail, notApplicable, partial, pass } from '../check.ts';
import { matching } from '../predicates/logic.ts';
import { leadsToWholePeer } from '../predicates/peering.ts';
import { knownOf } from '../predicates/unread.ts';

const requester = { vpcId: 'vpc-1', accountId: '111122223333', region: 'eu-west-1', cidrs: ['10.0.0.0/16'] };
const accepter = {
  vpcId: 'vpc-2',
  accountId: '444455556666',
  region: 'eu-west-1',
  cidrs: ['10.1.0.0/16', '10.2.0.0/24', '2600:1f14::/56'],
};
const peering: VpcPeering = { status: 'active', requester, accepter };
const route: PeeringRoute = { tableId: 'rtb-1', vpcId: 'vpc-1', destination: '10.1.7.0/24' };

export default defineCheck({
  id: 'ec2-vpc-peering-connection-routes-narrow',
  title: 'Routes into a VPC peering should lead only to what is needed there',
  severity: 'LOW',
  controls: ['CIS-AWS-7.0:6.6', 'CIS-AWS-5.0:5.6', 'CIS-AWS-3.0:5.5'],
  equivalents: { prowler: ['vpc_peering_routing_tables_with_least_privilege'] },
  risk: 'Whoever gets a foothold in one network has a way to everything in the other.',
  remediation: {
    text: 'Replace the route to the whole block of the other VPC by routes to the subnets or hosts that are needed.',
    cli: 'aws ec2 replace-route --route-table-id <table> --destination-cidr-block <subnet> --vpc-peering-connection-id <connection>',
    cloudFormation: 'AWS::EC2::Route.DestinationCidrBlock',
  },
  resourceType: 'AWS::EC2::VPCPeeringConnection',
  needs: ['peering', 'peeringRoutes'],
  evaluate(connection) {
    const { peering } = connection;
    if (peering.status !== 'active') return notApplicable(`the connection is ${peering.status}`);
    const { known } = knownOf(() => connection.peeringRoutes);
    const { found, undecided } = matching(connection.peeringRoutes, (route) => leadsToWholePeer(route, known, peering));
    if (found.length === 0) {
      if (undecided) throw undecided;
      return pass;
    }
    const routes = found.map(({ tableId, destination }) => ({ table: tableId, destination }));
    return fail('routed to a whole block of the other VPC', {
      routes: routes.sort((a, b) => (`${a.table} ${a.destination}` < `${b.table} ${b.destination}` ? -1 : 1)),
    });
  },
  examples: {
    pass: {
      'to one subnet': { peering, peeringRoutes: [route] },
      'back to one host': { peering, peeringRoutes: [{ ...route, vpcId: 'vpc-2', destination: '10.0.0.7/32' }] },
      'half of a block': { peering, peeringRoutes: [{ ...route, destination: '10.1.0.0/17' }] },
      'no route at all': { peering, peeringRoutes: [] },
    },
    fail: {
      'the whole block of the accepter': { peering, peeringRoutes: [{ ...route, destination: '10.1.0.0/16' }] },
      'the whole block of the requester': { peering, peeringRoutes: [{ ...route, vpcId: 'vpc-2', destination: '10.0.0.0/16' }] },
      'its second block': { peering, peeringRoutes: [{ ...route, destination: '10.2.0.0/24' }] },
      'its IPv6 block': { peering, peeringRoutes: [{ ...route, destination: '2600:1f14:0:0::/56' }] },
      'the whole block by halves': {
        peering,
        peeringRoutes: ['10.1.0.0/17', '10.1.128.0/17'].map((destination) => ({ ...route, destination })),
      },
      'more than its block': { peering, peeringRoutes: [{ ...route, destination: '10.0.0.0/8' }] },
      'a wide route beside unread ones': {
        peering,
        peeringRoutes: partial([{ ...route, destination: '10.1.0.0/16' }], 'ec2:DescribeRouteTables'),
      },
    },
    unknown: {
      'routes not read': { peering, peeringRoutes: denied('ec2:DescribeRouteTables') },
      'the blocks of the other VPC not told': { peering: { ...peering, accepter: { ...accepter, cidrs: [] } }, peeringRoutes: [route] },
    },
    notApplicable: { 'not accepted yet': { peering: { ...peering, status: 'pending-acceptance' }, peeringRoutes: [] } },
  },
});
