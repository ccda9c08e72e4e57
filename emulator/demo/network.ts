import type { SecurityGroup } from '../account/networks.ts';
import { type Account, allow } from '../account.ts';

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
  // Whoever watches the shop from outside sits in a cloud, and nobody asked where.
  storefront: ['tcp 8080 sg:load-balancer', 'tcp 9100 52.28.0.0/14'],
  [STAGING]: [`tcp 8080 ${EVERYWHERE}`],
  GlobalAccelerator: [],
};

/** Security groups, and a subnet for payments with an ACL of its own; AWS itself adds default groups and ACLs in each region. */
export function addNetwork(shop: Account): void {
  shop.prefixList('offices', ['198.51.100.0/24', '203.0.113.0/24']).securityGroup('default', { ingress: [], egress: [] });
  for (const [name, ingress] of Object.entries(GROUPS)) shop.securityGroup(name, { ingress, tags: { Name: name } });
  shop
    .subnet('front', { public: false })
    .subnet('payments', { public: false })
    .networkAcl('payments', {
      ingress: ['100 allow tcp 8443 172.31.0.0/16'],
      egress: [`100 allow all ${EVERYWHERE}`],
      subnets: ['payments'],
    });
  addVpcs(shop);
  addEndpointServices(shop);
  addLoadBalancers(shop);
}

/** Two networks beside the default one: into one leads a route to all of it, into the other one to a single subnet. */
function addVpcs(shop: Account): void {
  const ours = allow('s3:*', '*', { principal: '*', condition: { StringEquals: { 'aws:ResourceAccount': shop.id } } });
  shop
    .vpc('default', { flowLogs: 'brightcart-trail-logs', endpoints: [{ service: 's3', policy: ours }, 'dynamodb'] })
    .vpc('warehouse', { cidr: '10.40.0.0/16', peeringRoutes: ['10.40.0.0/16'], tags: { Name: 'warehouse' } })
    .vpc('returns', { cidr: '10.41.0.0/16', peeringRoutes: ['10.41.7.0/24'], tags: { Name: 'returns' } });
}

/** Partners read what is in stock; the till, only the shop's own networks. */
function addEndpointServices(shop: Account): void {
  shop
    .endpointService('stock-feed', { asksFirst: false, principals: ['*'] })
    .endpointService('till', { principals: [`arn:aws:iam::${shop.id}:root`] });
}

/** The shop's own is kept well, and known around the world by two accelerators; the old one still speaks plain HTTP to a storefront whose role may do everything. */
function addLoadBalancers(shop: Account): void {
  const front = { subnets: ['front'], groups: ['load-balancer'] };
  const payments = { port: 8443, instances: ['payments-api-1', 'payments-api-2'] };
  shop
    .loadBalancer('shop', {
      ...front,
      listeners: [
        { protocol: 'HTTP', port: 80, to: 'https' },
        { protocol: 'HTTPS', port: 443, policy: 'ELBSecurityPolicy-TLS13-1-2-2021-06', to: payments },
      ],
    })
    .loadBalancer('old-shop', {
      ...front,
      ...{ accessLogs: false, deletionProtection: false, dropsInvalidHeaders: false, desyncMitigation: 'monitor' },
      listeners: [{ protocol: 'HTTP', port: 80, to: { port: 8080, instances: ['storefront-1'] } }],
    })
    .loadBalancer('scales', {
      ...{ kind: 'network', subnets: ['front'] },
      listeners: [{ protocol: 'TLS', port: 8883, policy: 'ELBSecurityPolicy-2016-08', to: payments }],
    })
    .accelerator('shop', { subnets: ['front'], group: 'GlobalAccelerator', ports: [80, 443], to: { loadBalancers: ['shop'] } })
    .accelerator('tills', { subnets: ['payments'], group: 'GlobalAccelerator', ports: [8443, 8443], to: 'subnets' })
    .role('storefront', { created: 500, lastUsed: 0.1, attached: ['AdministratorAccess'] });
}
