import type { FindingRow, ScanDocument } from '../../cli/scan-schema.ts';
import type { Finding } from '../../findings/finding.ts';
import { openSqliteStore } from '../../findings/sqlite-store.ts';
import { sources } from '../../inventory/registry.ts';

/** What must hold of a scan in which something could not be read, compared with one in which everything could. Each entry is a breach. */
export function breaches(clean: ScanDocument, faulty: ScanDocument, isAffected: (checkId: string) => boolean): readonly string[] {
  const cleanRows = byKey(clean);
  const faultyRows = byKey(faulty);
  const made = [...faultyRows].flatMap(([key, row]) => {
    const before = cleanRows.get(key);
    if (row.status === 'UNKNOWN') return before || row.resource.id === '*' ? [] : [`${key} was not there before`];
    return before?.status === row.status ? [] : [`${key} is ${row.status}, was ${before?.status ?? 'not there'}`];
  });
  const lost = [...cleanRows].flatMap(([key, row]) => (faultyRows.has(key) || isAccountedFor(row, faulty) ? [] : [`${key} is lost`]));
  const changed = [...cleanRows].flatMap(([key, row]) => {
    const isSame = verdictOf(row) === verdictOf(faultyRows.get(key));
    return isSame || isAffected(row.checkId) ? [] : [`${key} is not what it was, though it rests on something else`];
  });
  const crashed = faulty.findings.filter(({ status, unread }) => status === 'UNKNOWN' && unread === null && !isUnseen(clean, status));
  return [...made, ...lost, ...changed, ...crashed.filter(({ reason }) => !reason?.startsWith('not seen')).map((row) => `${row.reason}`)];
}
