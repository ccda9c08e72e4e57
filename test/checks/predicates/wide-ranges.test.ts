import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { partial } from '../../../checks/check.ts';
import { groupRule, listRule, rule } from '../../../checks/predicates/example-rules.ts';
import { otherPorts, toServices } from '../../../checks/predicates/ports.ts';
import { proofsOf, wideRanges } from '../../../checks/predicates/wide-ranges.ts';
import type { SecurityGroupRule } from '../../../inventory/ec2/network.ts';

const widest = { ipv4: 16, ipv6: 32 };
const web = otherPorts([80, 443]);
const wide = (rules: readonly SecurityGroupRule[], services = web) =>
  wideRanges(() => rules, services, widest).found.map(({ text }) => text);
const ssh = (...cidrs: readonly string[]) => cidrs.map((cidr) => rule('tcp', 22, cidr));

test.each<[string, readonly SecurityGroupRule[], readonly string[]]>([
  ['as wide as may be', ssh('52.1.0.0/16'), []],
  ['one bit wider', ssh('52.0.0.0/15'), ['52.0.0.0/15']],
  ['exactly what is not yet a large part of the internet', ssh('52.0.0.0/8'), ['52.0.0.0/8']],
  ['a large part, which is an opening', ssh('52.0.0.0/7'), []],
  ['pieces that adjoin', ssh('52.0.0.0/16', '52.1.0.0/24'), ['52.0.0.0/16', '52.1.0.0/24']],
  ['pieces apart', ssh('52.0.0.0/16', '52.2.0.0/24'), []],
  ['the wide one of two', ssh('52.0.0.0/12', '203.0.113.0/24'), ['52.0.0.0/12']],
  ['pieces on different ports', [rule('tcp', 22, '52.0.0.0/16'), rule('tcp', 23, '52.1.0.0/16')], []],
  [
    'pieces on ports that overlap',
    [rule('tcp', { from: 1, to: 22 }, '52.0.0.0/16'), rule('tcp', 22, '52.1.0.0/16')],
    ['52.0.0.0/16', '52.1.0.0/16'],
  ],
  ['private addresses', ssh('10.0.0.0/8', 'fd00::/8'), []],
  ['what of it is public', ssh('172.0.0.0/10'), ['172.0.0.0/10']],
  ['IPv6 of one provider', ssh('2a01:4f00::/32'), []],
  ['IPv6 of several', ssh('2a01:4f00::/31'), ['2a01:4f00::/31']],
  ['web ports', [rule('tcp', 443, '52.0.0.0/11')], []],
  ['ping', [rule('icmp', undefined, '52.0.0.0/11')], []],
  ['a prefix list, another group', [listRule(22, ['52.0.0.0/11']), groupRule('tcp', 22)], []],
])('%s', (_, rules, expected) => {
  expect(wide(rules)).toEqual(expected);
});

test('what overlaps with private addresses is wide by what of it is public', () => {
  expect(wide(ssh('10.0.0.0/8', '9.255.0.0/16'))).toEqual([]);
  expect(wide(ssh('10.0.0.0/8', '9.254.0.0/15'))).toEqual(['9.254.0.0/15']);
});

test('a range of one family is not made wider by those of the other', () => {
  expect(wide(ssh('52.1.0.0/16', '2a01:4f00::/31'))).toEqual(['2a01:4f00::/31']);
});

describe('what was not read', () => {
  const rules = (known: readonly SecurityGroupRule[]) => partial(known, 'ec2:DescribeSecurityGroups');
  const found = (list: Iterable<SecurityGroupRule>) => wideRanges(() => list, web, widest);

  test('decides where it may be a rule', () => {
    expect(found(rules([])).undecided).toBeDefined();
    expect(found([rule('tcp', 22, 'somewhere')]).undecided).toBeDefined();
  });

  test('decides nothing where it is a prefix list, whose keeper chose what is in it', () => {
    expect(found([listRule(22, partial<string>([], 'ec2:GetManagedPrefixListEntries'))]).undecided).toBeUndefined();
  });

  test('hides no wide range beside it', () => {
    expect(found(rules(ssh('52.0.0.0/12'))).found.map(({ text }) => text)).toEqual(['52.0.0.0/12']);
  });
});

describe('the evidence', () => {
  const proofs = (list: readonly SecurityGroupRule[]) => proofsOf(wideRanges(() => list, web, widest).found).rules;

  test('has each rule once, in an order of its own', () => {
    const two = ['52.16.0.0/12', '13.0.0.0/12'];
    const expected = [
      { protocol: 'tcp', ports: '22', source: '13.0.0.0/12' },
      { protocol: 'tcp', ports: '22', source: '52.16.0.0/12' },
    ];
    expect(proofs(ssh(...two, ...two))).toEqual(expected);
    expect(proofs(ssh(...two.toReversed()))).toEqual(expected);
  });

  test('has ten rules at most', () => {
    expect(proofs(ssh(...Array.from({ length: 12 }, (_, index) => `52.${index * 4}.0.0/15`)))).toHaveLength(10);
  });
});

test('however a wide range is cut, it is found whole', () => {
  const cuts = fc.shuffledSubarray(
    Array.from({ length: 8 }, (_, index) => `52.${index}.0.0/16`),
    { minLength: 2 },
  );
  fc.assert(
    fc.property(cuts, (cidrs) => {
      const numbers = cidrs.map((cidr) => Number(cidr.split('.')[1]));
      const adjoining = cidrs.filter(
        (_, index) => numbers.includes((numbers[index] ?? 0) + 1) || numbers.includes((numbers[index] ?? 0) - 1),
      );
      expect([...wide(ssh(...cidrs), toServices({ '22': 'SSH' }))].sort()).toEqual([...adjoining].sort());
    }),
  );
});
