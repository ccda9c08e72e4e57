import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toDate } from '../../../emulator/account/description.ts';
import { toAclEntry, toIpPermission } from '../../../emulator/account/rules.ts';

const idOf = (kind: string, name: string) => `${kind}/${name}`;

describe('a security group rule', () => {
  it.each([
    ['tcp 22 0.0.0.0/0', { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
    ['udp 1000-2000 ::/0', { IpProtocol: 'udp', FromPort: 1000, ToPort: 2000, Ipv6Ranges: [{ CidrIpv6: '::/0' }] }],
    ['tcp 10.0.0.0/8', { IpProtocol: 'tcp', FromPort: 0, ToPort: 65_535, IpRanges: [{ CidrIp: '10.0.0.0/8' }] }],
    ['all sg:self', { IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: 'security-group/self' }] }],
    ['tcp 443 pl:offices', { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, PrefixListIds: [{ PrefixListId: 'prefix-list/offices' }] }],
    ['icmp 0.0.0.0/0', { IpProtocol: 'icmp', FromPort: -1, ToPort: -1, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
  ])('%s', (rule, permission) => {
    expect(toIpPermission(rule, idOf)).toEqual(permission);
  });

  it('keeps every port and range', () => {
    const port = fc.nat(65_535);
    fc.assert(
      fc.property(port, port, (from, to) => {
        expect(toIpPermission(`tcp ${from}-${to} ::/0`, idOf)).toMatchObject({ FromPort: from, ToPort: to });
      }),
    );
  });

  it.each(['tcp', '', 'tcp x 0.0.0.0/0', 'tcp 1-x 0.0.0.0/0', 'tcp 22 0.0.0.0/0 more'])('is not %j', (text) => {
    expect(() => toIpPermission(text, idOf)).toThrow(/is no rule/);
  });
});

describe('a network ACL entry', () => {
  it.each([
    [
      '100 allow tcp 22 0.0.0.0/0',
      { RuleNumber: 100, RuleAction: 'allow', Protocol: '6', PortRange: { From: 22, To: 22 }, CidrBlock: '0.0.0.0/0' },
    ],
    ['90 deny all ::/0', { RuleNumber: 90, RuleAction: 'deny', Protocol: '-1', Ipv6CidrBlock: '::/0' }],
    [
      '1 allow udp 1-1024 10.0.0.0/8',
      { RuleNumber: 1, RuleAction: 'allow', Protocol: '17', PortRange: { From: 1, To: 1024 }, CidrBlock: '10.0.0.0/8' },
    ],
  ])('%s', (rule, entry) => {
    expect(toAclEntry(rule)).toEqual(entry);
  });

  it.each(['allow tcp 22 0.0.0.0/0', '100 permit tcp 22 0.0.0.0/0', '100 allow tcp'])('is not %j', (text) => {
    expect(() => toAclEntry(text)).toThrow(/is no rule/);
  });
});

describe('a moment', () => {
  const now = new Date('2026-06-01T00:00:00Z');

  it.each([
    [90, '2026-03-03T00:00:00.000Z'],
    [-5, '2026-06-06T00:00:00.000Z'],
    ['2020-01-01T00:00:00Z', '2020-01-01T00:00:00.000Z'],
  ])('%j', (moment, iso) => {
    expect(toDate(moment, now).toISOString()).toBe(iso);
  });

  it('is not any text', () => {
    expect(() => toDate('yesterday', now)).toThrow(/neither days nor an ISO instant/);
  });
});
