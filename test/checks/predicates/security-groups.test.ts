import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { partial } from '../../../checks/check.ts';
import { groupRule, listRule, rule } from '../../../checks/predicates/example-rules.ts';
import { namesOf } from '../../../checks/predicates/openings.ts';
import { toServices } from '../../../checks/predicates/ports.ts';
import { judgeOpenings, openIngress } from '../../../checks/predicates/security-groups.ts';
import type { SecurityGroupRule } from '../../../inventory/ec2/network.ts';

const services = toServices({ '22': 'SSH', '3389': 'RDP', '27017-27018': 'MongoDB', '53/udp': 'DNS' });
const look = (rules: Iterable<SecurityGroupRule>) => openIngress(() => rules, services);
const open = (...rules: SecurityGroupRule[]) => look(rules).found.map((one) => `${namesOf([one])} ${one.reach}`);

describe('what ingress rules open, taken together', () => {
  test.each<[string, SecurityGroupRule[], string[]]>([
    ['nothing', [], []],
    ['one port', [rule('tcp', 22, '0.0.0.0/0')], ['SSH (22) world']],
    ['a range over several services', [rule('tcp', { from: 20, to: 4000 }, '::/0')], ['SSH (22) world', 'RDP (3389) world']],
    ['part of a service', [rule('tcp', 27_018, '0.0.0.0/0')], ['MongoDB (27018) world']],
    ['a service by two rules', [rule('tcp', 27_017, '0.0.0.0/0'), rule('tcp', 27_018, '0.0.0.0/0')], ['MongoDB (27017-27018) world']],
    [
      'halves that meet on one port only',
      [rule('tcp', { from: 0, to: 22 }, '0.0.0.0/1'), rule('tcp', { from: 22, to: 99 }, '128.0.0.0/1')],
      ['SSH (22) world'],
    ],
    ['halves on different ports', [rule('tcp', 22, '0.0.0.0/1'), rule('tcp', 3389, '128.0.0.0/1')], ['SSH (22) large', 'RDP (3389) large']],
    ['halves over different transports', [rule('tcp', 53, '0.0.0.0/1'), rule('udp', 53, '128.0.0.0/1')], ['DNS (53) large']],
    ['halves in a rule and a list', [rule('tcp', 22, '0.0.0.0/1'), listRule(22, ['128.0.0.0/1'])], ['SSH (22) world']],
    ['UDP', [rule('udp', undefined, '0.0.0.0/0')], ['DNS (53) world']],
    ['TCP by its number', [rule(6, 22, '0.0.0.0/0')], ['SSH (22) world']],
    [
      'all traffic, whatever ports the rule names',
      [rule('all', 9, '0.0.0.0/0')],
      ['SSH (22) world', 'RDP (3389) world', 'MongoDB (27017-27018) world', 'DNS (53) world'],
    ],
    ['the world over IPv6, a large range over IPv4', [rule('tcp', 22, '::/0'), rule('tcp', 22, '64.0.0.0/3')], ['SSH (22) world']],
    [
      'a large range over IPv4, a small one over IPv6',
      [rule('tcp', 22, '64.0.0.0/3'), rule('tcp', 22, '2001:db8::/64')],
      ['SSH (22) large'],
    ],
    [
      'a small range over IPv4, a large one over IPv6',
      [rule('tcp', 22, '203.0.113.0/24'), rule('tcp', 22, '2000::/8')],
      ['SSH (22) large'],
    ],
    ['ping', [rule('icmp', undefined, '0.0.0.0/0'), rule('icmpv6', undefined, '::/0')], []],
    ['other protocols', [rule(50, undefined, '0.0.0.0/0')], []],
    ['another group', [groupRule('all')], []],
    ['private ranges', [rule('all', undefined, '10.0.0.0/8'), rule('all', undefined, 'fd00::/8')], []],
    ['overlapping small ranges', [rule('tcp', 22, '15.0.0.0/8'), rule('tcp', 22, '15.0.0.0/8'), rule('tcp', 22, '15.1.0.0/16')], []],
  ])('%s', (_, rules, expected) => {
    expect(open(...rules)).toEqual(expected);
  });

  test('the order of the rules does not matter, not even to the evidence', () => {
    const rules = ['0.0.0.0/2', '64.0.0.0/2', '128.0.0.0/2', '192.0.0.0/2'].map((cidr) => rule('tcp', 22, cidr));
    const verdict = (list: SecurityGroupRule[]) => judgeOpenings(look(list), { attachments: [] }, 'MEDIUM');
    fc.assert(
      fc.property(fc.shuffledSubarray(rules, { minLength: rules.length }), (list) => {
        expect(verdict(list)).toEqual(verdict(rules));
      }),
    );
  });

  test('only the rules that open are evidence, and at most ten', () => {
    const wide = rule('tcp', 22, '0.0.0.0/0');
    const narrow = Array.from({ length: 20 }, (_, i) => rule('tcp', 22, `203.0.${i}.0/24`));
    expect(judgeOpenings(look([...narrow, wide]), { attachments: [] }, 'MEDIUM')).toMatchObject({
      evidence: { rules: [{ protocol: 'tcp', ports: '22', source: '0.0.0.0/0' }] },
    });
    const slices = Array.from({ length: 256 }, (_, i) => rule('tcp', 22, `${i}.0.0.0/8`));
    expect(judgeOpenings(look(slices), { attachments: [] }, 'MEDIUM')).toMatchObject({ evidence: { more: expect.any(Number) } });
  });
});

