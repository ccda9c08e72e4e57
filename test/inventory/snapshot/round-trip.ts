import { Listed } from '../../../inventory/facet.ts';
import type { Resource, ResourceSource } from '../../../inventory/reader.ts';
import { collectInventory } from '../../../inventory/snapshot/collect.ts';
import { readSnapshot } from '../../../inventory/snapshot/read-snapshot.ts';
import { SNAPSHOT_SCHEMA, type Snapshot, type SnapshotHeader } from '../../../inventory/snapshot/snapshot.ts';
import { snapshotSources } from '../../../inventory/snapshot/snapshot-source.ts';
import { fakeSession } from '../fake-session.ts';

export const SCOPE = { accountId: '123456789012', region: 'eu-west-1' };

export const header: SnapshotHeader = {
  kind: 'posture-snapshot',
  schemaVersion: SNAPSHOT_SCHEMA,
  product: '0.1.0',
  accountId: SCOPE.accountId,
  partition: 'aws',
  callerArn: 'arn:aws:iam::123456789012:role/audit',
  globalRegion: 'us-east-1',
  collectedAt: '2026-11-01T00:00:00.000Z',
  scopes: [SCOPE.region],
  regions: [SCOPE.region],
  regionsNotEnabled: [],
  regionsLeftOut: [],
  facets: {},
};

/** A regional source that lists these. */
export function sourceOf(type: ResourceSource['type'], list: () => Promise<Listed<Resource>>): ResourceSource {
  return { type, scope: 'regional', listCalls: [], onlyCalls: [], changes: [], facetCalls: {}, list, only: list };
}

/** The lines of a snapshot that holds these facets of resources; of several types if they are. */
export async function collected(resources: readonly Resource[], facets: readonly string[]): Promise<readonly string[]> {
  const types = [...new Set(resources.map(({ identity }) => identity.type))];
  const sources = types.map((type) => sourceOf(type, async () => new Listed(resources.filter(({ identity }) => identity.type === type))));
  return collectedOf(sources, Object.fromEntries(types.map((type) => [type, facets])));
}

export async function collectedOf(sources: readonly ResourceSource[], facets: SnapshotHeader['facets']): Promise<readonly string[]> {
  const lines: string[] = [];
  await collectInventory({
    session: fakeSession({}).session,
    header: { ...header, facets },
    sources,
    now: () => new Date('2026-11-01T00:05:00Z'),
    write: async (line) => void lines.push(line),
  });
  return lines;
}

export async function read(lines: readonly string[]): Promise<Snapshot> {
  return readSnapshot(
    (async function* () {
      yield* lines;
    })(),
  );
}

/** All resources that a snapshot gives back. */
export async function heldBy(lines: readonly string[]): Promise<readonly Resource[]> {
  const snapshot = await read(lines);
  const types = new Set(snapshot.listings.values().map(({ type }) => type));
  const { sources: known } = { sources: (await import('../../../inventory/registry.ts')).sources };
  const sources = snapshotSources(
    snapshot,
    known.filter(({ type }) => types.has(type)),
  );
  const listed = await Promise.all(sources.map((source) => source.list(fakeSession({}).session, SCOPE)));
  return listed.flatMap(({ known: resources }) => resources);
}
