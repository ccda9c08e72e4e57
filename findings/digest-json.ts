import type { Severity } from '../checks/check.ts';
import type { Gap } from '../inventory/coverage.ts';
import type { ActivityCount, ActivityRows } from './activity-rows.ts';
import { type ChangeRows, compareChanges } from './change-rows.ts';
import type { Change } from './digest.ts';
import type { AccountCount, AccountGap, CoverageCount, DigestContent, DigestKind } from './digest-content.ts';
import type { TransitionKind } from './finding.ts';
import type { KeptActivity } from './kept-activity.ts';
import { MESSAGE_SCHEMA } from './message.ts';
import { type Posture, perSeverity } from './posture.ts';

/** What a program gets to know of a run. Times are ISO 8601 UTC; lists may be shortened, and then say by how much. */
export interface DigestMessage {
  readonly schemaVersion: typeof MESSAGE_SCHEMA;
  readonly type: 'digest';
  /** `baseline` when nothing but first audits is told. */
  readonly event: DigestKind;
  readonly run: {
    readonly id: string;
    /** `null` when the run went over several accounts: then they are in `accounts`. */
    readonly accountId: string | null;
    readonly startedAt: string;
    readonly finishedAt: string | null;
  };
  /** Counts of what is told. */
  readonly posture: Posture;
  /** Worst first. Of an account's first audit all that is open, as opened. */
  readonly changes: readonly {
    readonly event: TransitionKind;
    readonly id: string;
    readonly checkId: string;
    readonly severity: Severity;
    readonly reason: string;
    readonly arn: string;
    readonly accountId: string;
    readonly region: string;
  }[];
  readonly moreChanges: number;
  /** What somebody did since the last digest. Absent when it is nothing. */
  readonly activities?: DigestActivities;
  /** Over all accounts. */
  readonly coverage: CoverageCount | null;
  /** What could not be read, and could be before. */
  readonly newGaps: readonly AccountGap[];
  readonly moreGaps: number;
  /** The accounts of a deployed audit, those with news first. Absent when the command line has audited one. */
  readonly accounts?: readonly AccountRow[];
  readonly moreAccounts?: number;
}

export interface DigestActivities {
  readonly total: number;
  readonly bySeverity: Readonly<Record<Severity, number>>;
  /** The worst first, then those with most. */
  readonly counts: readonly ActivityCount[];
  readonly moreCounts: number;
  /** The worst first, then the newest, of those that were not told alone. */
  readonly newest: readonly {
    readonly id: string;
    readonly checkId: string;
    readonly severity: Severity;
    readonly reason: string;
    readonly event: KeptActivity['event'];
    readonly actor: string;
  }[];
}

export interface AccountRow {
  readonly accountId: string;
  /** `baseline` when this was the account's first audit. */
  readonly event: DigestKind;
  /** How many changes are told of it. */
  readonly changes: number;
  /** All that is open in the account, told or not, and in all how many findings were opened, reopened and resolved in this run. */
  readonly open: number;
  /** What an exception covers. */
  readonly excepted: number;
  readonly opened: number;
  readonly reopened: number;
  readonly lapsed: number;
  readonly resolved: number;
  readonly openBySeverity: Readonly<Record<Severity, number>>;
  readonly coverage: CoverageCount | null;
  readonly scopes: { readonly planned: number; readonly seen: number };
  /** How many reads were refused that were not before. */
  readonly newGaps: number;
  /** Why the account could not be entered, or is no longer audited; its findings stay as they were last seen. */
  readonly refused: Gap | null;
}

/** SNS takes 262,144 bytes, in which the JSON stands escaped, and the text and the notification for chat beside it. Changes have the room that the other lists leave. */
const ROOM = { all: 73_500, gaps: 15_000, accounts: 20_000, activities: 10_000 };
export const LONGEST_LIST = 200;

