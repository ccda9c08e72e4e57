import type { IpPermission } from '@aws-sdk/client-ec2';
import { describe, expect, test } from 'vitest';
import { toRules } from '../../../inventory/ec2/rules.ts';
import { Listed, type UnreadReason } from '../../../inventory/facet.ts';

const none = () => new Listed<string>([]);
const ssh = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22 };
const denied: UnreadReason = { cause: 'denied', operation: 'ec2:GetManagedPrefixListEntries', permissions: [], message: 'no' };

function rulesOf(...permissions: readonly IpPermission[]) {
  return toRules(permissions, none);
}

describe('a permission', () => {
  test('becomes one rule per peer', () => {
    const rules = rulesOf({
      ...ssh,
      IpRanges: [{ CidrIp: '10.0.0.0/8' }, { CidrIp: '0.0.0.0/0', Description: 'oops' }],
      Ipv6Ranges: [{ CidrIpv6: '::/0' }],
      UserIdGroupPairs: [{ GroupId: 'sg-2', UserId: '999999999999' }],
    });
    expect(rules.unread).toBeUndefined();
    expect(rules.known.map(({ peer }) => peer)).toEqual([
      { kind: 'cidr', cidr: '10.0.0.0/8' },
      { kind: 'cidr', cidr: '0.0.0.0/0' },
      { kind: 'cidr', cidr: '::/0' },
      { kind: 'security-group', groupId: 'sg-2' },
    ]);
    expect(rules.known.every(({ protocol, ports }) => protocol === 'tcp' && ports.from === 22 && ports.to === 22)).toBe(true);
  });

  test('for all protocols covers all ports', () => {
    const [rule] = rulesOf({ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] });
    expect(rule).toMatchObject({ protocol: 'all', ports: { from: 0, to: 65_535 } });
  });

  test('that nobody uses is no rule', () => {
    expect(rulesOf({ ...ssh, IpRanges: [] }).known).toEqual([]);
  });

  test('with a prefix list is one rule with the list’s entries', () => {
    const [rule] = toRules([{ ...ssh, PrefixListIds: [{ PrefixListId: 'pl-1' }] }], () => new Listed(['0.0.0.0/0']));
    expect(rule?.peer).toMatchObject({ kind: 'prefix-list', id: 'pl-1' });
    expect(rule?.peer.kind === 'prefix-list' && [...rule.peer.cidrs]).toEqual(['0.0.0.0/0']);
  });

  test('with a refused prefix list is a known rule with unread entries', () => {
    const [rule] = toRules([{ ...ssh, PrefixListIds: [{ PrefixListId: 'pl-1' }] }], () => new Listed<string>([], denied));
    expect(() => rule?.peer.kind === 'prefix-list' && [...rule.peer.cidrs]).toThrow('no');
  });
});

test.each([
  ['an unknown protocol', { IpProtocol: 'esp', IpRanges: [{ CidrIp: '10.0.0.0/8' }] }],
  ['no peer', { ...ssh, IpRanges: [{}] }],
] as const)('a rule with %s hides no other rule, and is not forgotten', (_, odd) => {
  const rules = toRules(
    [
      { ...odd, IpRanges: [...odd.IpRanges] },
      { ...ssh, IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
    ],
    none,
  );
  expect(rules.known).toHaveLength(1);
  expect(rules.unread).toMatchObject({ cause: 'malformed', operation: 'ec2:DescribeSecurityGroups' });
});
