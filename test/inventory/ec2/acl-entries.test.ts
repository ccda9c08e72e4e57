import type { NetworkAclEntry } from '@aws-sdk/client-ec2';
import { expect, test } from 'vitest';
import { toAclEntries } from '../../../inventory/ec2/acl-entries.ts';

const allow: NetworkAclEntry = { RuleNumber: 100, RuleAction: 'allow', Protocol: '-1', CidrBlock: '0.0.0.0/0', Egress: false };

test('entries come by direction, in the order in which they are judged', () => {
  const { ingress, egress } = toAclEntries({
    Entries: [
      { ...allow, RuleNumber: 32_767, RuleAction: 'deny' },
      { ...allow, RuleNumber: 200, Egress: true },
      { ...allow, RuleNumber: 90 },
      { ...allow, RuleNumber: 100 },
    ],
  });
  expect(ingress.map(({ number, action }) => [number, action])).toEqual([
    [90, 'allow'],
    [100, 'allow'],
    [32_767, 'deny'],
  ]);
  expect(egress.map(({ number }) => number)).toEqual([200]);
});

test.each([
  ['a TCP range', { Protocol: '6', PortRange: { From: 22, To: 80 } }, { protocol: 'tcp', ports: { from: 22, to: 80 } }],
  ['UDP without a range', { Protocol: '17' }, { protocol: 'udp', ports: { from: 0, to: 65_535 } }],
  ['all protocols', { Protocol: '-1' }, { protocol: 'all', ports: { from: 0, to: 65_535 } }],
  ['ICMP', { Protocol: '1', IcmpTypeCode: { Type: 8, Code: -1 } }, { protocol: 'icmp', ports: { from: 0, to: 65_535 } }],
  ['IPv6', { CidrBlock: undefined, Ipv6CidrBlock: '::/0' }, { cidr: '::/0' }],
] as const)('%s', (_, entry, expected) => {
  expect(toAclEntries({ Entries: [{ ...allow, ...entry }] }).ingress).toMatchObject([expected]);
});

test.each([
  ['number', { RuleNumber: undefined }],
  ['action', { RuleAction: undefined }],
  ['protocol', { Protocol: undefined }],
  ['CIDR', { CidrBlock: undefined }],
  ['direction', { Egress: undefined }],
])('an entry without a %s leaves the whole ACL unread', (_, lacking) => {
  expect(() => toAclEntries({ Entries: [allow, { ...allow, ...lacking }] })).toThrow('incomplete');
});
