import { describe, expect, test } from 'vitest';
import { instances } from '../../../inventory/ec2/instance.ts';
import { Listed, Unread } from '../../../inventory/facet.ts';
import { scopeOf } from '../describe-reader.ts';
import { type Answers, fakeSession, pages, refused } from '../fake-session.ts';
import { acl, group, instance, mainTable, networkInterface, region, reservations, toInternet } from './account.ts';

/** The first instance's interfaces on an AWS that differs from `region` in these answers. */
async function interfacesWith(answers: Answers) {
  const { session, sent } = fakeSession({ ...region, ...answers });
  const { known } = await instances.list(session, scopeOf(instances));
  const facet = await known[0]?.facet('interfaces');
  if (!facet?.read || !(facet.value instanceof Listed)) throw new Error('there are no interfaces');
  return { interfaces: facet.value, sent };
}

async function interfaceWith(answers: Answers) {
  const { interfaces } = await interfacesWith(answers);
  return interfaces.known[0];
}

function known(list: Iterable<unknown>): {
  readonly known: readonly unknown[];
  readonly cause: string | undefined;
  readonly operation: string | undefined;
} {
  const seen: unknown[] = [];
  try {
    for (const each of list) seen.push(each);
  } catch (error) {
    if (!(error instanceof Unread)) throw error;
    return { known: seen, cause: error.reason.cause, operation: error.reason.operation };
  }
  return { known: seen, cause: undefined, operation: undefined };
}

const denied = () => {
  throw refused('UnauthorizedOperation', 403);
};

const withInterface = (changes: object) => ({
  'ec2:DescribeInstances': reservations({ ...instance, NetworkInterfaces: [{ ...networkInterface, ...changes }] }),
});

describe('addresses', () => {
  test('an Elastic IP of a secondary address counts', async () => {
    const PrivateIpAddresses = [{}, { Association: { PublicIp: '198.51.100.9' } }];
    expect(await interfaceWith(withInterface({ PrivateIpAddresses }))).toMatchObject({ publicAddresses: ['198.51.100.9'] });
  });

  test('an interface with IPv6 only has public addresses too', async () => {
    const Ipv6Addresses = [{ Ipv6Address: '2600:1f14::1' }, { Ipv6Address: 'fd00::1' }];
    expect(await interfaceWith(withInterface({ PrivateIpAddresses: [], Ipv6Addresses }))).toMatchObject({
      publicAddresses: ['2600:1f14::1'],
    });
  });
});

describe('rules', () => {
  test('are those of all groups of the interface', async () => {
    const https = {
      GroupId: 'sg-2',
      IpPermissions: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, Ipv6Ranges: [{ CidrIpv6: '::/0' }] }],
    };
    const { ingress } = await interfaceWith({
      ...withInterface({ Groups: [{ GroupId: 'sg-1' }, { GroupId: 'sg-2' }] }),
      'ec2:DescribeSecurityGroups': pages({ SecurityGroups: [group] }, { SecurityGroups: [https] }),
    });
    expect(known(ingress)).toMatchObject({ known: [{ ports: { from: 22 } }, { ports: { from: 443 } }], cause: undefined });
  });

  test('of a group that is not listed are unread after those of the others', async () => {
    const { ingress } = await interfaceWith(withInterface({ Groups: [{ GroupId: 'sg-elsewhere' }, { GroupId: 'sg-1' }] }));
    expect(known(ingress)).toMatchObject({ known: [{ ports: { from: 22 } }], cause: 'other-account' });
  });
});

