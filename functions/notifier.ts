import { setTimeout as wait } from 'node:timers/promises';
import { activityChecks } from '../checks/activity-registry.ts';
import { checks } from '../checks/registry.ts';
import type { Notifier } from '../findings/notify.ts';
import type { ActivityNotifier } from '../findings/notify-activity.ts';
import type { ReactionStore } from '../findings/reaction-store.ts';
import { snsPublisher } from '../findings/sns-publisher.ts';
import type { FindingStore } from '../findings/store.ts';
import { once } from './once.ts';
import { setting } from './settings.ts';
import { now, openAudits, openReactions, openStore } from './table.ts';

/** What it takes to tell each thing once on the hub's topic. */
export const openNotifier = once(
  async (): Promise<Notifier & ActivityNotifier & { readonly store: FindingStore; readonly reactions: ReactionStore }> => {
    const [store, ledger, reactions, publisher] = await Promise.all([
      openStore(),
      openAudits(),
      openReactions(),
      snsPublisher(setting('POSTURE_TOPIC'), undefined, 'once'),
    ]);
    return { store, ledger, reactions, publisher, checks, activityChecks, now, wait };
  },
);
