import { beforeEach, describe, expect, test } from 'vitest';
import { announce, type Publisher } from '../../findings/announce.ts';
import type { Evaluation, Finding } from '../../findings/finding.ts';
import { isFirstLook } from '../../findings/first-look.ts';
import type { Message } from '../../findings/message.ts';
import { reconcile } from '../../findings/reconcile.ts';
import type { RunRecord } from '../../findings/run.ts';
import { saveTransitions } from '../../findings/save.ts';
import { toScopeRecord } from '../../findings/scope-record.ts';
import { openSqliteStore } from '../../findings/sqlite-store.ts';
import type { FindingStore } from '../../findings/store.ts';
import { ACCOUNT, adminPorts, at, collect, fails, group, look, passes, run, SCOPE } from './samples.ts';
import { temporaryFile } from './temporary-file.ts';

let store: FindingStore;
let sent: Message[];
let refuse: (message: Message) => boolean;
const publisher: Publisher = {
  async publish(message) {
    if (refuse(message)) throw new Error('the topic is gone');
    sent.push(message);
  },
};
beforeEach(async () => {
  store = await openSqliteStore(temporaryFile('findings.db'));
  sent = [];
  refuse = () => false;
  return () => store.close();
});

/** A scan up to the moment at which it announces. */
async function scan(ended: RunRecord, ...evaluations: readonly Evaluation[]): Promise<() => Promise<unknown>> {
  await store.saveRun({ ...ended, finishedAt: undefined, coverage: undefined });
  const hour = Number(ended.id.replace('run-', ''));
  const previous = await store.scopeRecord(SCOPE);
  const seen = look(hour, { announce: !ended.first && !isFirstLook(previous, ended.id) });
  const { transitions, again } = reconcile(await collect(store.findings(SCOPE)), evaluations, seen);
  await saveTransitions(store, transitions, again);
  const kept = { scope: SCOPE, startedAt: at(hour), lookedAt: at(hour), blind: new Set<string>(), sight: undefined };
  await store.saveScopeRecord(toScopeRecord(previous, ended, kept, []));
  return async () => {
    await store.saveRun(ended);
    const findings: Finding[] = await collect(store.findings(SCOPE));
    return announce(store, publisher, { run: ended, findings, checks: [adminPorts] });
  };
}

async function scanned(ended: RunRecord, ...evaluations: readonly Evaluation[]): Promise<string[]> {
  const before = sent.length;
  await (await scan(ended, ...evaluations))();
  return sent.slice(before).map(({ subject }) => subject.replace(/ on .*|.*\d{12}: /, ''));
}

const [one, two, three] = [group('sg-1'), group('sg-2'), group('sg-3')];
const first = run(1, { first: true });

test('the first audit of an account is told in one digest', async () => {
  expect(await scanned(first, fails(one, 'CRITICAL'), fails(two), fails(three, 'LOW'))).toEqual(['3 open, 1 CRITICAL, 1 HIGH']);
});

