import type { DBMajorEngineVersion } from '@aws-sdk/client-rds';
import type { Place } from '../call.ts';
import type { Listed } from '../facet.ts';
import { describeDBMajorEngineVersions } from './calls.ts';
import type { Database } from './database.ts';

/** Until when AWS supports the major version that a database runs (ISO 8601 UTC). */
export interface EngineSupport {
  readonly majorVersion: string;
  /** End of standard support. */
  readonly standardUntil: string;
  /** End of RDS Extended Support, which costs extra and brings security fixes only; `undefined` where there is none. */
  readonly extendedUntil: string | undefined;
}

export const engineSupportCalls = [describeDBMajorEngineVersions];

/**
 * What AWS says of the version: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/extended-support-viewing-support-dates.html
 * `undefined` where it says nothing: of commercial engines, of DocumentDB and Neptune, and of versions that it does not list.
 */
export async function readEngineSupport(database: Database, place: Place): Promise<EngineSupport | undefined> {
  return toEngineSupport(await describeDBMajorEngineVersions(place), database);
}

/** @throws Unread where the listing breaks off before the version */
function toEngineSupport(
  versions: Listed<DBMajorEngineVersion>,
  { engine, engineVersion }: Pick<Database, 'engine' | 'engineVersion'>,
): EngineSupport | undefined {
  for (const { Engine, MajorEngineVersion, SupportedEngineLifecycles = [] } of versions) {
    if (Engine !== engine || MajorEngineVersion === undefined || !isOfMajor(engineVersion, MajorEngineVersion)) continue;
    const endOf = (name: string) =>
      SupportedEngineLifecycles.find(({ LifecycleSupportName }) => LifecycleSupportName === name)?.LifecycleSupportEndDate?.toISOString();
    const standardUntil = endOf('open-source-rds-standard-support');
    const extendedUntil = endOf('open-source-rds-extended-support');
    return standardUntil === undefined ? undefined : { majorVersion: MajorEngineVersion, standardUntil, extendedUntil };
  }
  return undefined;
}

/** `8.0` is of `8.0.mysql_aurora.3.05.2` and of `8.0.35`, but not of `8.01`. */
function isOfMajor(version: string, major: string): boolean {
  return version === major || version.startsWith(`${major}.`);
}