describe('what was not read', () => {
  const list = (...known: string[]) => partial(known, 'ec2:GetManagedPrefixListEntries');

  test.each<[string, Iterable<SecurityGroupRule>, boolean]>([
    ['the rules', partial([], 'ec2:DescribeSecurityGroups'), true],
    ['a list on a watched port', [listRule(22, list())], true],
    ['the rest of a list on a watched port', [listRule(22, list('203.0.113.0/24'))], true],
    ['a list on another port', [listRule(443, list())], false],
    ['a source that is no CIDR block', [rule('tcp', 22, 'somewhere')], true],
    ['a source that is no CIDR block, on another port', [rule('tcp', 80, 'somewhere')], false],
  ])('%s', (_, rules, undecided) => {
    expect(look(rules)).toMatchObject({ found: [] });
    expect(look(rules).undecided !== undefined).toBe(undecided);
  });

  test('hides no open rule beside it', () => {
    const rules = partial([listRule(22, list()), rule('tcp', 22, 'somewhere'), rule('tcp', 22, '0.0.0.0/0')], 'ec2:DescribeSecurityGroups');
    expect(judgeOpenings(look(rules), { attachments: [] }, 'MEDIUM')).toMatchObject({ status: 'FAIL' });
  });

  test('hides nothing open in the part of a list that was read', () => {
    expect(judgeOpenings(look([listRule(22, list('0.0.0.0/0'))]), { attachments: [] }, 'MEDIUM')).toMatchObject({ status: 'FAIL' });
  });

  test('of the attachments, lowers no severity', () => {
    const attachments = partial<never>([], 'ec2:DescribeNetworkInterfaces');
    const verdict = judgeOpenings(look([rule('tcp', 22, '0.0.0.0/0')]), { attachments }, 'MEDIUM');
    expect(verdict).toMatchObject({ reason: 'SSH (22) open to the internet' });
    expect(verdict).not.toHaveProperty('severity');
    expect(verdict).toMatchObject({ severityUnsure: true });
  });
});

test('a defect is not taken for something that was not read', () => {
  const broken = function* (): Generator<SecurityGroupRule> {
    yield rule('tcp', 22, '0.0.0.0/0');
    throw new TypeError('defect');
  };
  expect(() => look(broken())).toThrow(TypeError);
  const blocks = function* (): Generator<string> {
    yield '203.0.113.0/24';
    throw new TypeError('defect');
  };
  expect(() => look([{ ...rule('tcp', 22, ''), peer: { kind: 'prefix-list', id: 'pl-1', cidrs: blocks() } }])).toThrow(TypeError);
});

describe('the verdict', () => {
  const attachments = [{ interfaceId: 'eni-1', owner: 'instance', hasPublicAddress: false }];
  const judge = (rules: SecurityGroupRule[], attached: typeof attachments) =>
    judgeOpenings(look(rules), { attachments: attached }, 'MEDIUM');

  test.each([
    ['world, attached', '0.0.0.0/0', attachments, 'SSH (22) open to the internet', undefined],
    ['a large range, attached', '64.0.0.0/3', attachments, 'SSH (22) open to large public ranges', 'MEDIUM'],
    ['world, not attached', '0.0.0.0/0', [], 'SSH (22) open to the internet, not attached', 'LOW'],
    ['a large range, not attached', '64.0.0.0/3', [], 'SSH (22) open to large public ranges, not attached', 'LOW'],
  ] as const)('%s', (_, cidr, attached, reason, severity) => {
    const verdict = judge([rule('tcp', 22, cidr)], [...attached]);
    expect(verdict).toMatchObject({ status: 'FAIL', reason, ...(severity ? { severity } : {}) });
  });

  test('speaks of the world alone where both are open', () => {
    expect(judge([rule('tcp', 22, '0.0.0.0/0'), rule('tcp', 3389, '64.0.0.0/3')], attachments)).toMatchObject({
      reason: 'SSH (22) open to the internet',
      evidence: { rules: [{ protocol: 'tcp', ports: '22', source: '0.0.0.0/0' }] },
    });
  });

  test('private ranges are no evidence of what public ones make up', () => {
    const rules = ['0.0.0.0/1', '128.0.0.0/1', '10.0.0.0/8'].map((cidr) => rule('tcp', 22, cidr));
    expect(judge(rules, attachments)).toMatchObject({
      evidence: {
        rules: [
          { protocol: 'tcp', ports: '22', source: '0.0.0.0/1' },
          { protocol: 'tcp', ports: '22', source: '128.0.0.0/1' },
        ],
      },
    });
  });

  test('names two of many services', () => {
    expect(judge([rule('all', undefined, '0.0.0.0/0')], attachments)).toMatchObject({
      reason: 'SSH (22), RDP (3389) and 2 more open to the internet',
    });
  });
});
