import type { Gap } from '../inventory/coverage.ts';
import type { UnreadReason } from '../inventory/facet.ts';
import type { ResourceType, Scope } from '../inventory/resource.ts';
import type { LookTally } from './check-tally.ts';

/** One scope that an audit is to scan: an element of the map's input, and what a scan is called with. */
export interface Job extends Scope {
  readonly runId: string;
  /** When the audit began, ISO 8601 UTC. */
  readonly startedAt: string;
  /** Regions that the account may use: some checks ask in all of them. */
  readonly regions: readonly string[];
  /** Why there may be more regions than those. */
  readonly regionsUnread?: UnreadReason;
  /** Ids of the root and the organizational units that the account is in, from the root down. Absent where nobody has asked. */
  readonly units?: readonly string[];
  /** Why nobody knows them. */
  readonly unitsUnread?: UnreadReason;
  /** 0, and one more each time that the scan stopped at its time limit: then there is a bookmark. */
  readonly round: number;
}

/** What a scan has seen of a scope. */
export interface Sight {
  readonly resources: number;
  readonly evaluations: number;
  readonly unknown: number;
  /** Checks that failed by a bug of ours. */
  readonly crashed: number;
  /** Resource types whose listing failed or broke off. */
  readonly incompleteTypes: readonly string[];
  readonly gaps: readonly Gap[];
  readonly usage: Usage;
}

/** What a scan of a scope has cost. */
export interface Usage {
  readonly calls: number;
  readonly throttles: number;
  readonly milliseconds: number;
}

/** Where a scan of one scope stopped at its time limit. */
export interface Bookmark {
  /** When its first look began, ISO 8601 UTC: nothing of the scope was seen earlier than that. */
  readonly startedAt: string;
  /** Types of which everything is judged. */
  readonly done: readonly ResourceType[];
  /** Of a type that was begun: the ARN up to which, in the order of ARNs, its resources are judged. */
  readonly judgedUpTo: Readonly<Partial<Record<ResourceType, string>>>;
  /** Checks that could not judge everything so far. */
  readonly blind: readonly string[];
  readonly sight: Sight;
  /** What was counted so far. Absent in older ones: then nobody knows all that the look counts. */
  readonly tally?: LookTally | undefined;
}
