import { describe, expect, test } from 'vitest';
import { partial } from '../../../checks/check.ts';
import { groupRule, listRule, rule } from '../../../checks/predicates/example-rules.ts';
import { transportPortsOf } from '../../../checks/predicates/openings.ts';
import { openProtocols } from '../../../checks/predicates/portless-protocols.ts';
import type { SecurityGroupRule } from '../../../inventory/ec2/network.ts';

const IPSEC = [50, 51];
const look = (rules: Iterable<SecurityGroupRule>) => openProtocols(() => rules, IPSEC);

describe('protocols without ports', () => {
  test.each<[string, SecurityGroupRule[], string]>([
    ['GRE from anywhere', [rule(47, undefined, '0.0.0.0/0')], 'protocol 47'],
    ['IP in IP from any IPv6 address', [rule(4, undefined, '::/0')], 'protocol 4'],
    ['two that follow each other', [rule(46, undefined, '0.0.0.0/0'), rule(47, undefined, '0.0.0.0/0')], 'protocol 46-47'],
    ['one by halves', [rule(132, undefined, '0.0.0.0/1'), rule(132, undefined, '128.0.0.0/1')], 'protocol 132'],
    ['one from a list of everything', [{ ...listRule(1, ['::/1', '8000::/1']), protocol: 0 }], 'protocol 0'],
    ['from one network', [rule(47, undefined, '203.0.113.0/24')], ''],
    ['from another group', [groupRule(47)], ''],
    ['those that may be open', [rule(50, undefined, '0.0.0.0/0'), rule(51, undefined, '::/0')], ''],
    ['ping', [rule('icmp', undefined, '0.0.0.0/0'), rule('icmpv6', undefined, '::/0')], ''],
    ['what has ports', [rule('tcp', 47, '0.0.0.0/0'), rule('udp', undefined, '0.0.0.0/0'), rule(6, 47, '0.0.0.0/0')], ''],
    ['all traffic, which is open by its ports', [rule('all', undefined, '0.0.0.0/0')], ''],
  ])('%s', (_what, rules, expected) => {
    expect(transportPortsOf(look(rules).found)).toBe(expected);
  });

  test('halves of the internet for different ones are large parts for each', () => {
    const { found } = look([rule(4, undefined, '0.0.0.0/1'), rule(41, undefined, '128.0.0.0/1')]);
    expect(found.map(({ reach, ports }) => [ports.from, reach])).toEqual([
      [4, 'large'],
      [41, 'large'],
    ]);
  });

  test('have no ports in the evidence', () => {
    expect(look([rule(47, undefined, '0.0.0.0/0')]).found[0]?.proof).toEqual([{ protocol: '47', source: '0.0.0.0/0' }]);
  });

  test('are not known where rules were not read, but for those that were', () => {
    const rules = partial([rule(47, undefined, '0.0.0.0/0')], 'ec2:DescribeSecurityGroups');
    expect(look(rules)).toMatchObject({
      found: [{ ports: { from: 47 } }],
      undecided: { reason: { operation: 'ec2:DescribeSecurityGroups' } },
    });
  });

  test('from a list that was not read are not known', () => {
    const list = (protocol: SecurityGroupRule['protocol']) => [
      { ...listRule(443, partial([], 'ec2:GetManagedPrefixListEntries')), protocol },
    ];
    expect(look(list(47)).undecided).toBeDefined();
    expect(look(list(50)).undecided).toBeUndefined();
    expect(look(list('tcp')).undecided).toBeUndefined();
  });
});
