import { toDate } from '../account/description.ts';
import type { Account } from '../account.ts';
import { STAGING } from './network.ts';

const CANONICAL = '099720109477';
/** An account that nobody at Brightcart knows. */
const STRANGER = '777788889999';

const AMAZON_LINUX = { name: 'Amazon Linux', version: '2023' };
const PATCHED = { missing: 0, operation: 'Scan', ended: 1 } as const;

/** Instances, what they were started from, launch templates and snapshots. */
export function addMachines(shop: Account, now: Date): void {
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
  addInstances(shop, current, old);
  shop
    .launchTemplate('payments-api', { versions: [old, current] })
    .launchTemplate('night-batch', { versions: [old] })
    .snapshot('payments-database-nightly', { created: 1, encrypted: true, tags: { Name: 'payments-database-nightly' } })
    .snapshot('shop-database-before-the-move', { created: 510, public: true, tags: { Name: 'shop-database-before-the-move' } });
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
    // Nobody has installed SSM Agent: which patches are missing, nobody knows.
    .instance('bastion', { image: old, groups: ['bastion'], public: true, launched: 400 })
    .instance('reports', {
      image: 'ubuntu/images/hvm-ssd/ubuntu-focal-20.04-amd64-server-20250530',
      groups: ['reports'],
      public: false,
      launched: 500,
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
