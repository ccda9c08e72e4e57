import * as z from 'zod';
import { SEVERITIES } from '../checks/check.ts';

const time = z.string().meta({ format: 'date-time', description: 'ISO 8601, UTC' });

const calls = z
  .strictObject({
    total: z.int().min(0).describe('requests sent to AWS, retries included'),
    throttles: z.int().min(0).describe('answers that said we ask too fast'),
    byOperation: z.record(z.string(), z.int().min(0)).describe('requests by service:Operation'),
    estimatedUsd: z.number().min(0).describe('what GuardDuty charges to read the CloudTrail events of these requests, if it is on'),
    priceBasis: z.string(),
  })
  .describe('what the scan asked of AWS, and what that costs indirectly');

const run = z.object({
  id: z.string().describe('sortable by time'),
  accountId: z.string(),
  callerArn: z.string(),
  partition: z.string(),
  startedAt: time,
  finishedAt: time,
  first: z.boolean().describe('no scan of this account had ended before'),
  regions: z.array(z.string()).describe('scopes that were scanned; "global" is what an account has once'),
  checks: z.array(z.string()).describe('ids of the checks that ran'),
  calls,
  snapshot: z
    .object({
      collectedAt: time,
      product: z.string().describe('the version of posture that collected it'),
      judgedAt: time.describe('the time as of which the checks judged'),
    })
    .optional()
    .describe('of a scan with --snapshot: what was judged in place of AWS; startedAt is then the time of its collection'),
});

const unread = z.object({
  cause: z.string().describe('denied, throttled, timeout, failed, malformed, unsupported, other-account, no-data or unresolved'),
  operation: z.string().describe('service:Operation'),
  permissions: z.array(z.string()).describe('IAM actions that would have allowed it'),
});

const coverage = z.object({
  complete: z.boolean().describe('false if any verdict is UNKNOWN or any listing broke off'),
  evaluations: z.int().min(0),
  unknown: z.int().min(0),
  crashed: z.int().min(0).describe('UNKNOWN because a check itself failed: a bug of ours'),
  resources: z.int().min(0),
  scopes: z.array(
    z.object({
      accountId: z.string(),
      region: z.string(),
      resources: z.int().min(0),
      evaluations: z.int().min(0),
      unknown: z.int().min(0),
      incompleteTypes: z.array(z.string()).describe('resource types whose listing failed or broke off'),
    }),
  ),
  gaps: z
    .array(unread.extend({ region: z.string(), message: z.string(), count: z.int().min(1) }))
    .describe('every kind of refusal that was met, also those that no verdict depended on'),
  regionsNotEnabled: z.array(z.string()),
  regionsLeftOut: z.array(z.string()),
});

const finding = z.object({
  id: z.string().describe('stable: a hash of check id and resource ARN'),
  checkId: z.string(),
  status: z.enum(['PASS', 'FAIL', 'UNKNOWN', 'NOT_APPLICABLE']),
  open: z
    .boolean()
    .describe('true for FAIL, and for UNKNOWN whose failure was open before: what is not known closes nothing; false for what is excepted'),
  severity: z.enum(SEVERITIES),
  reason: z.string().nullable().describe('the observed fact; null for PASS'),
  evidence: z.record(z.string(), z.unknown()),
  unread: unread.nullable().describe('for UNKNOWN: what could not be read; null if the check itself failed'),
  resource: z.object({
    type: z.string().describe('CloudFormation type name'),
    arn: z.string(),
    id: z.string(),
    accountId: z.string(),
    region: z.string(),
    tags: z.record(z.string(), z.string()),
  }),
  firstSeenAt: time.nullable().describe('when this failure was first seen; null if it never was'),
  openedAt: time
    .nullable()
    .describe('since when it has been open, later than firstSeenAt if it was resolved in between; null if it is not open'),
  lastSeenAt: time.nullable().describe('when this failure was last seen; null if it never was'),
  reopened: z.int().min(0).describe('how often it came back after it had been resolved'),
  exception: z
    .object({
      owner: z.string(),
      reason: z.string(),
      expires: z.string().describe('the last day on which it holds, to its end in UTC'),
      ticket: z.string(),
    })
    .nullable()
    .describe('the decision in posture.yaml by which it is not open although it fails; null if there is none in force'),
});

/** The JSON that `posture scan --format json` writes. A new `schemaVersion` comes only with a change that could break a reader. */
export const scanSchema = z.object({ schemaVersion: z.literal(1), run, coverage, findings: z.array(finding) });

export type ScanDocument = z.infer<typeof scanSchema>;
export type FindingRow = ScanDocument['findings'][number];
export type CoverageDocument = ScanDocument['coverage'];
export type UnreadDocument = z.infer<typeof unread>;

/** The schema as docs/scan-output.schema.json publishes it. */
export function toJsonSchema(): object {
  return {
    ...z.toJSONSchema(scanSchema, { io: 'input' }),
    title: 'posture scan, schema version 1',
    description:
      'FAIL and UNKNOWN rows; with --all PASS and NOT_APPLICABLE rows too. NDJSON has one finding per line with "kind": "finding", and a last line with "kind": "run", schemaVersion, run and coverage.',
  };
}
