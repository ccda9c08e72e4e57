import { describe, expect, test } from 'vitest';
import { changedRules } from '../../../checks/predicates/changed-rules.ts';
import { exampleEvent } from '../activity/example-event.ts';

function changed(eventName: string, requestParameters: object, responseElements?: object) {
  return changedRules(
    exampleEvent({ eventSource: 'ec2.amazonaws.com', eventName, requestParameters, ...(responseElements ? { responseElements } : {}) }),
  );
}
const items = (...list: readonly object[]) => ({ items: list });
const answer = (...rules: readonly object[]) => ({ securityGroupRuleSet: items(...rules) });

describe('what was asked', () => {
  test.each<[string, string, object, readonly string[]]>([
    [
      'one permission, with two ends',
      'AuthorizeSecurityGroupIngress',
      {
        ipPermissions: items({
          ipProtocol: 'tcp',
          fromPort: 22,
          toPort: 22,
          ipRanges: items({ cidrIp: '0.0.0.0/0' }),
          ipv6Ranges: items({ cidrIpv6: '::/0' }),
        }),
      },
      ['tcp 22 from 0.0.0.0/0', 'tcp 22 from ::/0'],
    ],
    [
      'a range of ports, to a list',
      'AuthorizeSecurityGroupEgress',
      { ipPermissions: items({ ipProtocol: 'tcp', fromPort: 20, toPort: 25, prefixListIds: items({ prefixListId: 'pl-1' }) }) },
      ['tcp 20-25 to pl-1'],
    ],
    [
      'a group',
      'RevokeSecurityGroupIngress',
      { ipPermissions: items({ ipProtocol: 'udp', fromPort: 53, toPort: 53, groups: items({ groupId: 'sg-2' }) }) },
      ['udp 53 from sg-2'],
    ],
    [
      'all traffic',
      'AuthorizeSecurityGroupIngress',
      { ipPermissions: items({ ipProtocol: '-1', ipRanges: items({ cidrIp: '0.0.0.0/0' }) }) },
      ['all from 0.0.0.0/0'],
    ],
    [
      'a protocol without ports',
      'AuthorizeSecurityGroupIngress',
      { ipPermissions: items({ ipProtocol: '50', ipRanges: items({ cidrIp: '0.0.0.0/0' }) }) },
      ['50 from 0.0.0.0/0'],
    ],
    [
      'all of ICMP',
      'AuthorizeSecurityGroupIngress',
      { ipPermissions: items({ ipProtocol: 'icmp', fromPort: -1, toPort: -1, ipRanges: items({ cidrIp: '0.0.0.0/0' }) }) },
      ['icmp from 0.0.0.0/0'],
    ],
    [
      'only the first port',
      'AuthorizeSecurityGroupIngress',
      { ipProtocol: 'tcp', fromPort: 22, cidrIp: '0.0.0.0/0' },
      ['tcp 22 from 0.0.0.0/0'],
    ],
    [
      'no protocol',
      'AuthorizeSecurityGroupIngress',
      { fromPort: 22, toPort: 23, cidrIp: '0.0.0.0/0' },
      ['unknown protocol 22-23 from 0.0.0.0/0'],
    ],
    ['neither protocol nor ports', 'AuthorizeSecurityGroupIngress', { cidrIp: '0.0.0.0/0' }, ['unknown protocol from 0.0.0.0/0']],
    [
      'rules by their ids',
      'RevokeSecurityGroupEgress',
      { securityGroupRuleIds: items({ securityGroupRuleId: 'sgr-1' }, { securityGroupRuleId: 'sgr-2' }) },
      ['sgr-1', 'sgr-2'],
    ],
    [
      'a rule that is modified',
      'ModifySecurityGroupRules',
      {
        securityGroupRule: items({
          securityGroupRuleId: 'sgr-1',
          securityGroupRule: { ipProtocol: 'tcp', fromPort: 22, toPort: 22, cidrIpv4: '0.0.0.0/0' },
        }),
      },
      ['sgr-1: tcp 22 with 0.0.0.0/0'],
    ],
    [
      'a rule that is modified, of which the id is not told',
      'ModifySecurityGroupRules',
      { securityGroupRule: items({ securityGroupRule: { ipProtocol: '-1', cidrIpv4: '0.0.0.0/0' } }) },
      ['a rule: all with 0.0.0.0/0'],
    ],
  ])('%s', (_, name, request, expected) => {
    expect(changed(name, request)).toEqual(expected);
  });
});

describe('what the answer tells', () => {
  const rule = { ipProtocol: 'tcp', fromPort: 22, toPort: 22, cidrIpv4: '0.0.0.0/0' };
  test.each<[string, object, readonly string[]]>([
    ['of a rule that lets in', { ...rule, isEgress: false }, ['tcp 22 from 0.0.0.0/0']],
    ['of a rule that lets out', { ...rule, isEgress: true }, ['tcp 22 to 0.0.0.0/0']],
    ['of a rule that tells no direction', rule, ['tcp 22 with 0.0.0.0/0']],
  ])('goes before what was asked: %s', (_, told, expected) => {
    expect(changed('ModifySecurityGroupRules', { cidrIp: '10.0.0.0/8' }, answer(told))).toEqual(expected);
  });

  test('of a call that names the direction, needs none', () => {
    expect(changed('AuthorizeSecurityGroupIngress', {}, answer({ ...rule, isEgress: true }))).toEqual(['tcp 22 from 0.0.0.0/0']);
  });

  test('of nothing, leaves what was asked', () => {
    expect(changed('AuthorizeSecurityGroupIngress', { cidrIp: '10.0.0.0/8' }, answer())).toEqual(['unknown protocol from 10.0.0.0/8']);
  });

  test('of many rules, gives each once and twenty at most', () => {
    const many = Array.from({ length: 30 }, (_, index) => ({ ...rule, cidrIpv4: `10.0.${index % 25}.0/24` }));
    const texts = changed('AuthorizeSecurityGroupIngress', {}, answer(...many));
    expect(texts).toHaveLength(20);
    expect(new Set(texts).size).toBe(20);
  });
});
