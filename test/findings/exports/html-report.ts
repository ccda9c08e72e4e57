import { createHash } from 'node:crypto';
import { type AnyCheck, SEVERITIES } from '../../../checks/check.ts';
import { checks } from '../../../checks/registry.ts';
import type { Report, ReportedFinding } from '../../../findings/exports/report.ts';
import { rankOf } from '../../../findings/severity.ts';

const FINISHED = '2026-11-22T08:12:30.000Z';
const REGIONS = ['eu-west-1', 'eu-central-1', 'us-east-1', 'us-west-2', 'ap-southeast-2', 'global'];
const ACCOUNTS = ['111122223333', '222233334444', '333344445555', '444455556666'];
const OWNERS = ['payments', 'platform', 'search', 'data-science', ''];

/** A report of `count` findings that differ in everything they have, the same at every call. */
export function reportOf(
  count: number,
  change: (finding: ReportedFinding, index: number) => ReportedFinding = (finding) => finding,
): Report {
  const findings = Array.from({ length: count }, (_, index) => change(findingAt(index), index));
  return reportWith(findings);
}

/** A report of these findings, worst first as a scan says them. */
export function reportWith(findings: readonly ReportedFinding[]): Report {
  const unknown = findings.filter(({ status }) => status === 'UNKNOWN').length;
  return {
    run: {
      id: '20261122T080000Z-5f2a',
      accountId: ACCOUNTS[0] ?? '',
      partition: 'aws',
      startedAt: '2026-11-22T08:09:00.000Z',
      finishedAt: FINISHED,
      regions: REGIONS,
      checks: checks.map(({ id }) => id),
    },
    coverage: {
      complete: unknown === 0,
      evaluations: findings.length * 3,
      unknown,
      resources: findings.length * 2,
      gaps:
        unknown === 0
          ? []
          : [gap('kms:GetKeyRotationStatus', 12), gap('s3:GetBucketPolicy', 7), gap('lambda:GetPolicy', 2), gap('iam:GetUser', 1)],
    },
    findings: findings.toSorted((one, other) => compare(one.status, other.status) || rankOf(one.severity) - rankOf(other.severity)),
    checks: new Map(checks.map((check) => [check.id, check])),
    version: '0.1.0',
  };
}

/** One of many: with an index the same again. */
export function findingAt(index: number): ReportedFinding {
  const chance = (of: number) => numberOf(`${of}/${index}`) % of;
  const check = oneOf(checks, chance(checks.length));
  const excepted = chance(23) === 0;
  const verdict = chance(17) === 0 ? UNKNOWN : failure(chance, index);
  const days = chance(7) === 0 ? chance(500) : chance(40);
  const openedAt = new Date(Date.parse(FINISHED) - days * 86_400_000 - chance(80_000_000)).toISOString();
  const open = !excepted && (verdict.status === 'FAIL' || chance(2) === 0);
  return {
    id: digest(`${check.id}/${index}`).slice(0, 32),
    checkId: check.id,
    ...verdict,
    open,
    severity: oneOf(SEVERITIES, Math.max(0, Math.min(4, chance(3) + rankOf(check.severity) - 1))),
    resource: resourceOf(check, chance, index),
    firstSeenAt: openedAt,
    openedAt: open ? openedAt : null,
    lastSeenAt: FINISHED,
    reopened: chance(11) === 0 ? 2 : 0,
    exception: excepted ? EXCEPTION : null,
  };
}

type Chance = (of: number) => number;
type Verdict = Pick<ReportedFinding, 'status' | 'reason' | 'evidence' | 'unread'>;

const EXCEPTION = { owner: 'jane@example.com', reason: 'behind the partner VPN until they move', expires: '2027-03-31', ticket: 'SEC-214' };

const UNKNOWN: Verdict = {
  status: 'UNKNOWN',
  reason: 'access denied to what decides',
  evidence: {},
  unread: { cause: 'denied', operation: 's3:GetBucketPolicy', permissions: ['s3:GetBucketPolicy'] },
};

function failure(chance: Chance, index: number): Verdict {
  return {
    status: 'FAIL',
    reason: `open to ${chance(250)}.${chance(251)}.0.0/16, and ${1 + chance(9)} more`,
    evidence: { rule: `sgr-${digest(`r${index}`).slice(0, 17)}`, ports: [chance(1000), chance(65_000)], public: true },
    unread: null,
  };
}

function resourceOf(check: AnyCheck, chance: Chance, index: number): ReportedFinding['resource'] {
  const region = oneOf(REGIONS, chance(REGIONS.length));
  const accountId = oneOf(ACCOUNTS, chance(ACCOUNTS.length));
  const name = `${oneOf(['orders', 'billing', 'web', 'batch', 'reports'], chance(5))}-${digest(index).slice(0, 12)}`;
  const owner = oneOf(OWNERS, chance(OWNERS.length));
  return {
    type: oneOf(check.resourceTypes, 0),
    arn: `arn:aws:${check.id.split('-')[0]}:${region}:${accountId}:thing/${name}`,
    id: name,
    accountId,
    region,
    tags: { Name: name, stage: chance(2) === 0 ? 'production' : 'test', ...(owner === '' ? {} : { Owner: owner }) },
  };
}

function oneOf<T>(values: readonly T[], index: number): T {
  const value = values[index];
  if (value === undefined) throw new Error(`nothing at ${index}`);
  return value;
}

function gap(operation: string, count: number): Report['coverage']['gaps'][number] {
  const message = 'User is not authorized to perform this';
  return { operation, cause: 'denied', permissions: [operation], region: 'eu-west-1', message, count };
}

function digest(value: string | number): string {
  return createHash('sha256').update(String(value)).digest('hex');
}

function numberOf(text: string): number {
  return Number.parseInt(digest(text).slice(0, 8), 16);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
