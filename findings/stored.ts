import * as z from 'zod';
import { type Evidence, SEVERITIES } from '../checks/check.ts';
import type { ResourceType } from '../inventory/resource.ts';
import { type Finding, TRANSITION_KINDS } from './finding.ts';
import type { RunRecord, ScopeRecord } from './run.ts';

/** The number of the form in which records are kept. A store with a higher one was written by a newer version of this program. */
export const SCHEMA = 1;

export const text = z.string();
export const count = z.int().nonnegative();
export const severity = z.enum(SEVERITIES);
export const scope = { accountId: text, region: text };
/** The types of a newer or older version are kept as they are. */
export const resourceType = z.custom<ResourceType>((value) => typeof value === 'string' && value.includes('::'), 'not a resource type');
/** Taken over as they are: rebuilding them could lose odd keys (`__proto__`), and then the finding would seem to have changed. */
export const evidence = z.custom<Evidence>(isRecord, 'not evidence');
const tags = z.custom<Readonly<Record<string, string>>>(
  (value) => isRecord(value) && Object.values(value).every((tag) => typeof tag === 'string'),
  'no tags',
);

export const actor = z.object({
  kind: z.enum(['root', 'user', 'role', 'federated', 'identity center', 'service', 'account', 'unknown']),
  name: text,
  arn: text.optional(),
  accountId: text.optional(),
  issuer: text.optional(),
  session: text.optional(),
  sourceIdentity: text.optional(),
  onBehalfOf: text.optional(),
  from: text.optional(),
  tool: z.enum(['console', 'cli', 'cloudformation', 'cdk', 'terraform', 'sdk', 'service', 'other']),
  invokedBy: text.optional(),
  mfa: z.boolean().optional(),
  accessKeyId: text.optional(),
});

export const cause = z.object({
  found: z.enum(['event', 'lookup']),
  unsure: z.literal(true).optional(),
  eventId: text,
  eventName: text,
  eventSource: text,
  at: text,
  ...scope,
  actor,
});

const exception = z.object({ owner: text, reason: text, expires: text, ticket: text });

const finding = z.object({
  id: text,
  checkId: text,
  scope: z.object(scope),
  resource: z.object({ type: resourceType, arn: text, id: text, ...scope, partition: text, tags }),
  state: z.enum(['open', 'excepted', 'resolved']),
  exception: exception.optional(),
  severity,
  reason: text,
  evidence,
  firstSeenAt: text,
  openedAt: text,
  resolvedAt: text.optional(),
  reopened: count,
  observedAt: text,
  judgedAt: text.optional(),
  version: count,
  history: z.array(
    z.object({
      kind: z.enum(TRANSITION_KINDS),
      at: text,
      runId: text,
      severity,
      reason: text,
      cause: cause.optional(),
      exception: exception.optional(),
    }),
  ),
  unannounced: z.boolean(),
});

const refusal = {
  operation: text,
  cause: z.enum(['denied', 'throttled', 'timeout', 'failed', 'malformed', 'unsupported', 'other-account', 'no-data', 'unresolved']),
  permissions: z.array(text),
  message: text,
};
export const unreadReason = z.object(refusal);
export const gap = z.object({ ...refusal, region: text, count });

const usage = z.object({ calls: count, throttles: count, milliseconds: count });

/** What a scan has seen of a scope, as stores keep it. */
export const sight = z.object({
  resources: count,
  evaluations: count,
  unknown: count,
  crashed: count,
  incompleteTypes: z.array(text),
  gaps: z.array(gap),
  usage,
});

/** What a look counted, by check. */
export const lookTally = z.record(text, z.tuple([count, count, count, count]));

const coverage = z.object({
  evaluations: count,
  unknown: count,
  crashed: count,
  resources: count,
  scopes: z.array(z.object({ ...scope, resources: count, evaluations: count, unknown: count, incompleteTypes: z.array(text) })),
  gaps: z.array(gap),
  regionsNotEnabled: z.array(text),
  regionsLeftOut: z.array(text),
  usage: usage.optional(),
});

const run = z.object({
  id: text,
  accountId: text,
  startedAt: text,
  finishedAt: text.optional(),
  first: z.boolean(),
  checkIds: z.array(text),
  regions: z.array(text),
  coverage: coverage.optional(),
  digest: z.enum(['none', 'unsent', 'sent']),
});

const scopeRecord = z.object({
  ...scope,
  runId: text,
  seenAt: text,
  lookedAt: text.optional(),
  blindSince: z.record(text, text),
  firstRunId: text.optional(),
  units: z.array(text).optional(),
  tally: lookTally.optional(),
  sight: sight.optional(),
  sightRunId: text.optional(),
});

/** @throws ZodError when a store returns what is no finding */
export function toFinding(stored: unknown): Finding {
  const parsed = finding.parse(stored);
  return { ...parsed, resolvedAt: parsed.resolvedAt };
}

/** @throws ZodError when a store returns what is no run */
export function toRun(stored: unknown): RunRecord {
  const parsed = run.parse(stored);
  return { ...parsed, finishedAt: parsed.finishedAt, coverage: parsed.coverage };
}

/** @throws ZodError when a store returns what is no scope record */
export function toScopeRecord(stored: unknown): ScopeRecord {
  return scopeRecord.parse(stored);
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
