import ipaddr from 'ipaddr.js';

const WIDEST_IPV4 = 8;
const WIDEST_IPV6 = 32;

/**
 * True for an address range that names somebody. Ranges broader than /8 (IPv4) or /32 (IPv6) are as good as everybody:
 * "The meaning of public" in the Amazon S3 User Guide, "Blocking public access to your Amazon S3 storage".
 */
export function isNarrowAddressRange(value: string): boolean {
  const text = value.trim();
  if (ipaddr.IPv4.isValidCIDRFourPartDecimal(text)) return ipaddr.IPv4.parseCIDR(text)[1] >= WIDEST_IPV4;
  if (ipaddr.IPv6.isValidCIDR(text)) return ipaddr.IPv6.parseCIDR(text)[1] >= WIDEST_IPV6;
  return ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text);
}
