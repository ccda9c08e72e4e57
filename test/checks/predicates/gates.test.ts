import { describe, expect, test } from 'vitest';
import { refuse } from '../../../checks/check.ts';
import { entriesOf, gatewaysIn, inARow, openGate, routeGate, sideBySide, toGate } from '../../../checks/predicates/gates.ts';
import { isUnread } from '../../../checks/predicates/logic.ts';
import { answerOf } from '../../../checks/predicates/unread.ts';
import type { Route } from '../../../inventory/ec2/network.ts';

const gateway = (destination: string, targetId = 'igw-1'): Route => ({ destination, target: 'internet-gateway', targetId, active: true });
const local: Route = { destination: '10.0.0.0/16', target: 'local', targetId: 'local', active: true };
const firewall = (destination: string): Route => ({ destination, target: 'other', targetId: 'vpce-1', active: true });
const unread = answerOf<never>(() => refuse('ec2:DescribeRouteTables'));
const gate = (...routes: readonly Route[]) => routeGate({ value: routes, unread: undefined }, 4);
const opens = (...routes: readonly Route[]) => [gate(...routes).sure.length > 0, gate(...routes).possible.length > 0];

test('gateways are named once each, in order, and nothing that is none', () => {
  expect(gatewaysIn([gateway('0.0.0.0/0', 'igw-2'), local, gateway('::/0', 'igw-1'), gateway('8.0.0.0/8', 'igw-2')])).toBe('igw-1, igw-2');
  expect(gatewaysIn([{ ...gateway('0.0.0.0/0'), active: false }])).toBe('');
});

describe('routes let answers out', () => {
  test.each<[string, readonly Route[], readonly boolean[]]>([
    ['by a gateway', [local, gateway('0.0.0.0/0')], [true, true]],
    ['not by a gateway that is gone', [{ ...gateway('0.0.0.0/0'), active: false }], [false, false]],
    ['not without one', [local], [false, false]],
    ['not by a gateway for the other family', [gateway('::/0')], [false, false]],
    ['perhaps by a firewall', [local, firewall('0.0.0.0/0')], [false, true]],
    ['perhaps by an appliance of the account', [local, { ...firewall('0.0.0.0/0'), targetId: 'eni-1' }], [false, true]],
    ['not by a firewall that is gone', [{ ...firewall('0.0.0.0/0'), active: false }], [false, false]],
    ['not by a peering', [{ ...firewall('0.0.0.0/0'), targetId: 'pcx-1' }], [false, false]],
    ['not by a NAT gateway', [{ ...firewall('0.0.0.0/0'), target: 'nat', targetId: 'vpce-1' }], [false, false]],
    ['by a gateway beside a firewall for some', [gateway('0.0.0.0/0'), firewall('8.0.0.0/8')], [true, true]],
    [
      'not by a gateway whose every address has a narrower route',
      [gateway('0.0.0.0/0'), { ...firewall('0.0.0.0/1'), targetId: 'pcx-1' }, { ...firewall('128.0.0.0/1'), targetId: 'pcx-1' }],
      [false, false],
    ],
  ])('%s', (_, routes, expected) => {
    expect(opens(...routes)).toEqual(expected);
    expect(opens(...routes.toReversed())).toEqual(expected);
  });

  test('and what a firewall lets through is told as not read', () => {
    expect(gate(firewall('0.0.0.0/0')).unread).toBeDefined();
    expect(gate(gateway('0.0.0.0/0')).unread).toBeUndefined();
  });

  test('perhaps, where they were not read', () => {
    expect(routeGate(unread, 4)).toMatchObject({ sure: [], possible: openGate(4).possible });
    expect(routeGate(unread, 4).unread).toBeDefined();
  });
});

describe('gates together', () => {
  const shut = { sure: [], possible: [], unread: undefined };
  const perhaps = toGate(unread, 4, () => []);

  test('in a row let through what all do', () => {
    expect(inARow([], 4)).toEqual(openGate(4));
    expect(inARow([openGate(4), shut], 4)).toMatchObject({ sure: [], possible: [] });
    expect(inARow([openGate(4), perhaps], 4)).toMatchObject({
      sure: [],
      possible: [{ from: 0n, to: 2n ** 32n - 1n }],
      unread: perhaps.unread,
    });
  });

  test('side by side let through what one does', () => {
    expect(sideBySide([shut, openGate(4)])).toEqual(openGate(4));
    expect(sideBySide([shut, perhaps])).toMatchObject({ sure: [], possible: openGate(4).possible, unread: perhaps.unread });
  });

  test('of what is known for certain depend on nothing that was not read', () => {
    const known = toGate({ value: 1, unread: undefined }, 4, () => openGate(4).sure);
    expect(known).toEqual(openGate(4));
    const broken = toGate({ value: 1, unread: undefined }, 4, () => refuse('ec2:DescribeNetworkAcls'));
    expect(broken).toMatchObject({ sure: [], possible: openGate(4).possible });
  });
});

test('a subnet without a known network ACL cannot be judged', () => {
  const entries = { ingress: [], egress: [] };
  expect(entriesOf([entries], 'i-1')).toBe(entries);
  expect(() => entriesOf([], 'i-1')).toThrow(expect.toSatisfy(isUnread));
});
