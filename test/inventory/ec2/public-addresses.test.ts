import { expect, test } from 'vitest';
import { publicAddressesOf } from '../../../inventory/ec2/public-addresses.ts';

test.each([
  ['none', { PrivateIpAddresses: [{}] }, []],
  [
    'an address of the interface, told twice',
    { Association: { PublicIp: '198.51.100.1' }, PrivateIpAddresses: [{ Association: { PublicIp: '198.51.100.1' } }] },
    ['198.51.100.1'],
  ],
  ['an Elastic IP of a secondary address', { PrivateIpAddresses: [{}, { Association: { PublicIp: '198.51.100.2' } }] }, ['198.51.100.2']],
  ['a global IPv6 address alone', { Ipv6Addresses: [{ Ipv6Address: '2600:1f14::1' }] }, ['2600:1f14::1']],
  ['private and link-local IPv6', { Ipv6Addresses: [{ Ipv6Address: 'fd00:ec2::1' }, { Ipv6Address: 'fe80::1' }] }, []],
  ['a delegated IPv6 prefix', { Ipv6Prefixes: [{ Ipv6Prefix: '2600:1f14:0:1::/80' }] }, ['2600:1f14:0:1::']],
  ['IPv6 that AWS shields from the internet', { DenyAllIgwTraffic: true, Ipv6Addresses: [{ Ipv6Address: '2600:1f14::1' }] }, []],
])('%s', (_, networkInterface, addresses) => {
  expect(publicAddressesOf(networkInterface)).toEqual(addresses);
});
