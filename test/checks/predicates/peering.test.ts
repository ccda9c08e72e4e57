import { describe, expect, test } from 'vitest';
import { leadsToWholePeer } from '../../../checks/predicates/peering.ts';
import type { PeeringRoute, VpcPeering } from '../../../inventory/ec2/vpc-peering-connection.ts';

const SIDE = { accountId: '111122223333', region: 'eu-west-1' };
const peering: VpcPeering = {
  status: 'active',
  requester: { ...SIDE, vpcId: 'vpc-1', cidrs: ['10.0.0.0/16'] },
  accepter: { ...SIDE, vpcId: 'vpc-2', cidrs: ['10.1.0.0/16', '2600:1f14::/56'] },
};

const to = (destination: string, tableId = 'rtb-1', vpcId = 'vpc-1'): PeeringRoute => ({ tableId, vpcId, destination });
const wide = (...routes: readonly PeeringRoute[]) => routes.map((route) => leadsToWholePeer(route, routes, peering));

describe('a route leads to a whole block of the other VPC', () => {
  test.each<[string, readonly PeeringRoute[], readonly boolean[]]>([
    ['if it is that block', [to('10.1.0.0/16')], [true]],
    ['if it holds more than that', [to('0.0.0.0/0')], [true]],
    ['with the other half in the same table', [to('10.1.0.0/17'), to('10.1.128.0/17')], [true, true]],
    ['with three that overlap', [to('10.1.0.0/17'), to('10.1.64.0/18'), to('10.1.128.0/17')], [true, true, true]],
    ['not with the other half in another table', [to('10.1.0.0/17'), to('10.1.128.0/17', 'rtb-2')], [false, false]],
    ['not with less than the other half', [to('10.1.0.0/17'), to('10.1.128.0/18')], [false, false]],
    ['not beside one that does, if it is about another block', [to('2600:1f14::/64'), to('10.1.0.0/16')], [false, true]],
    ['in IPv6 by halves', [to('2600:1f14::/57'), to('2600:1f14:0:80::/57')], [true, true]],
    ['not if it is the block of its own side', [to('10.0.0.0/16')], [false]],
    ['back from the accepter', [to('10.0.0.0/17', 'rtb-3', 'vpc-2'), to('10.0.128.0/17', 'rtb-3', 'vpc-2')], [true, true]],
  ])('%s', (_how, routes, expected) => {
    expect(wide(...routes)).toEqual(expected);
  });

  test('whatever else stands in its table that is no CIDR block', () => {
    const [first, second] = [to('10.1.0.0/16'), to('somewhere')];
    expect(leadsToWholePeer(first, [first, second], peering)).toBe(true);
    expect(() => leadsToWholePeer(second, [first, second], peering)).toThrow('no CIDR block');
  });
});
