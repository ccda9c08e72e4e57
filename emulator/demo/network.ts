import type { SecurityGroup } from '../account/description.ts';
import type { Account } from '../account.ts';

/** The security group in which somebody opens port 22 while the demo watches. */
export const STAGING = 'staging';

const EVERYWHERE = '0.0.0.0/0';

const OPEN_WEB = [`tcp 80 ${EVERYWHERE}`, `tcp 443 ${EVERYWHERE}`, 'tcp 443 ::/0'];

const GROUPS: Readonly<Record<string, SecurityGroup['ingress']>> = {
  'load-balancer': OPEN_WEB,
  'payments-api': ['tcp 8443 sg:load-balancer', 'tcp 22 pl:offices'],
  'payments-database': ['tcp 5432 sg:payments-api'],
  bastion: [`tcp 22 ${EVERYWHERE}`],
  'analytics-database': [`tcp 5432 ${EVERYWHERE}`],
  reports: [`all ${EVERYWHERE}`],
  [STAGING]: [`tcp 8080 ${EVERYWHERE}`],
};

/** Security groups, and a subnet for payments with an ACL of its own; AWS itself adds default groups and ACLs in each region. */
export function addNetwork(shop: Account): void {
  shop.prefixList('offices', ['198.51.100.0/24', '203.0.113.0/24']).securityGroup('default', { ingress: [], egress: [] });
  for (const [name, ingress] of Object.entries(GROUPS)) shop.securityGroup(name, { ingress, tags: { Name: name } });
  shop.subnet('payments', { public: false }).networkAcl('payments', {
    ingress: ['100 allow tcp 8443 172.31.0.0/16'],
    egress: [`100 allow all ${EVERYWHERE}`],
    subnets: ['payments'],
  });
}
