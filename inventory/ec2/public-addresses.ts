interface Interface {
  readonly Association?: { readonly PublicIp?: string };
  readonly PrivateIpAddresses?: readonly { readonly Association?: { readonly PublicIp?: string } }[];
  readonly Ipv6Addresses?: readonly { readonly Ipv6Address?: string }[];
  readonly Ipv6Prefixes?: readonly { readonly Ipv6Prefix?: string }[];
  /** AWS drops what comes to its IPv6 addresses from the internet; it cannot have a public IPv4 address. */
  readonly DenyAllIgwTraffic?: boolean;
}

/** Every address at which the internet could know a network interface; of a delegated IPv6 prefix its first address. */
export function publicAddressesOf(networkInterface: Interface): readonly string[] {
  const { Association, PrivateIpAddresses = [], Ipv6Addresses = [], Ipv6Prefixes = [], DenyAllIgwTraffic } = networkInterface;
  const ipv4 = [Association, ...PrivateIpAddresses.map((address) => address.Association)].map((association) => association?.PublicIp);
  const ipv6 = [
    ...Ipv6Addresses.map(({ Ipv6Address }) => Ipv6Address),
    ...Ipv6Prefixes.map(({ Ipv6Prefix }) => Ipv6Prefix?.replace(/\/.*$/, '')),
  ];
  const reachable = DenyAllIgwTraffic ? ipv4 : [...ipv4, ...ipv6.filter(isGlobal)];
  return [...new Set(reachable.filter((address) => address !== undefined))];
}

/** True for 2000::/3, the only IPv6 space that is routed on the internet (RFC 4291, IANA). */
function isGlobal(address: string | undefined): boolean {
  return address !== undefined && Number.parseInt(address, 16) >> 13 === 1;
}
