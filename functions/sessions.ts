import { isUnread } from '../checks/predicates/logic.ts';
import { CoverageLog } from '../inventory/coverage.ts';
import type { UnreadReason } from '../inventory/facet.ts';
import type { Session } from '../inventory/session.ts';

/** What is kept of an account that was entered: STS lets us stay for an hour, but a policy that has changed is to be felt sooner. */
const MINUTES = 10;
/** Seconds for which an account that does not let us in is not asked again, however much happens there: STS would be asked for each event. */
const REFUSED_SECONDS = 60;
/** Each holds a client per service and region. */
const MOST_SESSIONS = 50;

const NOT_ASKED: UnreadReason = {
  ...{ cause: 'no-data', operation: 'ec2:DescribeRegions', permissions: [] },
  message: 'the regions of the account are not asked for when an event is judged',
};

export interface Sessions {
  /** @throws Unread when the account does not let us in */
  readonly enter: (accountId: string) => Promise<Session>;
  /** Forgets the account's session. */
  readonly leave: (accountId: string) => void;
}

/** Stays in accounts from one batch of events to the next. The sessions share connections, and nothing of what was seen. */
export function staySignedIn(signIn: (accountId: string) => Promise<Session>, now: () => Date): Sessions {
  const known = new Map<string, { readonly until: number; readonly session: Promise<Session> }>();
  const leave = (accountId: string) => void known.delete(accountId);
  const refused = (accountId: string, session: Promise<Session>, error: unknown) => {
    if (known.get(accountId)?.session !== session) return;
    if (isDenied(error)) known.set(accountId, { until: now().getTime() + REFUSED_SECONDS * 1_000, session });
    else leave(accountId);
  };
  return {
    leave,
    async enter(accountId) {
      const remembered = known.get(accountId);
      if (remembered && remembered.until > now().getTime()) return fresh(await remembered.session);
      const session = signIn(accountId);
      leave(accountId);
      known.set(accountId, { until: now().getTime() + MINUTES * 60_000, session });
      for (const oldest of known.keys()) if (known.size > MOST_SESSIONS) leave(oldest);
      try {
        return fresh(await session);
      } catch (error) {
        refused(accountId, session, error);
        throw error;
      }
    },
  };
}

function isDenied(error: unknown): boolean {
  return isUnread(error) && error.reason.cause === 'denied';
}

function fresh(session: Session): Session {
  return { ...session, coverage: new CoverageLog(), regions: [], regionsUnread: NOT_ASKED };
}
