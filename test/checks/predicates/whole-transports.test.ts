import { describe, expect, test } from 'vitest';
import { partial } from '../../../checks/check.ts';
import { groupRule, listRule, rule } from '../../../checks/predicates/example-rules.ts';
import { openTransports, transportsOf } from '../../../checks/predicates/whole-transports.ts';
import type { SecurityGroupRule } from '../../../inventory/ec2/network.ts';

const WORLD = '0.0.0.0/0';
const HALVES = ['0.0.0.0/1', '128.0.0.0/1'] as const;
const list = (ports: { from: number; to: number }, cidrs: Iterable<string>): SecurityGroupRule => ({
  ...listRule(1, cidrs),
  ports,
});
const UNREAD = partial<string>([], 'ec2:GetManagedPrefixListEntries');

describe('transports without a closed port', () => {
  test.each<[string, readonly SecurityGroupRule[], readonly string[]]>([
    ['by all traffic', [rule('all', undefined, WORLD)], ['TCP world', 'UDP world']],
    ['by one rule, without the port that is reserved', [rule('tcp', { from: 1, to: 65_535 }, WORLD)], ['TCP world']],
    ['by one rule, with it', [rule('udp', { from: 0, to: 65_535 }, WORLD)], ['UDP world']],
    ['by rules that adjoin', [rule('tcp', { from: 0, to: 1023 }, WORLD), rule('tcp', { from: 1024, to: 65_535 }, WORLD)], ['TCP world']],
    ['by two halves of the world', HALVES.map((half) => rule('tcp', undefined, half)), ['TCP world']],
    ['to a large range', [rule('tcp', undefined, HALVES[0])], ['TCP large']],
    [
      'to the world on some ports, to a large range on others',
      [rule('tcp', { from: 1, to: 1023 }, WORLD), rule('tcp', { from: 1024, to: 65_535 }, HALVES[0])],
      ['TCP large'],
    ],
    ['but for the first', [rule('tcp', { from: 2, to: 65_535 }, WORLD)], []],
    ['but for the last', [rule('tcp', { from: 1, to: 65_534 }, WORLD)], []],
    ['but for one between', [rule('tcp', { from: 1, to: 99 }, WORLD), rule('tcp', { from: 101, to: 65_535 }, WORLD)], []],
    ['to a network', [rule('all', undefined, '203.0.113.0/24')], []],
    ['to another group', [groupRule('all')], []],
    ['to nobody', [], []],
  ])('%s', (_, rules, expected) => {
    const { found, undecided } = openTransports(() => rules);
    expect(found.map(({ service, reach }) => `${service.name} ${reach}`)).toEqual(expected);
    expect(undecided).toBeUndefined();
  });

  test('each shows the rules of all its pieces', () => {
    const { found } = openTransports(() => [rule('tcp', { from: 1, to: 1023 }, WORLD), rule('tcp', { from: 1024, to: 65_535 }, WORLD)]);
    expect(found).toMatchObject([{ ports: { from: 1, to: 65_535 }, proof: [{ ports: '1-1023' }, { ports: '1024-65535' }] }]);
  });

  test('have their names in the reason', () => {
    expect(transportsOf(openTransports(() => [rule('tcp', undefined, WORLD)]).found)).toBe('all TCP ports');
    expect(transportsOf(openTransports(() => [rule('all', undefined, WORLD)]).found)).toBe('all TCP and UDP ports');
  });
});

describe('what was not read', () => {
  test.each<[string, Iterable<SecurityGroupRule>, boolean]>([
    ['the rules', partial<SecurityGroupRule>([], 'ec2:DescribeSecurityGroups'), true],
    ['the rest of the rules, beside a list', partial([list({ from: 1, to: 9 }, UNREAD)], 'ec2:DescribeSecurityGroups'), true],
    ['a list on all ports', [list({ from: 1, to: 65_535 }, UNREAD)], true],
    ['a list that could fill the gap', [rule('tcp', { from: 1, to: 99 }, WORLD), list({ from: 100, to: 65_535 }, UNREAD)], true],
    ['a list that could not', [rule('tcp', { from: 1, to: 99 }, WORLD), list({ from: 101, to: 65_535 }, UNREAD)], false],
    ['a list on one port', [list({ from: 443, to: 443 }, UNREAD)], false],
    ['nothing', [rule('tcp', 443, WORLD)], false],
  ])('decides: %s, %s', (_, rules, decides) => {
    const { found, undecided } = openTransports(() => rules);
    expect(found).toEqual([]);
    expect(undecided !== undefined).toBe(decides);
  });
});
