import { marshall } from '@aws-sdk/util-dynamodb';
import fc from 'fast-check';
import { expect } from 'vitest';
import type { Ledger } from '../../findings/audit-store.ts';
import { confirmTold, deduplicationIdIn } from '../../findings/confirm.ts';
import { findingItem } from '../../findings/dynamodb-items.ts';
import type { Finding } from '../../findings/finding.ts';
import type { Message } from '../../findings/message.ts';
import { type Notifier, notifyChange } from '../../findings/notify.ts';
import { reconcileOne } from '../../findings/reconcile.ts';
import { toPublication } from '../../findings/sns-publisher.ts';
import type { FindingStore } from '../../findings/store.ts';
import { findingOfImage } from '../../findings/stream-record.ts';
import { isNewestUrgent } from '../../findings/urgent.ts';
import { adminPorts, fails, group, look, passes } from './samples.ts';

/**
 * What becomes of one operation of the notifier. The process may die before or after it; or it lives, and is told that the operation failed:
 * `refused`, nothing was done; `lost`, all was done.
 */
type Fate = 'well' | 'dies before' | 'dies after' | 'refused' | 'lost';

/**
 * A look at the resource, which may have read the finding before it was last marked as announced;
 * or the next record of the stream, handed over until it was taken so often.
 */
type Event =
  | { readonly what: 'look'; readonly verdict: string; readonly readEarly: boolean }
  | { readonly what: 'record'; readonly times: number };

export interface Story {
  readonly events: readonly Event[];
  /** Of the notifier's operations, one after the other; all go well when these are used up. */
  readonly fates: readonly Fate[];
  /** After how many milliseconds the topic hands back each message that it took. */
  readonly delays: readonly number[];
  /** How many milliseconds go by before a record that was not taken is handed over again. */
  readonly pause: number;
}

const event: fc.Arbitrary<Event> = fc.oneof(
  fc.record({
    what: fc.constant('look' as const),
    verdict: fc.constantFrom('PASS', 'CRITICAL', 'HIGH', 'HIGH', 'LOW', 'other'),
    readEarly: fc.boolean(),
  }),
  fc.record({ what: fc.constant('record' as const), times: fc.integer({ min: 1, max: 3 }) }),
);

export const story: fc.Arbitrary<Story> = fc.record({
  events: fc.array(event, { maxLength: 16 }),
  fates: fc.array(fc.constantFrom<Fate>('well', 'well', 'dies before', 'dies after', 'refused', 'lost'), { maxLength: 24 }),
  delays: fc.array(fc.integer({ min: 0, max: 59_999 }), { minLength: 1, maxLength: 4 }),
  pause: fc.constantFrom(0, 500, 30_000, 120_000),
});

export interface World {
  /** A notifier whose operations meet the story's fates: another process each time. */
  readonly startProcess: () => Notifier & { readonly store: FindingStore };
  readonly play: () => Promise<void>;
  readonly pass: (milliseconds: number) => Promise<void>;
  /** How often each message was accepted, by deduplication id. */
  readonly published: ReadonlyMap<string, number>;
  /** The deduplication ids of what deserved a message of its own. */
  readonly deserved: readonly string[];
}

/** One finding's life: looks that are saved, a stream that hands over what was saved, a topic that hands back what it took. */
export function tellingWorld(
  resourceId: string,
  store: FindingStore,
  openLedger: () => Ledger,
  { events, fates, delays, pause }: Story,
): World {
  let clock = Date.UTC(2026, 10, 22);
  let operations = 0;
  let looks = 0;
  let saved: Finding | undefined;
  const records: unknown[] = [];
  const handBacks: { readonly due: number; readonly message: Message }[] = [];
  const published = new Map<string, number>();
  const deserved: string[] = [];
  const now = (): Date => new Date(clock);
  const topicLedger = openLedger();

  async function pass(milliseconds: number): Promise<void> {
    const until = clock + milliseconds;
    for (const next of handBacks.sort((a, b) => a.due - b.due).splice(0, handBacks.filter(({ due }) => due <= until).length)) {
      clock = Math.max(clock, next.due);
      const { Message } = toPublication(next.message);
      await confirmTold(deduplicationIdIn({ Message: JSON.parse(Message).default }), { ledger: topicLedger, now });
    }
    clock = until;
  }

  function streamed(changed: Finding): void {
    records.push(JSON.parse(JSON.stringify(marshall(findingItem(changed), { removeUndefinedValues: true }))));
  }

  async function seen(verdict: string, readEarly: boolean): Promise<void> {
    looks += 1;
    const resource = group(resourceId);
    const observedAt = new Date(Date.UTC(2026, 10, 21) + looks * 60_000).toISOString();
    const known = readEarly || !saved ? saved : await store.finding(saved.id);
    const next = reconcileOne(known, toEvaluation(resource, verdict), look(0, { runId: `run-${looks}`, observedAt }))?.finding;
    if (!next) return;
    expect(await store.save(next)).toBe('saved');
    saved = next;
    streamed(next);
    if (isNewestUrgent(next.history)) deserved.push(`${next.id}-${next.version}`);
  }

  function startProcess() {
    let isDead = false;
    const own = openLedger();
    async function operate<Result>(work: () => Promise<Result>, refusal: object = {}): Promise<Result> {
      if (isDead) throw new Error('dead');
      const fate = fates[operations++] ?? 'well';
      isDead = fate.startsWith('dies');
      if (fate === 'dies before' || fate === 'refused') throw Object.assign(new Error(fate), fate === 'refused' ? refusal : {});
      const result = await work();
      if (fate !== 'well') throw new Error(fate);
      return result;
    }
    const notifier: Notifier & { readonly store: FindingStore } = {
      checks: [adminPorts],
      now,
      wait: pass,
      ledger: {
        claim: (...given) => operate(() => own.claim(...given)),
        markTold: (...given) => operate(() => own.markTold(...given)),
        release: (...given) => operate(() => own.release(...given)),
      },
      publisher: {
        publish: (message) =>
          operate(
            async () => {
              const { deduplicationId } = message;
              published.set(deduplicationId, (published.get(deduplicationId) ?? 0) + 1);
              handBacks.push({ due: clock + (delays[published.size % delays.length] ?? 0), message });
            },
            { $metadata: { httpStatusCode: 429, attempts: 1 } },
          ),
      },
      store: {
        ...store,
        markAnnounced: (id, version) =>
          operate(async () => {
            await store.markAnnounced(id, version);
            const changed = await store.finding(id);
            if (changed) streamed(changed);
          }),
      },
    };
    return notifier;
  }

  async function handOver(image: unknown, times: number): Promise<void> {
    const changed = findingOfImage(image);
    if (!changed) throw new Error('the stream lost a finding');
    for (let taken = 0; taken < times; ) {
      const outcome = await notifyChange(changed, startProcess()).catch(() => 'failed');
      if (outcome === 'failed') await pass(pause);
      else taken += 1;
    }
  }

  return {
    startProcess,
    pass,
    published,
    deserved,
    async play() {
      for (const each of events) {
        if (each.what === 'look') await seen(each.verdict, each.readEarly);
        else if (records.length > 0) await handOver(records.shift(), each.times);
      }
      while (records.length > 0) await handOver(records.shift(), 1);
      await pass(60_000);
    },
  };
}

function toEvaluation(resource: ReturnType<typeof group>, verdict: string) {
  switch (verdict) {
    case 'PASS':
      return passes(resource);
    case 'CRITICAL':
    case 'HIGH':
    case 'LOW':
      return fails(resource, verdict);
    default:
      return fails(resource, 'HIGH', 'RDP (3389) open to the internet');
  }
}
