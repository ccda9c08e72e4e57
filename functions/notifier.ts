import { setTimeout as wait } from 'node:timers/promises';
import { checks } from '../checks/registry.ts';
import type { Notifier } from '../findings/notify.ts';
import { snsPublisher } from '../findings/sns-publisher.ts';
import type { FindingStore } from '../findings/store.ts';
import { once } from './once.ts';
import { setting } from './settings.ts';
import { now, openAudits, openStore } from './table.ts';

/** What it takes to tell each thing once on the hub's topic. */
export const openNotifier = once(async (): Promise<Notifier & { readonly store: FindingStore }> => {
  const [store, ledger, publisher] = await Promise.all([
    openStore(),
    openAudits(),
    snsPublisher(setting('POSTURE_TOPIC'), undefined, 'once'),
  ]);
  return { store, ledger, publisher, checks, now, wait };
});
