import { EXPIRY, expiryAfter } from './dynamodb-table.ts';
import type { Finding } from './finding.ts';
import { pack, unpack } from './packed.ts';
import type { RunRecord, ScopeRecord } from './run.ts';
import { SCHEMA, toFinding, toRun, toScopeRecord } from './stored.ts';

/** An item as the document client takes and gives it. */
export type Item = Record<string, unknown>;

/** Runs, and the audits that they are of: more than a year, to compare with. */
export const RUN_DAYS = 400;

export function findingKey(id: string) {
  return { pk: `FINDING#${id}`, sk: 'FINDING' };
}

export function scopeKey(accountId: string, region: string) {
  return { pk: 'SCOPE', sk: `${accountId}#${region}` };
}

export function runPartition(accountId: string): string {
  return `RUN#${accountId}`;
}

/** Evidence and tags are kept as JSON: they may nest deeper, and have odder numbers and keys, than DynamoDB's own maps. */
export function findingItem(finding: Finding): Item {
  const { scope, state, unannounced } = finding;
  return {
    ...findingKey(finding.id),
    schema: SCHEMA,
    place: `${scope.region}#${finding.id}`,
    [state === 'resolved' ? 'resolvedIn' : 'openIn']: scope.accountId,
    ...(unannounced ? { unannouncedIn: scope.accountId } : {}),
    ...finding,
    evidence: JSON.stringify(finding.evidence),
    resource: { ...finding.resource, tags: JSON.stringify(finding.resource.tags) },
  };
}

/** @throws ZodError or SyntaxError when the item is no finding */
export function findingOf(item: Item): Finding {
  return toFinding({ ...item, evidence: JSON.parse(String(item.evidence)), resource: toResource(item.resource) });
}

function toResource(stored: unknown): unknown {
  if (typeof stored !== 'object' || stored === null || !('tags' in stored)) return stored;
  return { ...stored, tags: JSON.parse(String(stored.tags)) };
}

/** What a scan that was refused everywhere has seen is larger than an item may be: it is compressed. */
export function scopeItem(record: ScopeRecord): Item {
  const { accountId, region, sight, tally } = record;
  return { ...scopeKey(accountId, region), schema: SCHEMA, ...record, sight: sight && pack(sight), tally: tally && pack(tally) };
}

export function scopeOf(item: Item): ScopeRecord {
  const { sight, tally, ...rest } = item;
  return toScopeRecord({ ...rest, ...unpacked({ sight, tally }) });
}

function unpacked(packed: Item): Item {
  return Object.fromEntries(Object.entries(packed).flatMap(([name, value]) => (value === undefined ? [] : [[name, unpack(value)]])));
}

/** Compressed too: the coverage of a whole account. */
export function runItem(run: RunRecord): Item {
  return {
    pk: runPartition(run.accountId),
    sk: run.id,
    schema: SCHEMA,
    allRuns: 'RUN',
    [EXPIRY]: expiryAfter(run.startedAt, RUN_DAYS),
    ...run,
    coverage: run.coverage && pack(run.coverage),
  };
}

export function runOf(item: Item): RunRecord {
  return toRun({ ...item, coverage: unpack(item.coverage) });
}
