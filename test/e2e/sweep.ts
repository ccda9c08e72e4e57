import type { FindingRow, ScanDocument } from '../../cli/scan-schema.ts';
import type { Finding } from '../../findings/finding.ts';
import { rankOf } from '../../findings/severity.ts';
import { openSqliteStore } from '../../findings/sqlite-store.ts';
import { sources } from '../../inventory/registry.ts';

/** What does not hold of a scan that could not read everything, compared with one that could. `isAffected`: the check may rest on what was refused. */
export function breaches(clean: ScanDocument, faulty: ScanDocument, isAffected: (checkId: string) => boolean): readonly string[] {
  const before = byKey(clean);
  const after = byKey(faulty);
  const made = [...after].flatMap(([key, row]) => {
    if (row.status === 'UNKNOWN') return before.has(key) || row.resource.id === '*' ? [] : [`${key} is new`];
    // That a thing is none of a check's business may show only where a listing cannot leave it out.
    if (row.status === 'NOT_APPLICABLE' && !before.has(key)) return [];
    const was = before.get(key)?.status ?? 'not there';
    return was === row.status ? [] : [`${key} is ${row.status}, was ${was}`];
  });
  const lost = [...before].flatMap(([key, row]) => (after.has(key) || isAccountedFor(row, faulty) ? [] : [`${key} is lost`]));
  const harmed = [...before].flatMap(([key, row]) =>
    isAffected(row.checkId) || verdictOf(row) === verdictOf(after.get(key))
      ? []
      : [`${key} is another, though it rests on nothing refused`],
  );
  return [...made, ...lost, ...harmed];
}

function byKey({ findings }: ScanDocument): ReadonlyMap<string, FindingRow> {
  return new Map(findings.map((row) => [`${row.checkId} of ${row.resource.arn}`, row]));
}

function verdictOf(row: FindingRow | undefined): string {
  return JSON.stringify([row?.status, row?.severity, row?.reason, row?.evidence]);
}

/** One row says of all the resources that nobody listed that they are UNKNOWN. */
function isAccountedFor({ checkId, resource }: FindingRow, { findings }: ScanDocument): boolean {
  const region = scopeOf(resource);
  return findings.some(
    (row) => row.status === 'UNKNOWN' && row.checkId === checkId && row.resource.id === '*' && row.resource.region === region,
  );
}

/** Only what belongs to some scopes, by region. */
export function rowsOf(document: ScanDocument, regions: readonly string[]): ScanDocument {
  return { ...document, findings: document.findings.filter(({ resource }) => regions.includes(scopeOf(resource))) };
}

/** Buckets and trails are in a region, but are listed for the account as a whole. */
function scopeOf({ type, region }: FindingRow['resource']): string {
  return globalTypes.has(type) ? 'global' : region;
}

const globalTypes: ReadonlySet<string> = new Set(sources.filter(({ scope }) => scope === 'global').map(({ type }) => type));

/** Every finding in a store by id: whether it is open, and how severe. */
export async function keptIn(path: string): Promise<ReadonlyMap<string, Pick<Finding, 'state' | 'severity'>>> {
  const store = await openSqliteStore(path);
  const kept = new Map<string, Pick<Finding, 'state' | 'severity'>>();
  for (const state of ['open', 'resolved'] as const) {
    for await (const { id, checkId, severity } of store.findingsInState(state)) kept.set(`${checkId} ${id}`, { state, severity });
  }
  await store.close();
  return kept;
}

/** What was opened, closed or made less of in a store between two looks at it. */
export async function movedIn(before: string, after: string): Promise<readonly string[]> {
  const [was, is] = [await keptIn(before), await keptIn(after)];
  const told = (finding: Pick<Finding, 'state' | 'severity'> | undefined) =>
    finding ? `${finding.state} ${finding.severity}` : 'not there';
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((id) => {
    const [old, now] = [was.get(id), is.get(id)];
    const isSame = old && now && old.state === now.state && rankOf(now.severity) <= rankOf(old.severity);
    return isSame ? [] : [`${id} was ${told(old)} and is ${told(now)}`];
  });
}

/**
 * Operations that can fail together and still be told apart, because no check rests on two of them: a scan for each group, and not for each operation.
 * Greedy, those that most checks rest on first.
 */
export function apart(operations: readonly string[], checksOf: (operation: string) => ReadonlySet<string>): readonly (readonly string[])[] {
  const groups: { readonly members: string[]; readonly taken: Set<string> }[] = [];
  for (const operation of operations.toSorted((one, other) => checksOf(other).size - checksOf(one).size)) {
    const affected = checksOf(operation);
    let group = groups.find(({ taken }) => ![...affected].some((id) => taken.has(id)));
    if (!group) groups.push((group = { members: [], taken: new Set() }));
    group.members.push(operation);
    for (const id of affected) group.taken.add(id);
  }
  return groups.map(({ members }) => members.sort());
}
