import { type Account, account } from './account.ts';
import { addBuckets, archiveBucket } from './demo/buckets.ts';
import { addDataStores } from './demo/data-stores.ts';
import { addFrontEnds } from './demo/front-ends.ts';
import { addMachines, closeRegions } from './demo/machines.ts';
import { addMonitoring, archiveTrail, firstTrail, shopTrail } from './demo/monitoring.ts';
import { addNetwork } from './demo/network.ts';
import { addArchiveOrganization, addOrganization } from './demo/organization.ts';
import { addPeople } from './demo/people.ts';
import { addRegionServices, watchOver } from './demo/region-services.ts';
import { addRiskyRoles } from './demo/roles.ts';
import { addServices } from './demo/services.ts';

/** Brightcart, a web shop of a dozen people: its shop and payments run in Ireland. */
export const SHOP = '111122223333';
/** Where Brightcart keeps logs that nobody may touch: the account that somebody took care of. */
export const ARCHIVE = '222233334444';

export const HOME_REGION = 'eu-west-1';
export const DEMO_REGIONS: readonly string[] = ['eu-central-1', HOME_REGION, 'us-east-1'];

/**
 * The account that the demo audits: for every check something wrong, and, where an account has more than one of a thing, something right beside it.
 * Of root, the account's block of public access and its trails there is but one: they are right in `archiveAccount`.
 */
export function shopAccount(now: Date = new Date()): Account {
  const shop = account(SHOP, { now, region: HOME_REGION })
    .root({ password: { lastUsed: 12 }, mfa: 'none', keys: [{ age: 1100, lastUsed: 12 }] })
    .trail('shop-trail', shopTrail)
    .trail('first-trail', firstTrail)
    .regionSettings(HOME_REGION, { ebsEncryption: true });
  for (const add of [
    addOrganization,
    addPeople,
    addRiskyRoles,
    addBuckets,
    addNetwork,
    addMachines,
    addFrontEnds,
    addRegionServices,
    addServices,
    addDataStores,
    addMonitoring,
  ])
    add(shop, now);
  return shop;
}

/** Root locked away behind a security key, nothing public, a trail that records everything. */
export function archiveAccount(now: Date = new Date()): Account {
  const archive = account(ARCHIVE, { now, region: HOME_REGION })
    .root({ password: { lastUsed: 700 }, mfa: 'hardware' })
    .publicAccessBlock('all')
    .bucket('brightcart-archive', archiveBucket)
    .trail('everything', archiveTrail);
  addArchiveOrganization(archive);
  closeRegions(archive, DEMO_REGIONS);
  return watchOver(archive, DEMO_REGIONS);
}
