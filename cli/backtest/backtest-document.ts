import type { Severity } from '../../checks/check.ts';
import type { Finding } from '../../findings/finding.ts';
import { compareText } from '../../findings/order.ts';
import { rankOf } from '../../findings/severity.ts';
import type { SnapshotHeader } from '../../inventory/snapshot/snapshot.ts';
import { toResource } from '../scan-document.ts';
import type { FindingRow } from '../scan-schema.ts';
import type { Standing } from './trial.ts';

/** One snapshot, judged with the present configuration and with the new one. */
export interface Judged {
  readonly file: string;
  readonly header: SnapshotHeader;
  readonly present: Standing;
  readonly proposed: Standing;
}

/** Of the present configuration, and of the new one. */
export interface Pair {
  readonly present: number;
  readonly proposed: number;
}

export interface BacktestRow {
  readonly id: string;
  readonly checkId: string;
  readonly severity: Severity;
  readonly reason: string;
  readonly resource: FindingRow['resource'];
  /** The first snapshot in which it was open, ISO 8601. */
  readonly since: string;
}

export interface BacktestCheck {
  readonly checkId: string;
  readonly severity: string;
  /** Findings that were open after any of the snapshots. */
  readonly findings: Pair;
  readonly added: number;
  readonly removed: number;
  /** Messages of their own. */
  readonly urgent: Pair;
}

/** The JSON that `posture backtest --format json` writes. */
export interface BacktestDocument {
  readonly schemaVersion: 1;
  /** Files of the two configurations; null for the defaults. */
  readonly config: { readonly present: string | null; readonly proposed: string };
  readonly snapshots: readonly {
    readonly file: string;
    readonly accountId: string;
    readonly collectedAt: string;
    readonly product: string;
    readonly open: Pair;
    readonly excepted: Pair;
    readonly urgent: Pair;
    readonly digests: Pair;
  }[];
  /** Over all snapshots. */
  readonly notifications: { readonly urgent: Pair; readonly digests: Pair };
  /** Checks and severities of which anything is different. */
  readonly checks: readonly BacktestCheck[];
  /** Open after some snapshot with the new configuration, and after none with the present one. */
  readonly added: readonly BacktestRow[];
  /** The other way round; `excepted` where the new configuration excepts it. */
  readonly removed: readonly (BacktestRow & { readonly excepted: boolean })[];
  /** Open with both, but otherwise severe. */
  readonly changed: readonly (BacktestRow & { readonly from: Severity })[];
  /** Open with both, and as severe. */
  readonly unchanged: number;
}

/** What the new configuration would have changed. */
export function toBacktestDocument(config: BacktestDocument['config'], judged: readonly Judged[]): BacktestDocument {
  const [present, proposed] = [everOpen(judged, 'present'), everOpen(judged, 'proposed')];
  const excepted = new Set(judged.flatMap(({ proposed: { excepted: findings } }) => findings.map(({ id }) => id)));
  const both = [...proposed.values()].flatMap((row) => {
    const before = present.get(row.id);
    return before ? [{ ...row, from: before.severity }] : [];
  });
  const changed = both.filter(({ from, severity }) => from !== severity);
  const document = {
    added: [...proposed.values()].filter(({ id }) => !present.has(id)).sort(worstFirst),
    removed: [...present.values()]
      .filter(({ id }) => !proposed.has(id))
      .map((row) => ({ ...row, excepted: excepted.has(row.id) }))
      .sort(worstFirst),
    changed: changed.sort(worstFirst),
    unchanged: both.length - changed.length,
  };
  return {
    schemaVersion: 1,
    config,
    snapshots: judged.map(({ file, header: { accountId, collectedAt, product }, ...standings }) => ({
      ...{ file, accountId, collectedAt, product },
      open: pairOf(standings, ({ open }) => open.length),
      excepted: pairOf(standings, ({ excepted: findings }) => findings.length),
      urgent: pairOf(standings, ({ urgent }) => urgent.length),
      digests: pairOf(standings, ({ digests }) => digests),
    })),
    notifications: {
      urgent: sumOf(judged, ({ urgent }) => urgent.length),
      digests: sumOf(judged, ({ digests }) => digests),
    },
    checks: toChecks(judged, present, proposed),
    ...document,
  };
}

type Side = 'present' | 'proposed';

/** Each finding that was ever open, as it was when it was last. */
function everOpen(judged: readonly Judged[], side: Side): ReadonlyMap<string, BacktestRow> {
  const rows = new Map<string, BacktestRow>();
  for (const { header, [side]: standing } of judged)
    for (const finding of standing.open) rows.set(finding.id, toRow(finding, rows.get(finding.id)?.since ?? header.collectedAt));
  return rows;
}

function toRow({ id, checkId, severity, reason, resource }: Finding, since: string): BacktestRow {
  return { id, checkId, severity, reason, resource: toResource(resource), since };
}

function toChecks(
  judged: readonly Judged[],
  present: ReadonlyMap<string, BacktestRow>,
  proposed: ReadonlyMap<string, BacktestRow>,
): readonly BacktestCheck[] {
  const keyOf = ({ checkId, severity }: { readonly checkId: string; readonly severity: string }) => `${checkId} ${severity}`;
  const findings = { present: Map.groupBy(present.values(), keyOf), proposed: Map.groupBy(proposed.values(), keyOf) };
  const urgentOf = (side: Side) =>
    Map.groupBy(
      judged.flatMap(({ [side]: { urgent } }) => urgent),
      keyOf,
    );
  const urgent = { present: urgentOf('present'), proposed: urgentOf('proposed') };
  const keys = new Set([findings.present, findings.proposed, urgent.present, urgent.proposed].flatMap((groups) => [...groups.keys()]));
  const checks = [...keys].map((key): BacktestCheck => {
    const [checkId = '', severity = ''] = key.split(' ');
    const [before, after] = [findings.present.get(key) ?? [], findings.proposed.get(key) ?? []];
    const [had, has] = [before, after].map((rows) => new Set(rows.map(({ id }) => id)));
    return {
      ...{ checkId, severity },
      findings: { present: before.length, proposed: after.length },
      added: after.filter(({ id }) => !had?.has(id)).length,
      removed: before.filter(({ id }) => !has?.has(id)).length,
      urgent: { present: urgent.present.get(key)?.length ?? 0, proposed: urgent.proposed.get(key)?.length ?? 0 },
    };
  });
  return checks
    .filter(({ added, removed, urgent: { present: before, proposed: after } }) => added + removed > 0 || before !== after)
    .sort((a, b) => severityRank(a.severity) - severityRank(b.severity) || compareText(a.checkId, b.checkId));
}

const SEVERITIES: readonly string[] = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL'];

function severityRank(severity: string): number {
  return SEVERITIES.indexOf(severity);
}

function pairOf(standings: Readonly<Record<Side, Standing>>, count: (standing: Standing) => number): Pair {
  return { present: count(standings.present), proposed: count(standings.proposed) };
}

function sumOf(judged: readonly Judged[], count: (standing: Standing) => number): Pair {
  const sum = (side: Side) => judged.reduce((total, { [side]: standing }) => total + count(standing), 0);
  return { present: sum('present'), proposed: sum('proposed') };
}

function worstFirst(a: BacktestRow, b: BacktestRow): number {
  return rankOf(a.severity) - rankOf(b.severity) || compareText(a.checkId, b.checkId) || compareText(a.resource.arn, b.resource.arn);
}
