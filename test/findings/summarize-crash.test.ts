import { expect, test } from 'vitest';
import type { AuditStore } from '../../findings/audit-store.ts';
import type { Message } from '../../findings/message.ts';
import { openSqliteStore } from '../../findings/sqlite-store.ts';
import type { FindingStore } from '../../findings/store.ts';
import { type SummarizeOptions, summarizeAudit } from '../../findings/summarize.ts';
import { type DeployedAudits, deployedAudits, type Members, minor, minorShut, open, runIdAt, tellOnceIn } from './deployed-audits.ts';
import { REGION } from './fake-scope.ts';
import { memoryAuditStore } from './memory-audit-store.ts';
import { at, collect } from './samples.ts';
import { temporaryFile } from './temporary-file.ts';

const [ONE, TWO, THREE, FOUR] = ['111111111111', '222222222222', '333333333333', '444444444444'] as const;
const before: Members = { [ONE]: { things: [minor('acl-1'), minor('acl-2')] }, [TWO]: { things: [open('sg-2')] }, [THREE]: {} };
const cutShort: Members = { ...before, [THREE]: { things: [minor('acl-3')] } };
const now: Members = {
  [ONE]: { things: [minorShut('acl-1'), minor('acl-2'), open('sg-1')] },
  [TWO]: { closed: 'always' },
  [THREE]: { things: [minor('acl-3')], dies: [REGION] },
  [FOUR]: { things: [open('sg-4')] },
};

/** Two audits, of which the second was cut short, and a third that is to be summed up. */
async function scanned(): Promise<DeployedAudits> {
  const world = deployedAudits(await openSqliteStore(temporaryFile('findings.db')), memoryAuditStore());
  await world.audit(1, before);
  await world.scan(2, cutShort);
  await world.scan(3, now);
  return world;
}

/** Called before and after each thing that is asked of the stores and the topic; may throw, as a crash would. */
type Interruption = (when: 'before' | 'after') => void;

function interrupted({ store, audits, reactions, told }: DeployedAudits, interrupt: Interruption): SummarizeOptions {
  const asked = async <Result>(act: () => Promise<Result>): Promise<Result> => {
    interrupt('before');
    const result = await act();
    interrupt('after');
    return result;
  };
  async function* listed<Element>(elements: AsyncIterable<Element>): AsyncGenerator<Element> {
    interrupt('before');
    yield* elements;
  }
  const kept: Pick<FindingStore, 'runs' | 'saveRun' | 'scopeRecords' | 'findingsInState'> = {
    runs: (accountId) => listed(store.runs(accountId)),
    saveRun: (run) => asked(() => store.saveRun(run)),
    scopeRecords: (accountId) => listed(store.scopeRecords(accountId)),
    findingsInState: (state, accountId) => listed(store.findingsInState(state, accountId)),
  };
  const known: Pick<AuditStore, 'audit' | 'audits' | 'saveAudit' | 'savePosture'> = {
    audit: (id) => asked(() => audits.audit(id)),
    audits: () => listed(audits.audits()),
    saveAudit: (audit) => asked(() => audits.saveAudit(audit)),
    savePosture: (day) => asked(() => audits.savePosture(day)),
  };
  const seen: SummarizeOptions['reactions'] = { activitiesSince: (...given) => listed(reactions.activitiesSince(...given)) };
  const tell = tellOnceIn(told);
  return {
    ...{ runId: runIdAt(3), store: kept, audits: known, reactions: seen, now: () => new Date(at(4)) },
    tell: (message: Message) => asked(() => tell(message)),
  };
}

/** Everything that is kept, and what was told. */
async function stateOf({ store, audits, told }: DeployedAudits) {
  const accounts = [ONE, TWO, THREE, FOUR];
  return {
    runs: await Promise.all(accounts.map(async (accountId) => collect(store.runs(accountId)))),
    findings: await Promise.all(accounts.map(async (accountId) => collect(store.findingsInState('open', accountId)))),
    postures: await Promise.all(accounts.map(async (accountId) => collect(audits.postures(accountId)))),
    audits: await collect(audits.audits()),
    told,
  };
}

test('a crash at any step, and a retry, end as if there had been none, with one digest', { timeout: 60_000 }, async () => {
  const calm = await scanned();
  let steps = 0;
  const summary = await summarizeAudit(
    interrupted(calm, () => {
      steps += 1;
    }),
  );
  const expected = await stateOf(calm);
  expect(expected.told).toHaveLength(2);
  expect(expected.told[1]?.subject).toBe(
    '[HIGH][DIGEST] 4 accounts: 1 opened, 1 resolved, 1 first audit (1 open), 1 account refused, 1 sc...',
  );
  expect(steps).toBeGreaterThan(40);

  for (let nth = 1; nth <= steps; nth += 1) {
    const world = await scanned();
    let step = 0;
    const crashing = interrupted(world, () => {
      if ((step += 1) === nth) throw new Error('killed');
    });
    await expect(summarizeAudit(crashing)).rejects.toThrow('killed');
    const again = await summarizeAudit(interrupted(world, () => undefined));
    expect({ ...again, digest: '' }).toEqual({ ...summary, digest: '' });
    expect(await stateOf(world), `after a crash at step ${nth}`).toEqual(expected);
  }
});
