import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LookTally } from '../../findings/check-tally.ts';
import { assessStore } from '../../findings/compliance-from-store.ts';
import { memoryStore } from '../../findings/memory-store.ts';
import { NEVER, type RunRecord, type ScopeRecord } from '../../findings/run.ts';
import type { FindingStore } from '../../findings/store.ts';
import { ACCOUNT, at, CHECK, entry, finding, run, SCOPE } from './samples.ts';

let store: FindingStore;
beforeEach(() => {
  store = memoryStore();
});
afterEach(() => store.close());

const OTHER = '444455556666';

const counts = async (accountId?: string) => {
  const assessment = await assess(accountId);
  return assessment.counts.get(CHECK);
};

function assess(accountId?: string) {
  return assessStore({ store, accountId, checkIds: new Set([CHECK]), isJudgedIn: (_, region) => region !== 'global', now: at(12) });
}

async function looked(hour: number, tally: LookTally | undefined, change: Partial<ScopeRecord> = {}): Promise<void> {
  const record = { ...SCOPE, runId: `run-${hour}`, seenAt: at(hour), blindSince: {}, ...change };
  await store.saveScopeRecord(tally ? { ...record, tally } : record);
}

const ran = (hour: number, change: Partial<RunRecord> = {}) => store.saveRun(run(hour, change));

describe('what a store knows of a check', () => {
  test('is what the last look counted, and what of it is open', async () => {
    await ran(2);
    await looked(2, { [CHECK]: [3, 1, 2, 4], 'not-asked-for': [9, 9, 9, 9] });
    await store.save(finding('sg-1'));
    await store.save(finding('sg-2', { checkId: 'not-asked-for', id: 'another' }));
    expect(await assess()).toMatchObject({
      ...{ accounts: [ACCOUNT], seen: { from: at(2), to: at(2) }, notSeen: [] },
      counts: new Map([[CHECK, { pass: 3, fail: 1, unknown: 2, excepted: 0, notApplicable: 4 }]]),
      standing: [{ checkId: CHECK, resource: { id: 'sg-1' }, exception: null }],
    });
  });

  test('takes what is excepted for neither failed nor passed', async () => {
    await ran(2);
    await looked(2, { [CHECK]: [0, 1, 0, 0] });
    const exception = { owner: 'ann', reason: 'moving', expires: '2026-12-31', ticket: 'T-1' };
    await store.save(finding('sg-1', { state: 'excepted', exception }));
    expect(await counts()).toMatchObject({ pass: 0, fail: 0, excepted: 1 });
    expect((await assess()).standing).toMatchObject([{ exception }]);
  });

  test('takes what an ended exception has covered for failed', async () => {
    await ran(2);
    await looked(2, { [CHECK]: [0, 1, 0, 0] });
    const exception = { owner: 'ann', reason: 'moving', expires: at(0).slice(0, 10), ticket: 'T-1' };
    await store.save(finding('sg-1', { state: 'excepted', exception }));
    await store.save(finding('sg-2', { state: 'excepted', exception: { ...exception, expires: '2026-11-20' } }));
    expect(await counts()).toMatchObject({ fail: 1, excepted: 1 });
    expect((await assess()).standing).toMatchObject([
      { resource: { id: 'sg-1' }, exception },
      { resource: { id: 'sg-2' }, exception: null, reason: expect.stringContaining('its exception has ended on 2026-11-20') },
    ]);
  });

  test('takes account of what reactions have seen since', async () => {
    await ran(2);
    await looked(2, { [CHECK]: [2, 2, 0, 0] });
    await store.save(finding('sg-new', { openedAt: at(3) }));
    const end = (reason: string) => [entry('opened', 1), { ...entry('resolved', 4), reason }];
    await store.save(finding('sg-1', { state: 'resolved', resolvedAt: at(4), observedAt: at(4), history: end('passes now') }));
    await store.save(finding('sg-2', { state: 'resolved', resolvedAt: at(4), observedAt: at(4), history: end('the resource is gone') }));
    expect(await counts()).toEqual({ pass: 2, fail: 1, unknown: 0, excepted: 0, notApplicable: 0 });
  });

  test('counts no pass twice that failed and passed again since', async () => {
    await ran(2);
    await looked(2, { [CHECK]: [1, 0, 0, 0] });
    const history = [entry('opened', 3), { ...entry('resolved', 4), reason: 'passes now' }];
    await store.save(finding('sg-1', { state: 'resolved', openedAt: at(3), resolvedAt: at(4), observedAt: at(4), history }));
    expect(await counts()).toMatchObject({ pass: 1 });
  });

  test('is unknown where the last run could not look, whatever was seen before', async () => {
    await ran(5);
    await looked(2, { [CHECK]: [3, 0, 0, 1] });
    expect(await counts()).toMatchObject({ pass: 0, unknown: 4, notApplicable: 0 });
    expect((await assess()).notSeen).toEqual([`${ACCOUNT} eu-west-1`]);
  });

  test('is unknown in a region that was to be looked at and never was', async () => {
    await ran(2, { regions: ['eu-west-1', 'eu-west-3', 'global'] });
    await looked(2, { [CHECK]: [3, 0, 0, 0] });
    await looked(2, {}, { region: 'global' });
    expect(await counts()).toMatchObject({ pass: 3, unknown: 1 });
    expect((await assess()).notSeen).toEqual([`${ACCOUNT} eu-west-3`]);
  });

  test('is unknown where a look did not count', async () => {
    await ran(2);
    await looked(2, undefined);
    expect(await counts()).toMatchObject({ pass: 0, unknown: 1 });
  });

  test('stays in a region that a later run left out', async () => {
    await ran(2);
    await looked(2, { [CHECK]: [3, 0, 0, 0] });
    await ran(5, { regions: ['us-east-1'] });
    await looked(5, { [CHECK]: [1, 0, 0, 0] }, { region: 'us-east-1' });
    expect(await counts()).toMatchObject({ pass: 4, unknown: 0 });
    expect((await assess()).seen).toEqual({ from: at(2), to: at(5) });
  });
});

