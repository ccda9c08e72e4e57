import { AUDITS, auditOf } from './audit-items.ts';
import { type Condition, type Connection, connect, type DynamoDbLocation } from './dynamodb-connection.ts';
import { findingItem, findingKey, findingOf, runItem, runOf, runPartition, scopeItem, scopeKey, scopeOf } from './dynamodb-items.ts';
import type { Finding } from './finding.ts';
import type { RunRecord } from './run.ts';
import type { FindingStore, StateFilter } from './store.ts';

/**
 * A store in one DynamoDB table, for any number of writers. Single items are read consistently; lists come from indexes, which lag by moments.
 * Its methods throw ConfigError when the table is missing, is not ours, or was written by something newer.
 */
export async function openDynamoDbStore(location: DynamoDbLocation): Promise<FindingStore> {
  const table = await connect(location);
  return {
    async *findings({ accountId, region }, state) {
      const found = new Map<string, Finding>();
      // In this order nothing open is missed: what is reopened between the two reads is seen twice.
      for (const index of state === undefined ? BOTH : [indexOf(state)]) {
        for await (const finding of table.select({ index, partition: accountId, prefix: `${region}#` }, findingOf)) {
          if (finding.version > (found.get(finding.id)?.version ?? 0)) found.set(finding.id, finding);
        }
      }
      yield* state === undefined ? found.values() : found.values().filter((finding) => isIn(finding, state));
    },
    finding: (id) => table.read(findingKey(id), findingOf),
    async *findingsInState(state, accountId, since) {
      const index = indexOf(state);
      const listed =
        accountId === undefined
          ? table.scan(index, findingOf)
          : table.select({ index, partition: accountId, observedSince: since }, findingOf);
      for await (const finding of listed) if (isIn(finding, state)) yield finding;
    },
    unannounced: (accountId) => table.select({ index: 'unannounced', partition: accountId }, findingOf),
    async save(finding) {
      const { version, observedAt } = finding;
      const saved = await table.put(findingItem(finding), version === 1 ? NOT_THERE : replaces(version - 1, observedAt));
      return saved ? 'saved' : 'superseded';
    },
    async markAnnounced(id, version) {
      await table.update(findingKey(id), 'SET unannounced = :no REMOVE unannouncedIn', {
        ConditionExpression: '#version = :version AND unannounced = :yes',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':version': version, ':no': false, ':yes': true },
      });
    },
    scopeRecord: ({ accountId, region }) => table.read(scopeKey(accountId, region), scopeOf),
    scopeRecordsOf: (scopes) =>
      table.readAll(
        scopes.map(({ accountId, region }) => scopeKey(accountId, region)),
        scopeOf,
      ),
    scopeRecords: (accountId) =>
      table.select({ partition: 'SCOPE', ...(accountId === undefined ? {} : { prefix: `${accountId}#` }) }, scopeOf),
    async saveScopeRecord(record) {
      await table.put(scopeItem(record), {
        ConditionExpression: 'attribute_not_exists(pk) OR seenAt <= :seenAt',
        ExpressionAttributeValues: { ':seenAt': record.seenAt },
      });
    },
    runsOf: (id) => runsOf(table, id),
    runs: (accountId) =>
      accountId === undefined
        ? table.select({ index: 'runs', partition: 'RUN', newestFirst: true }, runOf)
        : table.select({ partition: runPartition(accountId), newestFirst: true }, runOf),
    async saveRun(run) {
      await table.put(runItem(run));
    },
    saveRuns: (runs) => table.putAll(runs.map(runItem)),
    async isDeployed() {
      for await (const _ of table.select({ partition: AUDITS, newestFirst: true }, auditOf)) return true;
      return false;
    },
    close: async () => table.close(),
  };
}

const BOTH = ['resolved', 'open'] as const;

/** What is excepted stands among what is open: a scan reads both at once, and a further index would cost more than it spares. */
function indexOf(state: StateFilter): (typeof BOTH)[number] {
  return state === 'resolved' ? 'resolved' : 'open';
}

function isIn(finding: Finding, state: StateFilter): boolean {
  return state === 'unresolved' ? finding.state !== 'resolved' : finding.state === state;
}

async function* runsOf(table: Connection, id: string): AsyncIterable<RunRecord> {
  const found: RunRecord[] = [];
  for await (const run of table.select({ index: 'runs', partition: 'RUN', prefix: id }, runOf)) if (run.id === id) found.push(run);
  yield* found.sort((a, b) => (a.accountId < b.accountId ? -1 : 1));
}

const NOT_THERE: Condition = { ConditionExpression: 'attribute_not_exists(pk)' };

function replaces(version: number, observedAt: string): Condition {
  return {
    ConditionExpression: '#version = :version AND observedAt <= :observedAt',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':version': version, ':observedAt': observedAt },
  };
}
