import { gunzipSync, gzipSync } from 'node:zlib';
import type { Finding } from './finding.ts';
import type { RunRecord, ScopeRecord } from './run.ts';
import { SCHEMA, toFinding, toRun, toScopeRecord } from './stored.ts';

/** An item as the document client takes and gives it. */
export type Item = Record<string, unknown>;

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
    [state === 'open' ? 'openIn' : 'resolvedIn']: scope.accountId,
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

export function scopeItem(record: ScopeRecord): Item {
  return { ...scopeKey(record.accountId, record.region), schema: SCHEMA, ...record };
}

export function scopeOf(item: Item): ScopeRecord {
  return toScopeRecord(item);
}

/** The coverage of a scan that was refused everywhere is larger than an item may be, but says the same over and over: it is compressed. */
export function runItem(run: RunRecord): Item {
  return {
    pk: runPartition(run.accountId),
    sk: run.id,
    schema: SCHEMA,
    allRuns: 'RUN',
    ...run,
    coverage: run.coverage && gzipSync(JSON.stringify(run.coverage)),
  };
}

export function runOf(item: Item): RunRecord {
  const { coverage } = item;
  return toRun({ ...item, coverage: coverage instanceof Uint8Array ? JSON.parse(gunzipSync(coverage).toString()) : undefined });
}
