import type { AnyCheck } from '../checks/check.ts';
import type { AccountUnits } from '../findings/evaluate.ts';
import type { ResourceSource } from '../inventory/reader.ts';
import type { ScopePlan } from '../inventory/regions.ts';
import type { Session } from '../inventory/session.ts';
import { collectInventory } from '../inventory/snapshot/collect.ts';
import { type EndLine, SNAPSHOT_SCHEMA, type SnapshotHeader } from '../inventory/snapshot/snapshot.ts';
import { isTeamFacet } from '../inventory/snapshot/team-facets.ts';
import type { CollectOptions } from './commands/collect.ts';
import { Complaint } from './complaint.ts';
import { configOf } from './config-of.ts';
import { type Context, screenOf } from './context.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { unlessInterrupted } from './interruption.ts';
import { checksNamed } from './options.ts';
import { liveLine } from './progress.ts';
import { collectedText } from './render/collected-text.ts';
import { safeJson } from './render/safe-text.ts';
import { toIdentity } from './scan-request.ts';
import { assertRegions, plannedScopes } from './scopes.ts';
import { openSnapshotFile } from './snapshot-file.ts';
import { readVersion } from './version.ts';

/** What was collected. The JSON that `posture collect --format json` writes. */
export interface CollectedDocument {
  readonly schemaVersion: 1;
  readonly file: string;
  readonly bytes: number;
  readonly snapshot: Omit<SnapshotHeader, 'kind'>;
  readonly finishedAt: string;
  readonly resources: number;
  readonly listings: number;
  readonly calls: number;
  readonly throttles: number;
  /** What could not be read, folded by operation, cause and region. */
  readonly gaps: EndLine['gaps'];
}

/** Collects an account's inventory into a file. What can be known to be wrong with the request is found before the first call. */
export async function collect(options: CollectOptions, context: Context): Promise<ExitCode> {
  const { io, world } = context;
  const collectedAt = io.now();
  const identity = toIdentity(options, io);
  const config = configOf(context, options.config);
  const regions = options.regions ?? config.regions;
  assertRegions(regions ?? []);
  const facets = facetsOf(neededBy(world.checks, options));
  const file = openSnapshotFile(io, options.output);
  try {
    const { session } = await unlessInterrupted(world.signIn(identity), io.interrupted);
    const plan = await unlessInterrupted(plannedScopes(world, session, regions), io.interrupted);
    const units = config.tailoring.namesUnits
      ? await unlessInterrupted(Promise.resolve(world.unitsOf?.(session)), io.interrupted)
      : undefined;
    const header = toHeader({ session, plan, facets, collectedAt, units });
    const sources = (await world.sources()).filter(({ type }) => facets[type] !== undefined);
    const end = await unlessInterrupted(collected({ options, context, session, header, sources, write: file.write }), io.interrupted);
    const bytes = await file.end();
    const document = toDocument(options.output, bytes, header, end);
    io.stdout.write(options.format === 'json' ? `${safeJson(document, 2)}\n` : collectedText(document, screenOf(context, options)));
    return end.gaps.length > 0 && options.strictCoverage ? EXIT.incomplete : EXIT.clean;
  } catch (error) {
    await file.abandon();
    throw error;
  }
}

interface Collecting {
  readonly options: CollectOptions;
  readonly context: Context;
  readonly session: Session;
  readonly header: SnapshotHeader;
  readonly sources: readonly ResourceSource[];
  readonly write: (line: string) => Promise<void>;
}

async function collected({ options, context: { io }, session, header, sources, write }: Collecting): Promise<EndLine> {
  const services = new Set(sources.map(({ type }) => type.split('::')[1])).size;
  const undertaking = { accountId: session.accountId, regions: header.scopes.filter((scope) => scope !== 'global').length, services };
  const asked = () => ({ calls: session.meter.total, throttles: session.meter.throttles });
  const line = liveLine(io, undertaking, options.quiet ?? false, asked);
  try {
    const onListed = (done: number, total: number) => line.update({ done, total, ...asked() });
    return await collectInventory({ session, header, sources, now: io.now, write, onListed });
  } finally {
    line.end();
  }
}

/** All checks, whatever the configuration switches off: another configuration may want what this one does not. @throws Complaint if none is left */
function neededBy(checks: readonly AnyCheck[], { checks: named, exclude }: CollectOptions): readonly AnyCheck[] {
  const excluded = new Set(checksNamed(exclude ?? [], checks));
  const chosen = (named === undefined ? checks : checksNamed(named, checks)).filter((check) => !excluded.has(check));
  if (chosen.length === 0) throw new Complaint(EXIT.usage, 'no check is left to collect for; see --checks and --exclude');
  return chosen;
}

function facetsOf(checks: readonly AnyCheck[]): SnapshotHeader['facets'] {
  const types = [...new Set(checks.flatMap(({ resourceTypes }) => resourceTypes))].sort();
  return Object.fromEntries(
    types.map((type) => {
      const judging = checks.filter(({ resourceTypes }) => resourceTypes.includes(type));
      const needed = new Set(judging.flatMap(({ needs }) => needs));
      return [type, [...needed].filter((name) => !isTeamFacet(type, name)).sort()];
    }),
  );
}

interface Collected {
  readonly session: Session;
  readonly plan: ScopePlan;
  readonly facets: SnapshotHeader['facets'];
  readonly collectedAt: Date;
  readonly units: AccountUnits | undefined;
}

function toHeader({ session, plan, facets, collectedAt, units }: Collected): SnapshotHeader {
  const { accountId, partition, callerArn, globalRegion, regions } = session;
  return {
    kind: 'posture-snapshot',
    schemaVersion: SNAPSHOT_SCHEMA,
    product: readVersion(),
    ...{ accountId, partition, callerArn, globalRegion },
    collectedAt: collectedAt.toISOString(),
    scopes: plan.scopes.map(({ region }) => region),
    regions,
    regionsNotEnabled: plan.notEnabled,
    regionsLeftOut: plan.leftOut,
    ...(units === undefined ? {} : { units }),
    facets,
  };
}

function toDocument(file: string, bytes: number, { kind: _, ...snapshot }: SnapshotHeader, end: EndLine): CollectedDocument {
  const { finishedAt, resources, listings, calls, throttles, gaps } = end;
  return { schemaVersion: 1, file, bytes, snapshot, finishedAt, resources, listings, calls, throttles, gaps };
}
