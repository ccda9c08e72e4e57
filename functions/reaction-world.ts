import type { Audited } from '../config/config.ts';
import { toExceptions } from '../findings/exceptions.ts';
import { activityJudge } from '../findings/judge-activities.ts';
import { keepActivities } from '../findings/keep-activities.ts';
import { openQueue } from '../findings/look-again.ts';
import type { ReactionWorld } from '../findings/react.ts';
import { touchIndex } from '../inventory/events/touches.ts';
import { isHeartbeat } from '../inventory/heartbeat.ts';
import { sources } from '../inventory/registry.ts';
import { GLOBAL, type Scope } from '../inventory/resource.ts';
import { chosenActivities } from './chosen-activities.ts';
import { enterMember } from './members.ts';
import { once } from './once.ts';
import { staySignedIn } from './sessions.ts';
import { deployedConfig, setting } from './settings.ts';
import { now, openReactions, openStore } from './table.ts';

/** What it takes to react to events, but for the time and the checks, which judge by it. `own` is the account that the function is in. */
export const openReactionWorld = once(async (own: string): Promise<Omit<ReactionWorld, 'checks' | 'outOfTime'>> => {
  const { audited, regions, exceptions } = deployedConfig();
  const [store, reactions, lookAgain] = await Promise.all([openStore(), openReactions(), openQueue(setting('POSTURE_EVENTS'))]);
  const role = setting('POSTURE_ROLE');
  return {
    ...staySignedIn(async (accountId) => ({ ...(await enterMember(accountId, 'react')), exceptions }), now),
    ...{ sources, store, reactions, lookAgain, now, exceptions: toExceptions(exceptions) },
    judge: activityJudge(chosenActivities()),
    keep: (event, judged) => keepActivities(event, judged, { store: reactions, now }),
    touchesOf: touchIndex(sources),
    isHeartbeat: (event) => isHeartbeat(event, role),
    isAudited: (scope) => isPlace(scope) && isAuditedAccount(audited, own, scope.accountId) && isWanted(regions, scope.region),
  };
});

/** An event may say anything: of what is no account's id and no region's name no address is made. */
function isPlace({ accountId, region }: Scope): boolean {
  return /^\d{12}$/.test(accountId) && (region === GLOBAL || /^[a-z]{2,8}(-[a-z]{2,16}){1,4}-\d{1,2}$/.test(region));
}

/** Of an organization the members are not asked for: an account that is none of them does not let us in. */
function isAuditedAccount(audited: Audited, own: string, accountId: string): boolean {
  switch (audited.kind) {
    case 'own':
      return accountId === own;
    case 'accounts':
      return audited.accounts.includes(accountId);
    case 'organization':
      return !audited.exclude.includes(accountId);
    default:
      return audited satisfies never;
  }
}

function isWanted(regions: readonly string[] | undefined, region: string): boolean {
  return region === GLOBAL || regions === undefined || regions.includes(region);
}
