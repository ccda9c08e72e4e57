import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Finding } from '../../findings/finding.ts';
import { reconcile, reconcileOne } from '../../findings/reconcile.ts';
import type { ScopeRecord } from '../../findings/run.ts';
import { saveTransitions } from '../../findings/save.ts';
import type { FindingStore } from '../../findings/store.ts';
import { ACCOUNT, at, collect, entry, fails, finding, group, look, passes, run, SCOPE } from './samples.ts';

const ELSEWHERE = { accountId: ACCOUNT, region: 'eu-west-10' };
const OTHER_ACCOUNT = { accountId: '444455556666', region: 'eu-west-1' };

/** What every store must do. `open` gives a new connection to the same store, `empty` makes that store a new one. */
export function storeContract(
  name: string,
  stored: { readonly empty: () => Promise<void>; readonly open: () => Promise<FindingStore> },
): void {
  describe(name, () => {
    let store: FindingStore;
    beforeEach(async () => {
      await stored.empty();
      store = await stored.open();
    }, 60_000);
    afterEach(() => store.close());

    const idsOf = async (findings: AsyncIterable<Finding>) => (await collect(findings)).map(({ resource }) => resource.id).sort();

    test('gives back what was saved, to the letter', async () => {
      const odd = finding('sg-1', {
        evidence: { deep: { list: [{ a: 1.5, b: [true, ''] }] }, text: '\u0000\u001b[31m "ü" 🙂 \ud83d' },
        reason: 'ü 🙂 "quoted" \u001b[31m',
        resource: group('sg-1', { '': 'empty key', 'aws:x': '', постав: 'ü' }),
        history: [],
      });
      expect(await store.save(odd)).toBe('saved');
      expect(await store.finding(odd.id)).toStrictEqual(odd);
      expect(await collect(store.findings(SCOPE))).toStrictEqual([odd]);
    });

    test('does not know what was never saved', async () => {
      expect(await store.finding('none')).toBeUndefined();
      expect(await collect(store.runsOf('none'))).toEqual([]);
      expect(await store.scopeRecord(SCOPE)).toBeUndefined();
      expect(await collect(store.findings(SCOPE))).toEqual([]);
    });

    test('keeps what was saved for the next who opens it', async () => {
      await store.save(finding('sg-1'));
      const next = await stored.open();
      expect(await idsOf(next.findings(SCOPE))).toEqual(['sg-1']);
      await next.close();
    });

    test('lists a scope without its neighbours', async () => {
      for (const kept of [
        finding('sg-open'),
        finding('sg-resolved', { state: 'resolved', resolvedAt: at(2) }),
        finding('sg-elsewhere', { scope: ELSEWHERE }),
        finding('sg-other', { scope: OTHER_ACCOUNT }),
      ]) {
        await store.save(kept);
      }
      expect(await idsOf(store.findings(SCOPE))).toEqual(['sg-open', 'sg-resolved']);
      expect(await idsOf(store.findings(SCOPE, 'open'))).toEqual(['sg-open']);
      expect(await idsOf(store.findings(SCOPE, 'resolved'))).toEqual(['sg-resolved']);
      expect(await idsOf(store.findingsInState('open', ACCOUNT))).toEqual(['sg-elsewhere', 'sg-open']);
      expect(await idsOf(store.findingsInState('open'))).toEqual(['sg-elsewhere', 'sg-open', 'sg-other']);
      expect(await idsOf(store.findingsInState('resolved', ACCOUNT))).toEqual(['sg-resolved']);
      expect(await idsOf(store.findingsInState('resolved', ACCOUNT, at(1)))).toEqual(['sg-resolved']);
      expect(await idsOf(store.findingsInState('resolved', ACCOUNT, at(2)))).toEqual([]);
      expect(await idsOf(store.findingsInState('resolved'))).toEqual(['sg-resolved']);
    });

    test('lists what is excepted by itself, and with what is open', async () => {
      const exception = { owner: 'web@example.com', reason: 'it moves in June', expires: '2026-12-31', ticket: 'OPS-1' };
      const excepted = finding('sg-excepted', {
        ...{ state: 'excepted', exception, judgedAt: at(1), observedAt: at(2) },
        history: [{ ...entry('excepted', 2), exception }],
      });
      for (const kept of [finding('sg-open'), excepted, finding('sg-resolved', { state: 'resolved' })]) await store.save(kept);
      expect(await store.finding(excepted.id)).toStrictEqual(excepted);
      expect(await idsOf(store.findings(SCOPE, 'open'))).toEqual(['sg-open']);
      expect(await collect(store.findings(SCOPE, 'excepted'))).toStrictEqual([excepted]);
      expect(await idsOf(store.findings(SCOPE, 'unresolved'))).toEqual(['sg-excepted', 'sg-open']);
      expect(await idsOf(store.findings(SCOPE))).toEqual(['sg-excepted', 'sg-open', 'sg-resolved']);
      for (const account of [ACCOUNT, undefined]) {
        expect(await idsOf(store.findingsInState('open', account))).toEqual(['sg-open']);
        expect(await idsOf(store.findingsInState('excepted', account))).toEqual(['sg-excepted']);
        expect(await idsOf(store.findingsInState('unresolved', account))).toEqual(['sg-excepted', 'sg-open']);
      }
      expect(await idsOf(store.findingsInState('unresolved', ACCOUNT, at(2)))).toEqual(['sg-excepted']);
      await store.save(finding('sg-excepted', { version: 2, observedAt: at(3) }));
      expect(await idsOf(store.findingsInState('excepted'))).toEqual([]);
      expect(await idsOf(store.findings(SCOPE, 'open'))).toEqual(['sg-excepted', 'sg-open']);
    });

    test('lists more than one page', async () => {
      const history = finding('x').history.map((entry) => ({ ...entry, reason: 'x'.repeat(20_000) }));
      await Promise.all(Array.from({ length: 80 }, (_, n) => store.save(finding(`sg-${n}`, { history }))));
      expect(await idsOf(store.findings(SCOPE))).toHaveLength(80);
    }, 60_000);

    test('moves a finding from open to resolved and back', async () => {
      await store.save(finding('sg-1'));
      await store.save(finding('sg-1', { state: 'resolved', version: 2 }));
      expect(await idsOf(store.findingsInState('open'))).toEqual([]);
      await store.save(finding('sg-1', { version: 3 }));
      expect(await idsOf(store.findingsInState('resolved'))).toEqual([]);
      expect(await idsOf(store.findings(SCOPE))).toEqual(['sg-1']);
    });

    describe('refuses to save', () => {
      test.each([
        ['a first version of what is there', finding('sg-1')],
        ['a version that is there already', finding('sg-1', { version: 2, observedAt: at(9) })],
        ['a version that leaves one out', finding('sg-1', { version: 4, observedAt: at(9) })],
        ['an older observation', finding('sg-1', { version: 3, observedAt: at(1) })],
      ])('%s', async (_what, late) => {
        const kept = finding('sg-1', { version: 2, observedAt: at(2), severity: 'LOW' });
        await store.save(finding('sg-1'));
        await store.save(kept);
        expect(await store.save(late)).toBe('superseded');
        expect(await store.finding(kept.id)).toStrictEqual(kept);
      });

      test('a later version of what is not there', async () => {
        expect(await store.save(finding('sg-1', { version: 2 }))).toBe('superseded');
        expect(await collect(store.findings(SCOPE))).toEqual([]);
      });
    });

    test('of writers that compete for a version one wins', async () => {
      const others = await Promise.all(Array.from({ length: 4 }, () => stored.open()));
      for (let version = 1; version <= 5; version += 1) {
        const rivals = [...others, ...others].map((other, n) => ({ other, mine: finding('sg-1', { version, reason: `writer ${n}` }) }));
        const outcomes = await Promise.all(rivals.map(({ other, mine }) => other.save(mine)));
        expect(outcomes.filter((outcome) => outcome === 'saved')).toHaveLength(1);
        const winner = rivals[outcomes.indexOf('saved')]?.mine;
        expect(await store.finding(finding('sg-1').id)).toStrictEqual(winner);
      }
      await Promise.all(others.map((other) => other.close()));
    }, 60_000);

    test('loses no update of writers that reconcile again', async () => {
      const writers = await Promise.all(Array.from({ length: 4 }, () => stored.open()));
      const outcomes = await Promise.all(
        writers.map(async (writer, n) => {
          const seen = look(5, { runId: `writer-${n}` });
          const { transitions, again } = reconcile([], [fails(group('sg-1'), 'HIGH', `seen by ${n}`)], seen);
          return saveTransitions(writer, transitions, again);
        }),
      );
      const kept = await store.finding(finding('sg-1').id);
      expect(outcomes.flatMap(({ transitions }) => transitions)).toHaveLength(4);
      expect(kept?.version).toBe(4);
      expect(kept?.history.map(({ runId }) => runId).sort()).toEqual(['writer-0', 'writer-1', 'writer-2', 'writer-3']);
      expect(kept?.history.map(({ kind }) => kind)).toEqual(['opened', 'changed', 'changed', 'changed']);
      await Promise.all(writers.map((writer) => writer.close()));
    }, 60_000);

    test('ends with the newest observation, however the writers are interleaved', async () => {
      const writers = await Promise.all([3, 9, 5, 7].map(async (hour) => ({ hour, writer: await stored.open() })));
      await store.save(finding('sg-1'));
      await Promise.all(
        writers.map(async ({ hour, writer }) => {
          const known = await collect(writer.findings(SCOPE));
          const { transitions, again } = reconcile(
            known,
            [hour === 9 ? passes(group('sg-1')) : fails(group('sg-1'), 'LOW', `at ${hour}`)],
            look(hour),
          );
          await saveTransitions(writer, transitions, again);
        }),
      );
      expect(await store.finding(finding('sg-1').id)).toMatchObject({ state: 'resolved', observedAt: at(9) });
      await Promise.all(writers.map(({ writer }) => writer.close()));
    }, 60_000);

    test('lists what is unannounced until it is announced', async () => {
      const untold = finding('sg-1', { unannounced: true });
      await store.save(untold);
      await store.save(finding('sg-2'));
      await store.save(finding('sg-3', { unannounced: true, scope: OTHER_ACCOUNT }));
      expect(await idsOf(store.unannounced(ACCOUNT))).toEqual(['sg-1']);
      await store.markAnnounced(untold.id, 1);
      await store.markAnnounced(untold.id, 1);
      await store.markAnnounced('none', 1);
      expect(await idsOf(store.unannounced(ACCOUNT))).toEqual([]);
      expect(await store.finding(untold.id)).toStrictEqual({ ...untold, unannounced: false });
      expect(await store.finding('none')).toBeUndefined();
    });

    test('does not take a newer version for announced', async () => {
      const untold = finding('sg-1', { unannounced: true });
      await store.save(untold);
      const next = reconcileOne(untold, passes(group('sg-1')), look(5))?.finding;
      if (!next) throw new Error('nothing changed');
      await store.save(next);
      await store.markAnnounced(untold.id, 1);
      expect(await store.finding(untold.id)).toStrictEqual(next);
    });

    test('goes on from a version that was announced', async () => {
      const untold = finding('sg-1', { unannounced: true });
      await store.save(untold);
      await store.markAnnounced(untold.id, 1);
      expect(await store.save(finding('sg-1', { version: 2 }))).toBe('saved');
    });

    test('keeps the newest record of each scope', async () => {
      const record = { ...SCOPE, runId: 'run-5', seenAt: at(5), blindSince: { 'a-check': at(3) } };
      await store.saveScopeRecord(record);
      await store.saveScopeRecord({ ...record, runId: 'run-4', seenAt: at(4) });
      await store.saveScopeRecord({ ...record, ...OTHER_ACCOUNT });
      expect(await store.scopeRecord(SCOPE)).toStrictEqual(record);
      expect(await collect(store.scopeRecords(ACCOUNT))).toStrictEqual([record]);
      expect(await collect(store.scopeRecords())).toHaveLength(2);
      expect(await store.scopeRecordsOf([SCOPE, { ...SCOPE, region: 'never-seen' }])).toStrictEqual([record]);
      expect(await store.scopeRecordsOf([])).toEqual([]);
      await store.saveScopeRecord({ ...record, seenAt: at(6) });
      expect((await store.scopeRecord(SCOPE))?.seenAt).toBe(at(6));
    });

    test('keeps what a scan has seen of a scope', async () => {
      const gap = {
        operation: 'ec2:DescribeVpcs',
        cause: 'denied' as const,
        permissions: ['ec2:DescribeVpcs'],
        region: 'eu-west-1',
        count: 3,
      };
      const record: ScopeRecord = {
        ...{ ...SCOPE, runId: 'run-5', seenAt: at(5), lookedAt: at(6), blindSince: {}, firstRunId: 'run-1', sightRunId: 'run-4' },
        tally: { 'a-check': [3, 1, 0, 2], 'b-check': [0, 0, 1, 0] },
        sight: {
          ...{ resources: 4, evaluations: 9, unknown: 1, crashed: 0, incompleteTypes: ['AWS::EC2::VPC'] },
          ...{ gaps: [{ ...gap, message: 'denied' }], usage: { calls: 12, throttles: 1, milliseconds: 900 } },
        },
      };
      await store.saveScopeRecord(record);
      expect(await store.scopeRecord(SCOPE)).toStrictEqual(record);
    });

    test('is no deployment of its own accord', async () => {
      await store.saveRun(run(1));
      expect(await store.isDeployed()).toBe(false);
    });

    test('keeps several runs at once', async () => {
      const runs = [run(1, { id: '20261121T010000Z-a' }), run(2, { id: '20261121T020000Z-c', accountId: '444455556666' })];
      await store.saveRuns(runs);
      await store.saveRuns([]);
      expect(await collect(store.runs())).toStrictEqual(runs.toReversed());
    });

    test('lists runs, the newest first', async () => {
      const begun = run(3, { id: '20261121T030000Z-b', finishedAt: undefined, coverage: undefined });
      const runs = [run(1, { id: '20261121T010000Z-a' }), begun, run(2, { id: '20261121T020000Z-c', accountId: '444455556666' })];
      for (const each of runs) await store.saveRun(each);
      expect((await collect(store.runs(ACCOUNT))).map(({ id }) => id)).toEqual(['20261121T030000Z-b', '20261121T010000Z-a']);
      expect((await collect(store.runs())).map(({ startedAt }) => startedAt)).toEqual([at(3), at(2), at(1)]);
      expect(await collect(store.runsOf(begun.id))).toStrictEqual([begun]);
      const ended = { ...begun, finishedAt: at(4), digest: 'sent' as const };
      await store.saveRun(ended);
      expect(await collect(store.runsOf(begun.id))).toStrictEqual([ended]);
      expect(await collect(store.runs(ACCOUNT))).toHaveLength(2);
    });

    test('keeps a run of each account under the same id', async () => {
      const id = '20261121T010000Z-a';
      const own = run(1, { id });
      const other = run(1, { id, accountId: OTHER_ACCOUNT.accountId });
      for (const each of [other, own, run(1, { id: `${id}b` })]) await store.saveRun(each);
      expect(await collect(store.runsOf(id))).toStrictEqual([own, other]);
      expect(await collect(store.runs(OTHER_ACCOUNT.accountId))).toStrictEqual([other]);
      expect(await collect(store.runs())).toHaveLength(3);
      await store.saveRun({ ...other, digest: 'sent' });
      expect((await collect(store.runsOf(id))).map(({ digest }) => digest)).toEqual(['unsent', 'sent']);
    });

    test('keeps the coverage of a run that was refused everywhere', async () => {
      const gaps = Array.from({ length: 4_000 }, (_, n) => ({
        ...{
          operation: `ec2:Operation${n % 100}`,
          cause: 'denied' as const,
          permissions: [`ec2:Operation${n % 100}`],
          region: `region-${n % 40}`,
          count: n,
        },
        message: `ec2:Operation${n % 100}: UnauthorizedOperation: You are not authorized to perform this operation. ${'x'.repeat(150)}`,
      }));
      const { coverage } = run(1);
      const refused = run(1, coverage ? { coverage: { ...coverage, gaps } } : {});
      await store.saveRun(refused);
      expect(await collect(store.runsOf('run-1'))).toStrictEqual([refused]);
    });

    test('is written to only for what changed', async () => {
      let writes = 0;
      const counted: FindingStore = {
        ...store,
        save(saved) {
          writes += 1;
          return store.save(saved);
        },
      };
      const seen = ['sg-1', 'sg-2', 'sg-3'].map((id) => fails(group(id)));
      const observe = async (hour: number, evaluations: typeof seen | ReturnType<typeof passes>[]) => {
        const { transitions, again } = reconcile(await collect(counted.findings(SCOPE)), evaluations, look(hour));
        await saveTransitions(counted, transitions, again);
        return writes;
      };
      expect(await observe(2, seen)).toBe(3);
      expect(await observe(3, seen)).toBe(3);
      expect(await observe(4, seen.slice(0, 2))).toBe(4);
    });
  });
}
