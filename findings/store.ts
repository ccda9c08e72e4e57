import type { Scope } from '../inventory/resource.ts';
import type { Finding } from './finding.ts';
import type { RunRecord, ScopeRecord } from './run.ts';

/** The findings to list: those in a state, or all that are not resolved, open and excepted alike. */
export type StateFilter = Finding['state'] | 'unresolved';

/** Where findings are kept. Two implementations, SQLite and DynamoDB, pass one contract test. */
export interface FindingStore {
  /** All findings of a scope, whatever their state or only those in one, in no particular order. */
  readonly findings: (scope: Scope, state?: StateFilter) => AsyncIterable<Finding>;
  readonly finding: (id: string) => Promise<Finding | undefined>;
  /** Findings in a state over all scopes of an account, or of all accounts; of an account perhaps only those whose newest change was observed at a time (ISO 8601) or later. */
  readonly findingsInState: (state: StateFilter, accountId?: string, since?: string) => AsyncIterable<Finding>;
  /** Findings whose newest transition was saved but not announced. */
  readonly unannounced: (accountId: string) => AsyncIterable<Finding>;
  /**
   * Keeps a finding if the store still has the version that it replaces (`version - 1`; 1 if it has none) and nothing newer was observed.
   * One conditional write of one item. `superseded` leaves the store as it was: read again and reconcile again.
   */
  readonly save: (finding: Finding) => Promise<'saved' | 'superseded'>;
  /** Clears `unannounced` of this version of a finding; a newer version is left alone. */
  readonly markAnnounced: (id: string, version: number) => Promise<void>;
  readonly scopeRecord: (scope: Scope) => Promise<ScopeRecord | undefined>;
  /** The records of those of these scopes, at most 100, that have one; in no particular order. */
  readonly scopeRecordsOf: (scopes: readonly Scope[]) => Promise<readonly ScopeRecord[]>;
  readonly scopeRecords: (accountId?: string) => AsyncIterable<ScopeRecord>;
  readonly saveScopeRecord: (record: ScopeRecord) => Promise<void>;
  /** The runs of that id: a deployed audit has one in each account. Sorted by account. */
  readonly runsOf: (id: string) => AsyncIterable<RunRecord>;
  /** Newest first; of the same id, in no particular order. */
  readonly runs: (accountId?: string) => AsyncIterable<RunRecord>;
  readonly saveRun: (run: RunRecord) => Promise<void>;
  /** Keeps at most 25 runs, each by itself: a failure may leave some of them kept. */
  readonly saveRuns: (runs: readonly RunRecord[]) => Promise<void>;
  /** True when deployed audits are kept here too: they tell only what they have found themselves. */
  readonly isDeployed: () => Promise<boolean>;
  readonly close: () => Promise<void>;
}
