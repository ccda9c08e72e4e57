import type { SQLInputValue, SQLOutputValue } from 'node:sqlite';
import type { Finding } from './finding.ts';
import type { RunRecord, ScopeRecord } from './run.ts';
import { guarded, openDatabase } from './sqlite-file.ts';
import type { FindingStore, StateFilter } from './store.ts';
import { toFinding, toRun, toScopeRecord } from './stored.ts';

type Row = Record<string, SQLOutputValue>;

/**
 * A store in one file, for one machine. Several processes may use it at once.
 * @throws ConfigError when the file is not ours, damaged, newer than this program, or cannot be written
 */
export async function openSqliteStore(path: string): Promise<FindingStore> {
  const database = await openDatabase(path);
  const prepare = (sql: string) => {
    const statement = guarded(path, () => database.prepare(sql));
    return {
      rows: (...values: SQLInputValue[]): Row[] => guarded(path, () => statement.all(...values)),
      changes: (...values: SQLInputValue[]): number => guarded(path, () => Number(statement.run(...values).changes)),
    };
  };

  const read = <Record>(rows: readonly Row[], convert: (row: Row) => Record): Record[] => guarded(path, () => rows.map(convert));

  const ofScope = prepare('SELECT body, unannounced FROM finding WHERE account = ? AND region = ?');
  const ofScopeInState = prepare('SELECT body, unannounced FROM finding WHERE account = ? AND region = ? AND state IN (?, ?)');
  const ofId = prepare('SELECT body, unannounced FROM finding WHERE id = ?');
  const inState = prepare('SELECT body, unannounced FROM finding WHERE state IN (?, ?)');
  const inStateOf = prepare('SELECT body, unannounced FROM finding WHERE state IN (?, ?) AND account = ? AND observed_at >= ?');
  const unannounced = prepare('SELECT body, unannounced FROM finding WHERE unannounced = 1 AND account = ?');
  const insert = prepare(`
    INSERT INTO finding (account, region, state, version, observed_at, unannounced, body, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO NOTHING`);
  const replace = prepare(`
    UPDATE finding SET account = ?, region = ?, state = ?, version = ?, observed_at = ?, unannounced = ?, body = ?
    WHERE id = ? AND version = ? AND observed_at <= ?`);
  const announced = prepare('UPDATE finding SET unannounced = 0 WHERE id = ? AND version = ? AND unannounced = 1');
  const scopeOf = prepare('SELECT body FROM scope WHERE account = ? AND region = ?');
  const scopes = prepare('SELECT body FROM scope');
  const scopesOf = prepare('SELECT body FROM scope WHERE account = ?');
  const keepScope = prepare(`
    INSERT INTO scope (account, region, seen_at, body) VALUES (?, ?, ?, ?)
    ON CONFLICT (account, region) DO UPDATE SET seen_at = excluded.seen_at, body = excluded.body WHERE seen_at <= excluded.seen_at`);
  const runsOfId = prepare('SELECT body FROM run WHERE id = ? ORDER BY account');
  const runs = prepare('SELECT body FROM run ORDER BY id DESC');
  const runsOf = prepare('SELECT body FROM run WHERE account = ? ORDER BY id DESC');
  const keepRun = prepare('INSERT OR REPLACE INTO run (id, account, body) VALUES (?, ?, ?)');
  const saveRun = (run: RunRecord): void => {
    keepRun.changes(run.id, run.accountId, JSON.stringify(run));
  };

  return {
    async *findings({ accountId, region }, state) {
      yield* read(
        state === undefined ? ofScope.rows(accountId, region) : ofScopeInState.rows(accountId, region, ...statesOf(state)),
        findingOf,
      );
    },
    finding: async (id) => read(ofId.rows(id), findingOf)[0],
    async *findingsInState(state, accountId, since = '') {
      const states = statesOf(state);
      yield* read(accountId === undefined ? inState.rows(...states) : inStateOf.rows(...states, accountId, since), findingOf);
    },
    async *unannounced(accountId) {
      yield* read(unannounced.rows(accountId), findingOf);
    },
    async save(finding) {
      const { version, observedAt } = finding;
      const changes =
        version === 1 ? insert.changes(...columnsOf(finding)) : replace.changes(...columnsOf(finding), version - 1, observedAt);
      return changes === 1 ? 'saved' : 'superseded';
    },
    async markAnnounced(id, version) {
      announced.changes(id, version);
    },
    scopeRecord: async ({ accountId, region }) => read(scopeOf.rows(accountId, region), scopeRecordOf)[0],
    scopeRecordsOf: async (wanted) => wanted.flatMap(({ accountId, region }) => read(scopeOf.rows(accountId, region), scopeRecordOf)),
    async *scopeRecords(accountId) {
      yield* read(accountId === undefined ? scopes.rows() : scopesOf.rows(accountId), scopeRecordOf);
    },
    async saveScopeRecord(record) {
      keepScope.changes(record.accountId, record.region, record.seenAt, JSON.stringify(record));
    },
    async *runsOf(id) {
      yield* read(runsOfId.rows(id), runOf);
    },
    async *runs(accountId) {
      yield* read(accountId === undefined ? runs.rows() : runsOf.rows(accountId), runOf);
    },
    async saveRuns(runs) {
      for (const run of runs) saveRun(run);
    },
    saveRun: async (run) => saveRun(run),
    isDeployed: async () => false,
    close: async () => database.close(),
  };
}

/** As many as a statement names. */
function statesOf(state: StateFilter): readonly [string, string] {
  return state === 'unresolved' ? ['open', 'excepted'] : [state, state];
}

function columnsOf(finding: Finding): SQLInputValue[] {
  const { scope, state, version, observedAt, unannounced, id } = finding;
  return [scope.accountId, scope.region, state, version, observedAt, unannounced ? 1 : 0, JSON.stringify(finding), id];
}

function findingOf(row: Row): Finding {
  return { ...toFinding(bodyOf(row)), unannounced: row.unannounced === 1 };
}

function scopeRecordOf(row: Row): ScopeRecord {
  return toScopeRecord(bodyOf(row));
}

function runOf(row: Row): RunRecord {
  return toRun(bodyOf(row));
}

function bodyOf(row: Row): unknown {
  return JSON.parse(String(row.body));
}
