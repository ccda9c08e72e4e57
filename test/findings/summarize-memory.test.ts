import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import type { Finding } from '../../findings/finding.ts';
import type { Message } from '../../findings/message.ts';
import type { RunRecord } from '../../findings/run.ts';
import type { StateFilter } from '../../findings/store.ts';
import { summarizeAudit } from '../../findings/summarize.ts';
import { memoryAuditStore } from './memory-audit-store.ts';
import { memoryReactionStore } from './memory-reaction-store.ts';
import { at, entry, finding, group, run } from './samples.ts';

const ACCOUNTS = 1_000;
const FINDINGS = 60;
const RUN_ID = 'run-9';

/** Counts how many of the findings that were made are still held by somebody. */
function census() {
  setFlagsFromString('--expose-gc');
  const collectGarbage: unknown = runInNewContext('gc');
  let made: WeakRef<Finding>[] = [];
  let most = 0;
  return {
    add(each: Finding): Finding {
      made.push(new WeakRef(each));
      return each;
    },
    count(): void {
      if (typeof collectGarbage !== 'function') throw new Error('no way to collect garbage');
      collectGarbage();
      made = made.filter((reference) => reference.deref() !== undefined);
      most = Math.max(most, made.length);
    },
    most: () => most,
  };
}

test('a thousand accounts pass by, and few of their findings are held at once', { timeout: 120_000 }, async () => {
  const { add, count, most } = census();
  const accountIds = Array.from({ length: ACCOUNTS }, (_, n) => String(100_000_000_000 + n));
  const audits = memoryAuditStore();
  const audit = { id: RUN_ID, executionArn: 'arn', startedAt: at(9), finishedAt: undefined, digest: 'unsent' } as const;
  await audits.saveAudit({ ...audit, accounts: accountIds, refused: [], leftOut: [] });
  let begun = 0;
  const told: Message[] = [];
  const summary = await summarizeAudit({
    ...{ runId: RUN_ID, audits, reactions: memoryReactionStore(), now: () => new Date(at(10)) },
    store: {
      async *runs(accountId = '') {
        const { coverage: _, ...rest } = run(9, { id: RUN_ID, accountId, digest: 'none', finishedAt: undefined, regions: ['eu-west-1'] });
        yield { ...rest, coverage: undefined } satisfies RunRecord;
      },
      saveRun: async () => undefined,
      async *scopeRecords(accountId = '') {
        const usage = { calls: 3, throttles: 0, milliseconds: 5 };
        const sight = { resources: 7, evaluations: 9, unknown: 0, crashed: 0, incompleteTypes: [], gaps: [], usage };
        yield { accountId, region: 'eu-west-1', runId: RUN_ID, seenAt: at(9), blindSince: {}, firstRunId: 'run-1', sight };
      },
      async *findingsInState(state, accountId = '') {
        for (let n = 0; n < FINDINGS / 2; n += 1) yield add(movedNow(state, accountId, n));
        if ((begun += 1) % 200 === 0) {
          // Garbage is only told from what is held between two turns of the event loop.
          await new Promise((resolve) => setImmediate(resolve));
          count();
        }
      },
    },
    async tell(message) {
      told.push(message);
      return 'published';
    },
  });
  expect(summary).toMatchObject({ opened: (ACCOUNTS * FINDINGS) / 2, resolved: (ACCOUNTS * FINDINGS) / 2, resources: 7 * ACCOUNTS });
  expect(told[0]?.subject).toBe('[LOW][DIGEST] 1000 accounts: 30000 opened, 30000 resolved');
  expect(most()).toBeGreaterThan(FINDINGS);
  expect(most()).toBeLessThan(2_000);
});

function movedNow(listed: StateFilter, accountId: string, n: number): Finding {
  const state = listed === 'resolved' ? 'resolved' : 'open';
  const kind = state === 'open' ? 'opened' : 'resolved';
  const resource = { ...group(`sg-${n}`), accountId };
  const step = { ...entry(kind, 9, 'LOW'), runId: RUN_ID };
  return finding(`sg-${n}`, { id: `${accountId}-${state}-${n}`, resource, state, severity: 'LOW', history: [step] });
}
