import type { Database } from '../../inventory/rds/database.ts';
import type { EngineSupport } from '../../inventory/rds/engine-support.ts';
import { fail, pass, type Verdict } from '../check.ts';
import { engineOf } from './databases.ts';
import { dateOf } from './time.ts';
import { refuseToJudge } from './unread.ts';

const EXTENDED = { severity: 'LOW', because: 'extended support still closes the worst holes' } as const;
const FOR_GOOD = 'none announced';

interface SupportTable {
  readonly source: string;
  /** Last day of standard support by the beginning of a version; the longest that fits counts. */
  readonly ends: Readonly<Record<string, string>>;
}

/** Engines of whose support RDS tells nothing; as of 2026-06. */
const TABLES: Readonly<Record<string, SupportTable>> = {
  docdb: {
    source: 'https://docs.aws.amazon.com/documentdb/latest/devguide/docdb-version-support-dates.html',
    ends: { '3.6': '2026-03-30', '4.0': FOR_GOOD, '5.0': FOR_GOOD, '8.0': FOR_GOOD },
  },
  neptune: {
    source: 'https://docs.aws.amazon.com/neptune/latest/userguide/engine-releases.html',
    ends: {
      '1.2': '2026-03-06',
      '1.3': '2027-03-06',
      '1.4': '2027-03-06',
      '1.4.6.2': '2027-06-03',
      '1.4.6.3': '2027-06-03',
      '1.4.7': '2027-06-03',
    },
  },
};

const RDS_DATES = 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/extended-support-viewing-support-dates.html';

/** What a version may count on, and who says so. */
interface Support {
  readonly version: string;
  readonly until: string;
  readonly extendedUntil: string | undefined;
  readonly source: string;
}

/** Extended support is for sale for some engines, and closes only the worst holes. A version of which nobody tells anything is not judged. */
export function judgeEngineSupport(database: Database, told: EngineSupport | undefined, now: Date): Verdict {
  const { engine, engineVersion } = database;
  const support = toldSupport(told) ?? publishedSupport(database);
  if (!support)
    return refuseToJudge('no-data', 'rds:DescribeDBMajorEngineVersions', `no support dates are known for ${engine} ${engineVersion}`);
  const { version, until, extendedUntil, source } = support;
  if (until === FOR_GOOD || !isOver(until, now)) return pass;
  const evidence = { ...engineOf(database), standardSupportUntil: dateOf(until), source };
  const ended = `standard support of ${engine} ${version} ended on ${dateOf(until)}`;
  if (extendedUntil === undefined || isOver(extendedUntil, now)) return fail(ended, evidence);
  return fail(`${ended}; it is in extended support`, { ...evidence, extendedSupportUntil: dateOf(extendedUntil) }, EXTENDED);
}

function toldSupport(told: EngineSupport | undefined): Support | undefined {
  return told && { version: told.majorVersion, until: told.standardUntil, extendedUntil: told.extendedUntil, source: RDS_DATES };
}

function publishedSupport({ engine, engineVersion }: Database): Support | undefined {
  const table = TABLES[engine];
  if (!table) return undefined;
  const fitting = Object.keys(table.ends).filter((start) => engineVersion === start || engineVersion.startsWith(`${start}.`));
  const version = fitting.toSorted((one, other) => other.length - one.length)[0];
  const until = version === undefined ? undefined : table.ends[version];
  return version === undefined || until === undefined ? undefined : { version, until, extendedUntil: undefined, source: table.source };
}

/** The last day counts whole. */
function isOver(lastDay: string, now: Date): boolean {
  return dateOf(lastDay) < dateOf(now.toISOString());
}
