import type { Severity } from '../../checks/check.ts';
import type { CausedTouch } from '../../findings/arrival.ts';
import type { Finding } from '../../findings/finding.ts';
import { type ReactionWorld, react } from '../../findings/react.ts';
import type { Reaction } from '../../findings/reaction.ts';
import { openSqliteStore } from '../../findings/sqlite-store.ts';
import type { Touch } from '../../inventory/events/touch.ts';
import { Unread, type UnreadCause } from '../../inventory/facet.ts';
import type { ResourceSource } from '../../inventory/reader.ts';
import { exampleEvent } from '../checks/activity/example-event.ts';
import { testSession } from '../inventory/session.ts';
import { fakeChecks, fakeSources, REGION, type Thing, TYPES, type World } from './fake-scope.ts';
import { memoryReactionStore } from './memory-reaction-store.ts';
import { ACCOUNT, collect, SCOPE } from './samples.ts';

export const [GROUP, ACL] = TYPES;
/** The facet that the checks of the fake scope rest on. */
export const FACET = 'ebsEncryptionByDefault';

/** A time of the day on which all tests happen, in seconds after noon. */
export function noon(seconds: number): string {
  return new Date(Date.UTC(2026, 10, 21, 12, 0, seconds)).toISOString();
}

export function group(status: Thing['status'], id = 'sg-1'): Thing {
  return { type: GROUP, id, status };
}

/** What events touch, by their ids. */
const touched = new Map<string, readonly Partial<Touch>[]>();

/** What somebody did so many seconds after noon, and what they touched by it. */
export function did(name: string, seconds: number, touches: Partial<Touch> | readonly Partial<Touch>[] = {}, record: object = {}) {
  const event = exampleEvent({
    eventSource: 'ec2.amazonaws.com',
    eventName: name,
    eventID: `${name}-${seconds}`,
    eventTime: noon(seconds),
    recipientAccountId: ACCOUNT,
    ...record,
  });
  touched.set(event.id, [touches].flat());
  return { messageId: `message of ${name}-${seconds}`, event };
}

/** A fake account of which everything can be changed between two reactions, on a real store of findings. */
export async function reactingWorld(path: string, severity: Severity = 'HIGH') {
  const store = await openSqliteStore(path);
  const reactions = memoryReactionStore();
  const told: CausedTouch[][] = [];
  const asked: string[] = [];
  const kept: string[] = [];
  const state = {
    things: [] as readonly Thing[],
    broken: [] as World['broken'],
    /** How listings and accounts refuse. */
    refusing: undefined as UnreadCause | undefined,
    locked: undefined as UnreadCause | undefined,
    now: 0,
  };
  const sources = fakeSources(() => state).map(
    (source): ResourceSource => ({
      ...source,
      async list(session, scope) {
        asked.push(`all of ${source.type}`);
        if (state.refusing) throw refusal(state.refusing);
        return source.list(session, scope);
      },
      async only(session, scope, ids) {
        asked.push(ids.join(' '));
        if (state.refusing) throw refusal(state.refusing);
        return (await source.list(session, scope)).filter(({ identity }) => ids.includes(identity.id) || ids.includes(identity.arn));
      },
    }),
  );
  const world: ReactionWorld = {
    ...{ sources, store, reactions, checks: fakeChecks(severity) },
    judge: () => [],
    async keep(event) {
      kept.push(event.id);
      return [];
    },
    touchesOf: ({ id, accountId, region }) =>
      (touched.get(id) ?? []).map((touch) => ({
        ...{ resourceType: GROUP, resourceId: 'sg-1', accountId, region, facets: 'all' as const, gone: false, indirect: false },
        ...touch,
      })),
    isHeartbeat: ({ name }) => name === 'Heartbeat',
    isAudited: ({ accountId }) => accountId !== '999999999999',
    async enter(accountId) {
      asked.push(`enter ${accountId}`);
      if (state.locked) throw refusal(state.locked, 'sts:AssumeRole');
      return { ...testSession(), accountId };
    },
    leave: (accountId) => void asked.push(`leave ${accountId}`),
    async lookAgain(touches) {
      told.push([...touches]);
    },
    now: () => new Date(noon(state.now)),
    outOfTime: () => false,
  };
  return {
    ...{ state, world, store, reactions, asked, kept },
    /** What was asked to be looked at again. */
    again: told,
    /** At a time, with the world as it is or as it is changed. */
    react: (seconds: number, arrivals: Parameters<typeof react>[0], change: Partial<ReactionWorld> = {}): Promise<Reaction> => {
      state.now = seconds;
      return react(arrivals, { ...world, ...change });
    },
    /** An audit has looked so many seconds after noon. */
    audited: (seconds: number) => store.saveScopeRecord({ ...SCOPE, runId: 'run-1', seenAt: noon(seconds), blindSince: {} }),
    /** How often AWS was asked for resources. */
    reads: () => asked.filter((what) => !/^(enter|leave) /.test(what)),
    findings: (): Promise<readonly Finding[]> => collect(store.findings(SCOPE)),
    find: async (id = 'sg-1') => (await collect(store.findings(SCOPE))).find(({ resource }) => resource.id === id),
  };
}

export function refusal(cause: UnreadCause, operation = 'ec2:DescribeThings'): Unread {
  return new Unread({ cause, operation, permissions: [operation], message: `${operation}: ${cause}` });
}

export { REGION };
