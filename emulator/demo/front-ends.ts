import type { Account } from '../account.ts';

/** The shop, its photos, and three APIs. */
export function addFrontEnds(shop: Account): void {
  const log = `arn:aws:logs:eu-west-1:${shop.id}:log-group:payments-api`;
  shop
    .distribution('E1BRIGHTCARTSHOP', {
      log: 'delivery',
      rootObject: 'index.html',
      origins: [{ domain: 'brightcart-site.s3.eu-west-1.amazonaws.com', bucketAccess: 'control' }, { domain: 'api.brightcart.example' }],
    })
    .distribution('E2BRIGHTCARTPHOTOS', {
      ...{ log: 'none', viewers: 'allow-all', tls: 'TLSv1.1_2016', webAcl: false },
      origins: [{ domain: 'brightcart-photos.s3.eu-west-1.amazonaws.com', bucketAccess: 'none' }],
    })
    .api('payments', { rest: true, stages: { prod: log } })
    .api('returns', { rest: true, stages: { test: 'none' } })
    .api('partners', { stages: { v1: 'none' } });
}
