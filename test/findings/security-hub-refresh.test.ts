import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { toAsff } from '../../findings/asff.ts';
import type { AuditRecord } from '../../findings/audit-record.ts';
import type { Finding } from '../../findings/finding.ts';
import { memoryStore } from '../../findings/memory-store.ts';
import { isDue, refreshImported, toRefreshDays } from '../../findings/security-hub-refresh.ts';
import type { FindingStore } from '../../findings/store.ts';
import { ACCOUNT, adminPorts, collect, finding, SCOPE } from './samples.ts';

const hub = { partition: 'aws', region: 'eu-west-1', accountId: '999988887777' };
const onDay = (day: number, hour = 6): string => new Date(Date.UTC(2026, 10, 22 + day, hour)).toISOString();
const ids = fc.stringMatching(/^[0-9a-f]{32}$/);

describe('the turn of a finding', () => {
  test('comes once in any thirty days, however often and however seldom audits are', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 40 });
    const property = fc.property(ids, gaps, (id, between) => {
      const days = [0];
      for (const gap of between) days.push((days.at(-1) ?? 0) + gap);
      const last = days.at(-1) ?? 0;
      const turns = days.slice(1).filter((day, index) => isDue(id, toRefreshDays(onDay(day), onDay(days[index] ?? 0)))).length;
      expect(turns).toBeGreaterThanOrEqual(Math.floor(last / 30));
      expect(turns).toBeLessThanOrEqual(Math.ceil(last / 30));
    });
    fc.assert(property);
  });

  test('never comes later than 42 days after the last where audits are at most 12 days apart', () => {
    const property = fc.property(ids, fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 20, maxLength: 60 }), (id, between) => {
      let [day, lastTurn] = [0, 0];
      for (const gap of between) {
        if (isDue(id, toRefreshDays(onDay(day + gap), onDay(day)))) lastTurn = day + gap;
        day += gap;
        expect(day - lastTurn).toBeLessThanOrEqual(42);
      }
    });
    fc.assert(property);
  });

  test('is that of everything in the first audit, and of nothing in a second one on the same day', () => {
    fc.assert(fc.property(ids, (id) => isDue(id, toRefreshDays(onDay(0), undefined))));
    fc.assert(fc.property(ids, (id) => !isDue(id, toRefreshDays(onDay(0, 18), onDay(0, 6)))));
  });
});

describe('importing again', () => {
  let store: FindingStore;
  let reads: number;
  beforeEach(() => {
    store = memoryStore();
    reads = 0;
  });

  const audit = (startedAt: string): AuditRecord => ({
    ...{
      id: startedAt,
      executionArn: 'arn',
      startedAt,
      finishedAt: undefined,
      accounts: [ACCOUNT],
      refused: [],
      leftOut: [],
      digest: 'sent',
    },
  });

  async function refresh(now: AuditRecord, earlier: readonly AuditRecord[], change: { refuse?: string; outOfTime?: () => boolean } = {}) {
    const batches: (readonly { readonly Id?: string | undefined; readonly UpdatedAt?: string | undefined }[])[] = [];
    const refreshed = await refreshImported({
      audit: now,
      audits: {
        async *audits() {
          yield* [now, ...earlier];
        },
      },
      store: {
        findingsInState(...asked) {
          reads += 1;
          return store.findingsInState(...asked);
        },
      },
      publisher: {
        async publish(findings) {
          batches.push([...findings]);
          return new Map(findings.flatMap(({ Id }) => (Id !== undefined && Id === change.refuse ? [[Id, 'InvalidInput: no']] : [])));
        },
      },
      toImported: (each: Finding) => toAsff(each, adminPorts, hub),
      outOfTime: change.outOfTime ?? (() => false),
    });
    return { refreshed, batches };
  }

  const keep = async (count: number, change: Partial<Finding> = {}) => {
    for (let n = 0; n < count; n += 1) await store.save(finding(`sg-${n}`, { scope: SCOPE, ...change }));
    return collect(store.findingsInState('open'));
  };

  test('takes everything in thirty days of audits, each finding once, as newly confirmed', async () => {
    const all = await keep(60);
    const imported: string[] = [];
    for (let day = 1; day <= 30; day += 1) {
      const { batches } = await refresh(audit(onDay(day)), [audit(onDay(day - 1)), audit(onDay(day - 2))]);
      for (const each of batches.flat()) {
        imported.push(each.Id ?? '');
        expect(each.UpdatedAt).toBe(onDay(day, 5));
      }
    }
    expect(imported.sort()).toEqual(all.map(({ id }) => `cloud-posture/${id}`).sort());
  });

  test('is in requests of at most a hundred', async () => {
    await keep(250);
    const { batches, refreshed } = await refresh(audit(onDay(0)), []);
    expect(batches.map(({ length }) => length)).toEqual([100, 100, 50]);
    expect(refreshed).toEqual({ imported: 250, refused: new Map(), complete: true });
  });

  test('is never older than the finding itself', async () => {
    const observedAt = onDay(0, 7);
    await keep(1, { observedAt });
    expect((await refresh(audit(onDay(0)), [])).batches).toMatchObject([[{ UpdatedAt: observedAt }]]);
  });

  test('leaves alone what is resolved or excepted', async () => {
    await store.save(finding('sg-1', { state: 'resolved', resolvedAt: onDay(0) }));
    await store.save(finding('sg-2', { state: 'excepted' }));
    expect((await refresh(audit(onDay(0)), [])).batches).toEqual([]);
  });

  test('reads nothing in the second audit of a day', async () => {
    await keep(3);
    expect(await refresh(audit(onDay(0, 18)), [audit(onDay(0, 6))])).toMatchObject({ batches: [], refreshed: { complete: true } });
    expect(reads).toBe(0);
  });

  test('says what was refused', async () => {
    const [first] = await keep(2);
    const Id = `cloud-posture/${first?.id}`;
    const { refreshed } = await refresh(audit(onDay(0)), [], { refuse: Id });
    expect(refreshed).toEqual({ imported: 1, refused: new Map([[Id, 'InvalidInput: no']]), complete: true });
  });

  test('stops when time is out, and says so', async () => {
    await keep(3);
    expect((await refresh(audit(onDay(0)), [], { outOfTime: () => true })).refreshed).toMatchObject({ imported: 0, complete: false });
  });
});
