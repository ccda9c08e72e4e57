import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AuditRecord, PostureDay } from '../../findings/audit-record.ts';
import type { AuditStore } from '../../findings/audit-store.ts';
import type { Bookmark, Job, Sight } from '../../findings/job.ts';
import { perSeverity } from '../../findings/posture.ts';
import type { Gap } from '../../inventory/coverage.ts';
import { ACCOUNT, at, collect } from './samples.ts';

type OpenAuditStore = AuditStore & { readonly close: () => Promise<void> };

const OTHER_ACCOUNT = '444455556666';

const turn = (name: string) => ({ runId: `run-${name}`, executionArn: `arn:aws:states:eu-west-1:${ACCOUNT}:execution:audit:${name}` });
const arnOf = (name: string): string => turn(name).executionArn;

export function audit(hour: number, change: Partial<AuditRecord> = {}): AuditRecord {
  return {
    id: `20261121T0${hour}0000Z-3f2a`,
    executionArn: arnOf(`${hour}`),
    startedAt: at(hour),
    finishedAt: undefined,
    accounts: [ACCOUNT, OTHER_ACCOUNT],
    refused: [],
    leftOut: [{ accountId: '777788889999', because: 'suspended' }],
    digest: 'unsent',
    ...change,
  };
}

export function refusal(accountId: string, said = ''): Gap {
  const role = `arn:aws:iam::${accountId}:role/cloud-posture-audit`;
  const caller = `arn:aws:sts::${ACCOUNT}:assumed-role/cloud-posture-scan/cloud-posture-20261121T090000Z-3f2a`;
  return {
    ...{ operation: 'sts:AssumeRole', cause: 'denied', permissions: ['sts:AssumeRole'], region: 'global', count: 1 },
    message: `AccessDenied: User: ${caller} is not authorized to perform: sts:AssumeRole on resource: ${role}${said}`,
  };
}

const accountIds = (count: number): string[] => Array.from({ length: count }, (_, n) => String(100_000_000_007 + n * 89_999_987));

/** Text that cannot be compressed, the same for the same seed. */
function noise(length: number, seed = 0): string {
  let state = seed;
  return Array.from({ length }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return String.fromCharCode(97 + (state % 26));
  }).join('');
}

const sight: Sight = {
  ...{ resources: 10, evaluations: 30, unknown: 2, crashed: 0, incompleteTypes: ['AWS::EC2::VPC'], gaps: [refusal(ACCOUNT)] },
  usage: { calls: 12, throttles: 1, milliseconds: 4_200 },
};

const bookmark: Bookmark = {
  startedAt: at(9),
  done: ['AWS::EC2::VPC'],
  judgedUpTo: { 'AWS::EC2::SecurityGroup': 'arn:aws:ec2:eu-west-1:111122223333:security-group/sg-7' },
  blind: ['ec2-vpc-flow-logs-enabled'],
  sight,
  tally: { 'ec2-vpc-flow-logs-enabled': [3, 1, 2, 0] },
};

function job(region: string, change: Partial<Job> = {}): Job {
  return { accountId: ACCOUNT, region, runId: 'run-9', startedAt: at(9), regions: ['eu-west-1', 'us-east-1'], round: 1, ...change };
}

function day(date: string, change: Partial<PostureDay> = {}): PostureDay {
  const counts = { open: 3, excepted: 1, opened: 1, reopened: 0, lapsed: 1, resolved: 2 };
  return {
    ...{ accountId: ACCOUNT, day: date, runId: `${date.replaceAll('-', '')}T090000Z-3f2a` },
    counts: { ...counts, bySeverity: perSeverity(() => counts) },
    ...{ resources: 10, evaluations: 30, unknown: 2 },
    ...change,
  };
}