describe('of several accounts', () => {
  test('is the sum, or that of the one that was asked for', async () => {
    for (const accountId of [ACCOUNT, OTHER]) {
      await ran(2, { accountId });
      await looked(2, { [CHECK]: [3, 0, 0, 0] }, { accountId });
    }
    expect(await counts()).toMatchObject({ pass: 6 });
    expect(await counts(OTHER)).toMatchObject({ pass: 3 });
    expect((await assess()).accounts).toEqual([ACCOUNT, OTHER]);
  });

  test('is unknown in one that nobody was let into', async () => {
    await ran(2);
    await looked(2, { [CHECK]: [3, 0, 0, 0] });
    await ran(2, { accountId: OTHER, regions: [] });
    expect(await counts()).toMatchObject({ pass: 3, unknown: 1 });
    expect((await assess()).notSeen).toEqual([`${OTHER} global`]);
  });

  test('is unknown in one where the check did not run', async () => {
    await ran(2);
    await looked(2, { [CHECK]: [3, 0, 0, 0] });
    await ran(2, { accountId: OTHER, checkIds: ['another-check'] });
    await looked(2, {}, { accountId: OTHER });
    expect(await counts()).toMatchObject({ pass: 3, unknown: 1 });
  });
});

test('nothing was seen of a scope that was refused from the first', async () => {
  await ran(2);
  await looked(2, { [CHECK]: [0, 0, 1, 0] }, { seenAt: NEVER });
  expect(await assess()).toMatchObject({ seen: null, notSeen: [`${ACCOUNT} eu-west-1`] });
});

test('nothing is known of an account of which nothing is kept', async () => {
  expect((await assess('999988887777')).accounts).toEqual([]);
});