describe('after the first audit', () => {
  beforeEach(async () => {
    await scanned(first, passes(one));
  });

  test('what is urgent is told at once, the rest in one digest', async () => {
    expect(await scanned(run(2), fails(one), fails(two, 'MEDIUM'), fails(three, 'LOW'))).toEqual([
      '[HIGH][NEW] SSH (22) open to the internet',
      '2 opened',
    ]);
  });

  test('what does not change is not told again', async () => {
    await scanned(run(2), fails(one), fails(two, 'MEDIUM'));
    expect(await scanned(run(3), fails(one), fails(two, 'MEDIUM'))).toEqual([]);
  });

  test('its whole life is told', async () => {
    await scanned(run(2), fails(one));
    expect(await scanned(run(3), fails(one, 'CRITICAL'))).toEqual(['[CRITICAL][ESCALATED] SSH (22) open to the internet']);
    expect(await scanned(run(4), passes(one))).toEqual(['[CRITICAL][RESOLVED] SSH (22) open to the internet']);
    expect(await scanned(run(5), fails(one))).toEqual(['[HIGH][REOPENED] SSH (22) open to the internet']);
  });

  test('a lower severity is told to nobody, and its end to those who knew of it', async () => {
    await scanned(run(2), fails(one));
    expect(await scanned(run(3), fails(one, 'LOW'))).toEqual([]);
    expect(await scanned(run(4), passes(one))).toEqual(['[LOW][RESOLVED] SSH (22) open to the internet']);
  });

  test('an end that was never told at once is told in the digest', async () => {
    await scanned(run(2), fails(one, 'MEDIUM'));
    expect(await scanned(run(3), passes(one))).toEqual(['1 resolved']);
  });

  test('announcing a run again tells nothing twice', async () => {
    const announceRun = await scan(run(2), fails(one), fails(two, 'LOW'));
    const untold = await collect(store.findings(SCOPE));
    await announceRun();
    sent = [];
    await announce(store, publisher, { run: run(2), findings: untold, checks: [adminPorts] });
    expect(sent).toEqual([]);
  });

  test('what a killed scan saved is told by the next', async () => {
    await scan(run(2), fails(one), fails(two, 'LOW'));
    expect(await scanned(run(3), fails(one), fails(two, 'LOW'))).toEqual(['[HIGH][NEW] SSH (22) open to the internet', '1 opened']);
    expect(await scanned(run(4), fails(one), fails(two, 'LOW'))).toEqual([]);
  });

  test('what a killed scan saved elsewhere is told by the next', async () => {
    await scan(run(2), fails(one));
    await store.saveRun(run(3));
    await announce(store, publisher, { run: run(3), findings: [], checks: [adminPorts] });
    expect(sent.slice(1).map(({ attributes }) => attributes.event)).toEqual(['opened']);
  });

  test('what went away before it could be told is told as resolved', async () => {
    await scan(run(2), fails(one));
    expect(await scanned(run(3), passes(one))).toEqual(['[HIGH][RESOLVED] SSH (22) open to the internet']);
  });

  test('a refusal of the topic is thrown, and what it refused is told later', async () => {
    refuse = ({ thread }) => thread !== first.accountId && sent.length >= 1;
    const announceRun = await scan(run(2), fails(one), fails(two, 'LOW'));
    await expect(announceRun()).rejects.toThrow('the topic is gone');
    expect(await collect(store.unannounced(ACCOUNT))).toHaveLength(1);
    expect((await collect(store.runsOf('run-2'))).map(({ digest }) => digest)).toEqual(['unsent']);
    refuse = () => false;
    expect(await scanned(run(3), fails(one), fails(two, 'LOW'))).toEqual(['[HIGH][NEW] SSH (22) open to the internet', '1 opened']);
  });

  test('what was accepted before a refusal is not told again', async () => {
    refuse = ({ attributes }) => attributes.event === 'digest';
    await expect((await scan(run(2), fails(one), fails(two, 'LOW')))()).rejects.toThrow('the topic is gone');
    refuse = () => false;
    expect(await scanned(run(3), fails(one), fails(two, 'LOW'))).toEqual(['1 opened']);
  });

  test('a read that is refused is told once', async () => {
    const { coverage } = run(2);
    if (!coverage) throw new Error('no coverage');
    const gap = {
      operation: 'ec2:DescribeVpcs',
      cause: 'denied',
      permissions: [],
      region: 'eu-west-1',
      message: 'denied',
      count: 1,
    } as const;
    const blind = { coverage: { ...coverage, gaps: [gap] } };
    expect(await scanned(run(2, blind))).toEqual(['1 read refused']);
    expect(await scanned(run(3, blind))).toEqual([]);
  });
});

test('a first audit that was killed is told by the one that ends', async () => {
  await scan(first, fails(one));
  expect(await scanned(run(2, { first: true }), fails(one), fails(two))).toEqual(['2 open, 2 HIGH']);
  expect((await collect(store.runsOf('run-1'))).map(({ digest }) => digest)).toEqual(['sent']);
});