/** What every store of audits must do. `open` gives a new connection to the same store, `empty` makes that store a new one. */
export function auditStoreContract(
  name: string,
  kept: { readonly empty: () => Promise<void>; readonly open: () => Promise<OpenAuditStore> },
): void {
  describe(`the store of audits: ${name}`, () => {
    let store: OpenAuditStore;
    beforeEach(async () => {
      await kept.empty();
      store = await kept.open();
    }, 60_000);
    afterEach(() => store.close());

    describe('the turn', () => {
      test.each([
        ['is taken when nobody has it', undefined, undefined, 'a'],
        ['is kept by whoever has it', 'a', undefined, 'a'],
        ['is not taken from another', 'b', undefined, 'b'],
        ['is taken from one that has ended', 'b', 'b', 'a'],
        ['is not taken from a third one', 'c', 'b', 'c'],
        ['is taken when nobody has it any more', undefined, 'b', 'a'],
      ])('%s', async (_what, holder, insteadOf, winner) => {
        if (holder !== undefined) await store.takeTurn(turn(holder));
        const taken = await store.takeTurn(turn('a'), insteadOf === undefined ? undefined : arnOf(insteadOf));
        expect(taken).toStrictEqual(turn(winner));
        expect(await store.takeTurn(turn('z'))).toStrictEqual(turn(winner));
      });

      test('is given back', async () => {
        await store.takeTurn(turn('a'));
        await store.releaseTurn(arnOf('a'));
        expect(await store.takeTurn(turn('b'))).toStrictEqual(turn('b'));
      });

      test('is not given back by another', async () => {
        await store.takeTurn(turn('a'));
        await store.releaseTurn(arnOf('b'));
        expect(await store.takeTurn(turn('c'))).toStrictEqual(turn('a'));
      });

      test('that nobody has is given back in peace', async () => {
        await store.releaseTurn(arnOf('a'));
        expect(await store.takeTurn(turn('a'))).toStrictEqual(turn('a'));
      });

      test('goes to one of several that take it at once, and all know to whom', async () => {
        const rivals = await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map(async (rival) => ({ rival, own: await kept.open() })));
        let ended: string | undefined;
        for (let round = 0; round < 4; round += 1) {
          const arns = await Promise.all(
            rivals.map(async ({ rival, own }) => (await own.takeTurn(turn(`${rival}${round}`), ended)).executionArn),
          );
          const [holder, ...others] = new Set(arns);
          expect(others).toEqual([]);
          ended = holder;
        }
        await Promise.all(rivals.map(({ own }) => own.close()));
      }, 60_000);
    });

    describe('audits', () => {
      test('are kept to the letter, the newest first', async () => {
        const ended = audit(3, { finishedAt: at(4), digest: 'sent', refused: [{ accountId: ACCOUNT, gap: refusal(ACCOUNT) }] });
        for (const each of [audit(1), ended, audit(2)]) await store.saveAudit(each);
        expect(await collect(store.audits())).toStrictEqual([ended, audit(2), audit(1)]);
        expect(await store.audit(audit(2).id)).toStrictEqual(audit(2));
        expect(await store.audit('none')).toBeUndefined();
      });

      test('that have finished stay finished', async () => {
        const ended = audit(1, { finishedAt: at(2) });
        for (const each of [audit(1), ended, audit(1), { ...ended, digest: 'sent' as const }, audit(1)]) await store.saveAudit(each);
        expect(await store.audit(ended.id)).toStrictEqual({ ...ended, digest: 'sent' });
      });

      test('of 10,000 accounts that all refuse fit', async () => {
        const accounts = accountIds(10_000);
        const large = audit(1, {
          accounts,
          refused: accounts.map((accountId) => ({ accountId, gap: refusal(accountId) })),
          leftOut: accounts.map((accountId) => ({ accountId, because: 'excluded' })),
        });
        await store.saveAudit(large);
        expect(await store.audit(large.id)).toStrictEqual(large);
      });

      test('of which AWS says too much keep who refused what and why', async () => {
        const accounts = accountIds(10_000);
        const refused = accounts.map((accountId, n) => ({ accountId, gap: refusal(accountId, noise(80, n)) }));
        await store.saveAudit(audit(1, { accounts, refused }));
        const saved = await store.audit(audit(1).id);
        expect(saved?.accounts).toEqual(accounts);
        expect(saved?.refused).toEqual(refused.map(({ accountId, gap }) => ({ accountId, gap: { ...gap, message: '' } })));
      });
    });

    describe('bookmarks', () => {
      test('are found, and gone when they are removed', async () => {
        await store.saveBookmark(job('eu-west-1'), bookmark);
        expect(await store.bookmark(job('eu-west-1', { round: 0 }))).toStrictEqual(bookmark);
        expect(await store.bookmark(job('us-east-1'))).toBeUndefined();
        expect(await store.bookmark(job('eu-west-1', { accountId: OTHER_ACCOUNT }))).toBeUndefined();
        expect(await store.bookmark(job('eu-west-1', { runId: 'run-8' }))).toBeUndefined();
        for (let twice = 0; twice < 2; twice += 1) await store.removeBookmark(job('eu-west-1'));
        expect(await store.bookmark(job('eu-west-1'))).toBeUndefined();
      });

      test('list the jobs of a run that are not done', async () => {
        const unread = { ...refusal(ACCOUNT), operation: 'ec2:DescribeRegions' };
        const { region: _region, count: _count, ...regionsUnread } = unread;
        const jobs = [job('eu-west-1'), job('global', { regionsUnread }), job('us-east-1', { round: 3 })];
        for (const each of [...jobs, job('eu-west-1', { runId: 'run-8' })]) await store.saveBookmark(each, bookmark);
        expect(await collect(store.unfinishedJobs('run-9'))).toStrictEqual(jobs);
        await store.removeBookmark(job('global'));
        expect(await collect(store.unfinishedJobs('run-9'))).toHaveLength(2);
        expect(await collect(store.unfinishedJobs('run-7'))).toEqual([]);
      });

      test('of an earlier round do not replace those of a later one', async () => {
        const further = { ...bookmark, blind: [] };
        await store.saveBookmark(job('eu-west-1', { round: 2 }), further);
        await store.saveBookmark(job('eu-west-1', { round: 1 }), bookmark);
        expect(await store.bookmark(job('eu-west-1'))).toStrictEqual(further);
        await store.saveBookmark(job('eu-west-1', { round: 2 }), bookmark);
        expect(await store.bookmark(job('eu-west-1'))).toStrictEqual(bookmark);
        await store.removeBookmark(job('eu-west-1', { round: 1 }));
        expect(await store.bookmark(job('eu-west-1'))).toStrictEqual(bookmark);
      });

      test('of a scan that was refused everywhere fit', async () => {
        const gaps = Array.from({ length: 4_000 }, (_, n) => ({ ...refusal(ACCOUNT), operation: `ec2:Operation${n}`, count: n }));
        const large = { ...bookmark, sight: { ...sight, gaps } };
        await store.saveBookmark(job('eu-west-1'), large);
        expect(await store.bookmark(job('eu-west-1'))).toStrictEqual(large);
      });

      test('are listed over several pages', async () => {
        const jobs = accountIds(40).map((accountId) => job('eu-west-1', { accountId, regions: [noise(40_000)] }));
        for (const each of jobs) await store.saveBookmark(each, bookmark);
        expect(await collect(store.unfinishedJobs('run-9'))).toHaveLength(40);
      }, 60_000);
    });

    describe('postures', () => {
      test('of an account are listed, the newest day first', async () => {
        const days = [day('2026-11-20'), day('2026-11-21', { unknown: 5 }), day('2026-11-19')];
        for (const each of [...days, day('2026-11-22', { accountId: OTHER_ACCOUNT })]) await store.savePosture(each);
        expect(await collect(store.postures(ACCOUNT))).toStrictEqual([days[1], days[0], days[2]]);
      });

      test('of a day are those of its last run', async () => {
        const last = day('2026-11-21', { runId: '20261121T150000Z-0001', unknown: 7 });
        await store.savePosture(last);
        await store.savePosture(day('2026-11-21'));
        expect(await collect(store.postures(ACCOUNT))).toStrictEqual([last]);
        await store.savePosture({ ...last, unknown: 8 });
        expect(await collect(store.postures(ACCOUNT))).toStrictEqual([{ ...last, unknown: 8 }]);
      });
    });
  });
}
