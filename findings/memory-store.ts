import type { Scope } from '../inventory/resource.ts';
import type { Finding } from './finding.ts';
import type { RunRecord, ScopeRecord } from './run.ts';
import type { FindingStore, StateFilter } from './store.ts';

/** A store that is forgotten with the process: for trying out what would be kept and told. */
export function memoryStore(): FindingStore {
  const findings = new Map<string, Finding>();
  const records = new Map<string, ScopeRecord>();
  const runs = new Map<string, RunRecord>();
  const saveRun = (run: RunRecord) => void runs.set(`${run.id} ${run.accountId}`, run);
  return {
    findings: ({ accountId, region }, state) =>
      listed(findings, ({ scope, ...finding }) => scope.accountId === accountId && scope.region === region && isIn(finding, state)),
    finding: async (id) => findings.get(id),
    findingsInState: (state, accountId, since = '') =>
      listed(findings, ({ scope, ...finding }) => isIn(finding, state) && isOf(scope, accountId) && finding.observedAt >= since),
    unannounced: (accountId) => listed(findings, ({ scope, unannounced }) => unannounced && scope.accountId === accountId),
    async save(finding) {
      const known = findings.get(finding.id);
      if ((known?.version ?? 0) !== finding.version - 1 || (known && known.observedAt > finding.observedAt)) return 'superseded';
      findings.set(finding.id, finding);
      return 'saved';
    },
    async markAnnounced(id, version) {
      const known = findings.get(id);
      if (known?.version === version) findings.set(id, { ...known, unannounced: false });
    },
    scopeRecord: async (scope) => records.get(scopeKey(scope)),
    scopeRecordsOf: async (scopes) => scopes.flatMap((scope) => records.get(scopeKey(scope)) ?? []),
    scopeRecords: (accountId) => listed(records, (record) => isOf(record, accountId)),
    async saveScopeRecord(record) {
      const known = records.get(scopeKey(record));
      if (!known || known.seenAt <= record.seenAt) records.set(scopeKey(record), record);
    },
    runsOf: (id) => inOrder(runs, (run) => run.id === id, byAccount),
    runs: (accountId) => inOrder(runs, (run) => isOf(run, accountId), newestFirst),
    saveRun: async (run) => saveRun(run),
    saveRuns: async (some) => some.forEach(saveRun),
    isDeployed: async () => false,
    close: async () => undefined,
  };
}

function scopeKey({ accountId, region }: Scope): string {
  return `${accountId} ${region}`;
}

function isOf({ accountId }: { readonly accountId: string }, asked: string | undefined): boolean {
  return asked === undefined || accountId === asked;
}

function isIn({ state }: Pick<Finding, 'state'>, filter: StateFilter | undefined): boolean {
  return filter === undefined || (filter === 'unresolved' ? state !== 'resolved' : state === filter);
}

/** What there is when listing begins: what is saved meanwhile is not listed. */
async function* listed<Value>(kept: ReadonlyMap<string, Value>, isWanted: (value: Value) => boolean): AsyncGenerator<Value> {
  yield* [...kept.values()].filter(isWanted);
}

async function* inOrder(
  runs: ReadonlyMap<string, RunRecord>,
  isWanted: (run: RunRecord) => boolean,
  compare: (a: RunRecord, b: RunRecord) => number,
): AsyncGenerator<RunRecord> {
  yield* [...runs.values()].filter(isWanted).sort(compare);
}

function newestFirst(a: RunRecord, b: RunRecord): number {
  return a.id < b.id ? 1 : -1;
}

function byAccount(a: RunRecord, b: RunRecord): number {
  return a.accountId < b.accountId ? -1 : 1;
}
