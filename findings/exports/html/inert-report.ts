import { toInert } from '../../inert.ts';
import type { Report, ReportedCoverage, ReportedFinding, ReportedGap } from '../report.ts';

const ARN = 2_048;
const REASON = 1_000;
/** Characters of JSON that are shown of one finding's evidence. */
const EVIDENCE = 4_000;
const MEMBERS = 200;
const DEPTH = 12;

/** A check as the page explains it. */
export interface ExplainedCheck {
  readonly title: string;
  readonly risk: string;
  readonly fix: string;
  readonly cli: string;
  readonly cloudFormation: string;
  readonly controls: readonly string[];
}

/** What the page knows besides the findings. */
export interface PageData {
  /** The time at which ages are told, ISO 8601 UTC. */
  readonly now: string;
  readonly total: number;
  readonly checks: readonly (readonly [id: string, check: ExplainedCheck])[];
}

/** The checks that the findings name and the report knows. */
export function toPageData({ run, findings, checks }: Report): PageData {
  const named = [...new Set(findings.map(({ checkId }) => checkId))].flatMap((id) => {
    const check = checks.get(id);
    if (check === undefined) return [];
    const { title, risk, remediation, controls } = check;
    const { text, cli = '', cloudFormation = '' } = remediation;
    return [[id, { title, risk, fix: text, cli, cloudFormation, controls }] as const];
  });
  return { now: run.finishedAt, total: findings.length, checks: named };
}

/** A finding with no text in it that could steer, hide or flood: no control or bidirectional characters, nothing endless. */
export function toInertFinding(finding: ReportedFinding): ReportedFinding {
  const { id, checkId, status, open, severity, reason, unread, resource, firstSeenAt, openedAt, lastSeenAt, reopened, exception } = finding;
  return {
    id: toInert(id),
    checkId: toInert(checkId),
    status,
    open,
    severity,
    reason: reason === null ? null : toInert(reason, REASON),
    evidence: toInertEvidence(finding.evidence),
    unread: unread && {
      cause: toInert(unread.cause),
      operation: toInert(unread.operation),
      permissions: unread.permissions.map(inertName),
    },
    resource: {
      type: toInert(resource.type),
      arn: toInert(resource.arn, ARN),
      id: toInert(resource.id),
      accountId: toInert(resource.accountId),
      region: toInert(resource.region),
      tags: Object.fromEntries(
        Object.entries(resource.tags)
          .slice(0, MEMBERS)
          .map(([name, value]) => [toInert(name), toInert(value)]),
      ),
    },
    firstSeenAt,
    openedAt,
    lastSeenAt,
    reopened,
    exception: exception && {
      owner: toInert(exception.owner),
      reason: toInert(exception.reason, REASON),
      expires: toInert(exception.expires),
      ticket: toInert(exception.ticket),
    },
  };
}

export function toInertCoverage({ gaps, ...figures }: ReportedCoverage): ReportedCoverage {
  return { ...figures, gaps: gaps.map(toInertGap) };
}

function toInertGap({ operation, cause, permissions, region, message, count }: ReportedGap): ReportedGap {
  return {
    operation: toInert(operation),
    cause: toInert(cause),
    permissions: permissions.map(inertName),
    region: toInert(region),
    message: toInert(message, REASON),
    count,
  };
}

function inertName(name: string): string {
  return toInert(name);
}

function toInertEvidence(evidence: ReportedFinding['evidence']): Readonly<Record<string, unknown>> {
  const kept: [string, unknown][] = [];
  let left = EVIDENCE;
  for (const [name, value] of Object.entries(evidence)) {
    const inert = toInertValue(value, DEPTH);
    left -= name.length + (JSON.stringify(inert) ?? '').length;
    kept.push([toInert(name), left >= 0 ? inert : 'too long for this page']);
    if (left < 0) break;
  }
  return Object.fromEntries(kept);
}

function toInertValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return toInert(value, REASON);
  if (typeof value !== 'object' || value === null) return value;
  if (depth === 0) return '…';
  if (Array.isArray(value)) {
    const more = value.length > MEMBERS ? [`and ${value.length - MEMBERS} more`] : [];
    return [...value.slice(0, MEMBERS).map((member) => toInertValue(member, depth - 1)), ...more];
  }
  const members = Object.entries(value).slice(0, MEMBERS);
  return Object.fromEntries(members.map(([name, member]) => [toInert(name), toInertValue(member, depth - 1)]));
}
