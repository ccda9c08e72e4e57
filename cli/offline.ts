import type { Snapshot } from '../inventory/snapshot/snapshot.ts';
import { snapshotSession, snapshotSources } from '../inventory/snapshot/snapshot-source.ts';
import { Complaint } from './complaint.ts';
import { ownCredentials } from './credentials.ts';
import { EXIT } from './exit-codes.ts';
import type { Io } from './io.ts';
import type { World } from './world.ts';

/** A world in which there is only what a snapshot holds: nobody signs in, and AWS is not asked. `profile` owns a table that was named as a store. */
export function snapshotWorld(
  snapshot: Snapshot,
  { changeLookup: _, unitsOf: _units, ...world }: World,
  file: string,
  profile: string | undefined,
): World {
  return {
    ...world,
    sources: async () => snapshotSources(snapshot, await world.sources()),
    signIn: async () => ({ session: snapshotSession(snapshot), own: ownCredentials(profile) }),
    ...(snapshot.header.units === undefined ? {} : { unitsOf: async () => snapshot.header.units ?? [] }),
    planScopes: async ({ accountId }, wanted) => {
      const { scopes, regionsNotEnabled, regionsLeftOut } = snapshot.header;
      const regions = scopes.filter((scope) => scope !== 'global');
      const missing = wanted?.find((region) => !regions.includes(region));
      if (missing !== undefined)
        throw new Complaint(
          EXIT.usage,
          `the snapshot ${file} does not hold the region ${missing}; it holds ${regions.join(', ') || 'no region'}`,
        );
      const isWanted = (scope: string) => scope === 'global' || wanted === undefined || wanted.includes(scope);
      return {
        scopes: scopes.filter(isWanted).map((region) => ({ accountId, region })),
        notEnabled: regionsNotEnabled,
        leftOut: [...new Set([...regionsLeftOut, ...scopes.filter((scope) => !isWanted(scope))])].sort(),
      };
    },
  };
}

/** The same outside, at the time at which a snapshot was collected. */
export function ioAsOf({ stdout, stderr, env, cwd, interrupted }: Io, time: Date): Io {
  return { stdout, stderr, env, cwd, interrupted, now: () => time };
}