describe('routes', () => {
  const privateTable = {
    RouteTableId: 'rtb-private',
    VpcId: 'vpc-1',
    Associations: [{ SubnetId: 'subnet-1', AssociationState: { State: 'associated' } }],
    Routes: [{ DestinationCidrBlock: '10.0.0.0/16', GatewayId: 'local', State: 'active' }],
  };
  const routesWith = async (answers: Answers) => known((await interfaceWith(answers)).routes);

  test('are those of the table that the subnet is associated with', async () => {
    const routes = await routesWith({ 'ec2:DescribeRouteTables': pages({ RouteTables: [mainTable] }, { RouteTables: [privateTable] }) });
    expect(routes.known).toEqual([{ destination: '10.0.0.0/16', target: 'local', targetId: 'local', active: true }]);
  });

  test('are not those of a table that the subnet has left', async () => {
    const left = { ...privateTable, Associations: [{ SubnetId: 'subnet-1', AssociationState: { State: 'disassociated' } }] };
    const routes = await routesWith({ 'ec2:DescribeRouteTables': { RouteTables: [left, mainTable] } });
    expect(routes.known).toMatchObject([{ target: 'internet-gateway' }]);
  });

  test('of another VPC’s main table are not used', async () => {
    const routes = await routesWith({ 'ec2:DescribeRouteTables': { RouteTables: [{ ...mainTable, VpcId: 'vpc-2' }] } });
    expect(routes).toEqual({ known: [], cause: 'other-account', operation: 'ec2:DescribeRouteTables' });
  });

  test('of the main table are not used while the subnet’s own table may be on a page that was refused', async () => {
    const routes = await routesWith({ 'ec2:DescribeRouteTables': pages({ RouteTables: [mainTable] }, {}) });
    expect(routes).toMatchObject({ known: [], cause: 'malformed' });
  });

  test.each([
    ['a blackhole', { ...toInternet, State: 'blackhole' }, { target: 'internet-gateway', active: false }],
    ['a NAT gateway', { ...toInternet, GatewayId: undefined, NatGatewayId: 'nat-1' }, { target: 'nat', targetId: 'nat-1', active: true }],
    [
      'an egress-only gateway',
      { DestinationIpv6CidrBlock: '::/0', EgressOnlyInternetGatewayId: 'eigw-1', State: 'active' },
      { destination: '::/0', target: 'egress-only-gateway', targetId: 'eigw-1' },
    ],
    ['a virtual private gateway', { ...toInternet, GatewayId: 'vgw-1' }, { target: 'other', targetId: 'vgw-1' }],
    [
      'an appliance',
      { ...toInternet, GatewayId: undefined, InstanceId: 'i-1', NetworkInterfaceId: 'eni-1' },
      { target: 'other', targetId: 'eni-1' },
    ],
    ['a transit gateway', { ...toInternet, GatewayId: undefined, TransitGatewayId: 'tgw-1' }, { target: 'other', targetId: 'tgw-1' }],
  ])('to %s', async (_, route, expected) => {
    const routes = await routesWith({ 'ec2:DescribeRouteTables': { RouteTables: [{ ...mainTable, Routes: [route] }] } });
    expect(routes.known).toMatchObject([expected]);
  });

  describe('to a prefix list', () => {
    const listed = { DestinationPrefixListId: 'pl-1', GatewayId: 'igw-1', State: 'active' };
    const tables = {
      'ec2:DescribeRouteTables': { RouteTables: [{ ...mainTable, Routes: [listed, { ...toInternet, GatewayId: 'local' }] }] },
    };

    test('are one per entry', async () => {
      const routes = await routesWith({
        ...tables,
        'ec2:GetManagedPrefixListEntries': { Entries: [{ Cidr: '0.0.0.0/1' }, { Cidr: '128.0.0.0/1' }] },
      });
      expect(routes.known).toMatchObject([{ destination: '0.0.0.0/1' }, { destination: '128.0.0.0/1' }, { target: 'local' }]);
    });

    test('are unread beside the others when the list is refused', async () => {
      const routes = await routesWith({ ...tables, 'ec2:GetManagedPrefixListEntries': denied });
      expect(routes).toMatchObject({ known: [{ target: 'local' }], cause: 'denied', operation: 'ec2:GetManagedPrefixListEntries' });
    });
  });

  describe('behind VPC Block Public Access', () => {
    const subnetWith = (mode: string) => ({
      'ec2:DescribeSubnets': { Subnets: [{ SubnetId: 'subnet-1', BlockPublicAccessStates: { InternetGatewayBlockMode: mode } }] },
    });

    test.each([
      ['off', true],
      ['block-ingress', false],
      ['block-bidirectional', false],
    ])('%s: active is %s', async (mode, active) => {
      expect((await routesWith(subnetWith(mode))).known).toMatchObject([{ target: 'internet-gateway', active }]);
    });

    test('to the internet are unread when it is not known whether it blocks', async () => {
      expect(await routesWith({ 'ec2:DescribeSubnets': denied })).toMatchObject({
        known: [],
        cause: 'denied',
        operation: 'ec2:DescribeSubnets',
      });
    });
  });
});

describe('the network ACL', () => {
  test('is that of the subnet', async () => {
    const other = { ...acl, Associations: [{ SubnetId: 'subnet-2' }], Entries: [] };
    const { acl: entries } = await interfaceWith({ 'ec2:DescribeNetworkAcls': pages({ NetworkAcls: [other] }, { NetworkAcls: [acl] }) });
    expect(known(entries)).toMatchObject({ known: [{ ingress: [{ number: 100 }], egress: [] }] });
  });

  test('that is not listed for the subnet is unread', async () => {
    const { acl: entries } = await interfaceWith({ 'ec2:DescribeNetworkAcls': { NetworkAcls: [] } });
    expect(known(entries)).toMatchObject({ known: [], cause: 'other-account', operation: 'ec2:DescribeNetworkAcls' });
  });
});

test.each([
  ['ec2:DescribeSecurityGroups', { ingress: 'denied', acl: undefined, routes: undefined }],
  ['ec2:DescribeNetworkAcls', { ingress: undefined, acl: 'denied', routes: undefined }],
  ['ec2:DescribeRouteTables', { ingress: undefined, acl: undefined, routes: 'denied' }],
])('where %s is refused only what rests on it is unread', async (operation, causes) => {
  const { ingress, acl: entries, routes, publicAddresses } = await interfaceWith({ [operation]: denied });
  expect({ ingress: known(ingress).cause, acl: known(entries).cause, routes: known(routes).cause }).toEqual(causes);
  expect(publicAddresses).toEqual(['198.51.100.1']);
});

test('an interface that is not told whole hides no other', async () => {
  const odd = { NetworkInterfaceId: 'eni-odd' };
  const { interfaces } = await interfacesWith({
    'ec2:DescribeInstances': reservations({ ...instance, NetworkInterfaces: [odd, networkInterface] }),
  });
  expect(interfaces).toMatchObject({ known: [{ interfaceId: 'eni-1' }], unread: { cause: 'malformed' } });
});
