import { beforeEach, describe, expect, test } from 'vitest';
import { announce } from '../../findings/announce.ts';
import { audit } from '../../findings/audit.ts';
import type { Message } from '../../findings/message.ts';
import { openSqliteStore } from '../../findings/sqlite-store.ts';
import type { FindingStore } from '../../findings/store.ts';
import { testSession } from '../inventory/session.ts';
import { fakeChecks, fakeSources, type Thing, TYPES, ticking } from './fake-scope.ts';
import { ACCOUNT } from './samples.ts';
import { temporaryFile } from './temporary-file.ts';

const [type] = TYPES;
const open = (id: string): Thing => ({ type, id, status: 'FAIL' });
const publisher = (sent: Message[]) => ({
  async publish(message: Message) {
    sent.push(message);
  },
});

let store: FindingStore;
let now: () => Date;
beforeEach(async () => {
  store = await openSqliteStore(temporaryFile('findings.db'));
  now = ticking();
  return () => store.close();
});

/** An audit of these regions, in each of which those groups are open. `killed`: it ends before it could tell. */
async function audited(runId: string, regions: Readonly<Record<string, readonly string[]>>, killed = false): Promise<readonly string[]> {
  const sources = fakeSources(({ region }) => ({ things: (regions[region] ?? []).map((id) => open(`${region}-${id}`)), broken: [] }));
  const { run, findings } = await audit({
    ...{ session: testSession(), sources, checks: fakeChecks(), store, topic: true },
    scopes: Object.keys(regions).map((region) => ({ accountId: ACCOUNT, region })),
    ...{ runId, startedAt: now(), now, regionsNotEnabled: [], regionsLeftOut: [] },
  });
  if (killed) {
    await store.saveRun({ ...run, finishedAt: undefined, coverage: undefined });
    return [];
  }
  const sent: Message[] = [];
  await announce(store, publisher(sent), { run, findings: findings.values(), checks: [] });
  return sent.map(({ attributes, subject }) => `${attributes.event} ${subject.replace(/.*\d{12}: /, '')}`);
}

const ofDigest = (subjects: readonly string[]) => subjects.filter((subject) => /^(digest|baseline) /.test(subject));

describe('a region that is new in a known account', () => {
  beforeEach(async () => {
    expect(await audited('run-1', { 'eu-west-1': ['a'] })).toEqual(['baseline 1 open, 1 HIGH']);
  });

  test('is told in the digest, however severe', async () => {
    expect(await audited('run-2', { 'eu-west-1': ['a'], 'ap-east-1': ['a', 'b'] })).toEqual(['digest 2 opened']);
  });

  test('is told like any other from then on', async () => {
    await audited('run-2', { 'eu-west-1': ['a'], 'ap-east-1': ['a'] });
    const told = await audited('run-3', { 'eu-west-1': ['a'], 'ap-east-1': ['b'] });
    expect(told.map((subject) => subject.split(' ')[0]).sort()).toEqual(['opened', 'resolved']);
  });

  test('does not keep what is urgent elsewhere from being told alone', async () => {
    const told = await audited('run-2', { 'eu-west-1': ['a', 'b'], 'ap-east-1': ['a'] });
    expect(told).toHaveLength(2);
    expect(ofDigest(told)).toEqual(['digest 1 opened']);
  });

  test('is told by the next run, if the one that saw it first was killed', async () => {
    await audited('run-2', { 'eu-west-1': ['a'], 'ap-east-1': ['a'] }, true);
    expect(await audited('run-3', { 'eu-west-1': ['a'], 'ap-east-1': ['a'] })).toEqual(['digest 1 opened']);
  });
});

test('a run says what it has cost', async () => {
  await audited('run-1', { 'eu-west-1': [] });
  for await (const { coverage } of store.runs(ACCOUNT)) expect(coverage?.usage).toMatchObject({ calls: 0, throttles: 0 });
});
