import { toDate } from '../account/description.ts';
import type { Account } from '../account.ts';
import { STAGING } from './network.ts';

const CANONICAL = '099720109477';
/** An account that nobody at Brightcart knows. */
const STRANGER = '777788889999';

const AMAZON_LINUX = { name: 'Amazon Linux', version: '2023' };
const PATCHED = { missing: 0, operation: 'Scan', ended: 1 } as const;

/** What somebody wrote into a launch template one night, and into a launch configuration years ago. */
const WITH_SECRET = '#!/bin/bash\nexport DB_PASSWORD=correct-horse-battery\n/opt/batch/run\n';

/** Instances, what they were started from and would be again, their volumes and snapshots, and documents that are run on them. */
export function addMachines(shop: Account, now: Date): void {
  // Somebody published the build agent, and repairs hosts through their consoles.
  shop.regionSettings(shop.description.region, { imageBlock: 'unblocked', serialConsole: true });
  const current = amazonLinux(9, now);
  const old = amazonLinux(420, now);
  shop
    .image(current, { owner: 'amazon', created: 9, deprecated: -80 })
    .image(old, { owner: 'amazon', created: 420, deprecated: 55 })
    .image('ubuntu/images/hvm-ssd/ubuntu-focal-20.04-amd64-server-20250530', {
      owner: CANONICAL,
      created: '2025-05-30',
      state: 'deregistered',
    })
    .image('turbo-cache-7.2.1', { owner: STRANGER, created: 30 })
    .image('payments-api-v14', { created: 20, tags: { Name: 'payments-api-v14' } })
    .image('build-agent-3', { created: 200, public: true, tags: { Name: 'build-agent-3' } });
  addLaunches(shop, current, old);
  addInstances(shop, current, old);
  shop
    .volume('exports-2024', { tags: { Name: 'exports-2024' } })
    .document('brightcart-restart-shop', { sharedWith: ['all'] })
    .document('brightcart-deploy-shop', { sharedWith: ['222233334444'] })
    .snapshot('payments-database-nightly', { created: 1, encrypted: true, tags: { Name: 'payments-database-nightly' } })
    .snapshot('shop-database-before-the-move', { created: 510, public: true, tags: { Name: 'shop-database-before-the-move' } });
}

/** The night batch pins a version of long ago; the catalogue has a launch configuration of those that nobody dares to touch. */
function addLaunches(shop: Account, current: string, old: string): void {
  shop
    .launchTemplate('payments-api', { versions: [old, { image: current, tokens: 'required' }] })
    .launchTemplate('night-batch', { versions: [{ image: old, publicAddress: true, userData: WITH_SECRET }] })
    .autoScalingGroup('payments-api', { template: 'payments-api', version: '$Latest' })
    .autoScalingGroup('night-batch', { template: 'night-batch', version: '1' })
    .autoScalingGroup('thumbnails', { configuration: { image: current, tokens: 'required', publicAddress: false } })
    .autoScalingGroup('catalogue', {
      configuration: { image: old, tokens: 'optional', publicAddress: true, userData: WITH_SECRET },
      zones: ['a'],
    });
}

/** What AWS leaves open in each region of an account until somebody closes it. */
export function closeRegions(archive: Account, regions: readonly string[]): Account {
  for (const region of regions) {
    archive.regionSettings(region, {
      ...{ snapshotBlock: 'block-all-sharing', tokens: 'required', allowedImages: 'enabled', publicDocuments: false },
      vpcBlock: 'block-ingress',
    });
  }
  return archive;
}

function addInstances(shop: Account, current: string, old: string): void {
  const careful = { tokens: 'required', public: false } as const;
  const payments = {
    ...careful,
    subnet: 'payments',
    groups: ['payments-api'],
    profile: 'payments-api',
    os: AMAZON_LINUX,
    patches: PATCHED,
  };
  shop
    .instance('payments-api-1', { ...payments, image: current, launched: 5 })
    .instance('payments-api-2', { ...payments, image: current, launched: 5 })
    .instance('staging-1', { ...careful, image: current, groups: [STAGING], os: AMAZON_LINUX, patches: PATCHED })
    .instance('storefront-1', {
      ...{ ...careful, image: current, groups: ['storefront'], profile: 'storefront', launched: 5 },
      ...{ os: AMAZON_LINUX, patches: PATCHED },
    })
    // Nobody has installed SSM Agent: which patches are missing, nobody knows.
    // Through it, analysts reach their database.
    .instance('bastion', {
      ...{ image: old, groups: ['bastion', 'analytics-database'], public: true, launched: 3, made: 400, encrypted: false },
    })
    .instance('night-batch-1', {
      ...{ ...careful, image: old, template: 'night-batch', group: 'night-batch', profile: 'payments-api' },
      ...{ os: AMAZON_LINUX, patches: PATCHED, launched: 2 },
    })
    .instance('reports', {
      image: 'ubuntu/images/hvm-ssd/ubuntu-focal-20.04-amd64-server-20250530',
      groups: ['reports'],
      public: false,
      launched: 500,
      hopLimit: 2,
      encrypted: false,
      os: { name: 'Ubuntu', version: '20.04' },
      patches: { missing: 14, criticalNonCompliant: 3, operation: 'Scan', ended: 2 },
    })
    .instance('cache', { ...careful, image: 'turbo-cache-7.2.1', os: AMAZON_LINUX, patches: PATCHED, launched: 28 });
}

/** As Amazon names the images of Amazon Linux 2023. */
function amazonLinux(age: number, now: Date): string {
  const date = toDate(age, now).toISOString().slice(0, 10).replaceAll('-', '');
  return `al2023-ami-2023.9.${date}.0-kernel-6.1-x86_64`;
}