/** The message for programs, its lists as long as there is room. */
export function digestJson(content: DigestContent): DigestMessage {
  const { kind, run, accounts, told, posture } = content;
  const [sole, ...others] = accounts;
  const gaps = fitting(content.newGaps, ROOM.gaps);
  const perAccount = toAccounts(accounts);
  const done = toActivities(content.activities);
  const changes = fitting(rowsOf(content.changes, content.open), ROOM.all - sizeOf(gaps) - sizeOf(perAccount) - sizeOf(done));
  return {
    schemaVersion: MESSAGE_SCHEMA,
    type: 'digest',
    event: kind,
    run: {
      id: run.id,
      accountId: sole && others.length === 0 ? sole.accountId : null,
      startedAt: run.startedAt,
      finishedAt: run.finishedAt ?? null,
    },
    posture,
    changes,
    moreChanges: content.changes.total + content.open.total - changes.length,
    ...done,
    coverage: sumOf(accounts),
    newGaps: gaps,
    moreGaps: told.reduce((sum, { newGaps }) => sum + newGaps, 0) - gaps.length,
    ...perAccount,
  };
}

/** As many as fit into so many bytes of JSON, but not more than a program wants to see. */
function fitting<Row extends object>(rows: readonly Row[], room: number): readonly Row[] {
  let size = 0;
  const end = rows.findIndex((row, index) => {
    size += sizeOf(row) + 1;
    return index >= LONGEST_LIST || size > room;
  });
  return end < 0 ? rows : rows.slice(0, end);
}

function sizeOf(part: object): number {
  return Buffer.byteLength(JSON.stringify(part));
}

function rowsOf(changes: ChangeRows, open: ChangeRows): DigestMessage['changes'] {
  return [...changes.rows, ...open.rows].sort(compareChanges).map(toRow);
}

function toRow({ kind, finding: { id, checkId, severity, reason, resource } }: Change): DigestMessage['changes'][number] {
  const { accountId, region } = resource;
  return { event: kind, id, checkId, severity, reason, arn: resource.arn.slice(0, 2_048), accountId, region };
}

function toActivities({ total, bySeverity, counts, moreCounts, rows }: ActivityRows): Pick<DigestMessage, 'activities'> {
  if (total === 0) return {};
  const shown = fitting(counts, ROOM.activities);
  const newest = rows.map(({ id, checkId, severity, reason, event, actor }) => ({
    id,
    checkId,
    severity,
    reason,
    event,
    actor: actor.name,
  }));
  return {
    activities: {
      ...{ total, bySeverity, counts: shown, moreCounts: moreCounts + counts.length - shown.length },
      newest: fitting(newest, ROOM.activities),
    },
  };
}

function toAccounts(accounts: readonly AccountCount[]): Pick<DigestMessage, 'accounts' | 'moreAccounts'> {
  const rows = accounts.flatMap(toAccountRow);
  if (rows.length === 0) return {};
  const shown = fitting(rows, ROOM.accounts);
  return { accounts: shown, moreAccounts: rows.length - shown.length };
}

function toAccountRow({ accountId, kind, told, posture, coverage, scopes, newGaps, refusal }: AccountCount): AccountRow[] {
  if (!posture || !scopes) return [];
  const { open, excepted, opened, reopened, lapsed, resolved, bySeverity } = posture;
  return [
    {
      ...{ accountId, event: kind, changes: Object.values(told).reduce((sum, count) => sum + count, 0), open, excepted },
      ...{ opened, reopened, lapsed, resolved },
      openBySeverity: perSeverity((severity) => bySeverity[severity].open),
      ...{ coverage: coverage ?? null, scopes, newGaps, refused: refusal?.gap ?? null },
    },
  ];
}

/** What was read of all accounts; `null` when nothing was. */
export function sumOf(accounts: readonly AccountCount[]): CoverageCount | null {
  const read = accounts.flatMap(({ coverage }) => coverage ?? []);
  const sum = (count: keyof CoverageCount): number => read.reduce((total, coverage) => total + coverage[count], 0);
  if (read.length === 0) return null;
  return { evaluations: sum('evaluations'), unknown: sum('unknown'), crashed: sum('crashed'), resources: sum('resources') };
}
