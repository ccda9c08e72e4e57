import type { AnyCheck, Evidence, Severity } from '../../checks/check.ts';
import { defineCheck, denied, fail, pass } from '../../checks/check.ts';
import type { Evaluation, Finding, HistoryEntry, TransitionKind } from '../../findings/finding.ts';
import { findingId } from '../../findings/finding.ts';
import type { Look } from '../../findings/reconcile.ts';
import type { RunRecord } from '../../findings/run.ts';
import type { ResourceIdentity, Scope } from '../../inventory/resource.ts';

export const ACCOUNT = '111122223333';
export const SCOPE: Scope = { accountId: ACCOUNT, region: 'eu-west-1' };
export const CHECK = 'ec2-security-group-admin-ports-closed';

/** A moment of the day on which all tests happen: `at(9)` is nine o'clock. */
export function at(hour: number): string {
  return new Date(Date.UTC(2026, 10, 21, hour)).toISOString();
}

export function group(id: string, tags: Readonly<Record<string, string>> = {}): ResourceIdentity {
  const arn = `arn:aws:ec2:eu-west-1:${ACCOUNT}:security-group/${id}`;
  return { type: 'AWS::EC2::SecurityGroup', arn, id, ...SCOPE, partition: 'aws', tags };
}

const REASON = 'SSH (22) open to the internet';
const EVIDENCE: Evidence = { port: 22, sources: ['0.0.0.0/0'] };

export function fails(resource: ResourceIdentity, severity: Severity = 'HIGH', reason = REASON, evidence = EVIDENCE) {
  return { checkId: CHECK, resource, status: 'FAIL', severity, reason, evidence } as const satisfies Evaluation;
}

export function passes(resource: ResourceIdentity): Evaluation {
  return { checkId: CHECK, resource, status: 'PASS' };
}

export function doesNotApply(resource: ResourceIdentity): Evaluation {
  return { checkId: CHECK, resource, status: 'NOT_APPLICABLE', reason: 'the instance is terminated' };
}

export function isUnknown(resource: ResourceIdentity): Evaluation {
  return { checkId: CHECK, resource, status: 'UNKNOWN', severity: 'HIGH', reason: 'denied', unread: undefined, crashed: false };
}

/** A look at the whole scope that saw everything, and nothing that it gave no verdict on. */
export function look(hour: number, change: Partial<Look> = {}): Look {
  return {
    runId: `run-${hour}`,
    observedAt: at(hour),
    scope: SCOPE,
    seenAt: undefined,
    listed: new Map([['AWS::EC2::SecurityGroup', new Set()]]),
    checkTypes: new Map([[CHECK, ['AWS::EC2::SecurityGroup']]]),
    announce: true,
    ...change,
  };
}

/** An open finding, opened at one o'clock. */
export function finding(id: string, change: Partial<Finding> = {}): Finding {
  const resource = group(id);
  const severity = change.severity ?? 'HIGH';
  return {
    id: findingId(CHECK, resource.arn),
    checkId: CHECK,
    scope: SCOPE,
    resource,
    state: 'open',
    severity,
    reason: REASON,
    evidence: EVIDENCE,
    firstSeenAt: at(1),
    openedAt: at(1),
    resolvedAt: undefined,
    reopened: 0,
    observedAt: at(1),
    version: 1,
    history: [entry('opened', 1, severity)],
    unannounced: false,
    ...change,
  };
}

export function entry(kind: TransitionKind, hour: number, severity: Severity = 'HIGH'): HistoryEntry {
  return { kind, at: at(hour), runId: `run-${hour}`, severity, reason: REASON };
}

/** A run that ended in the hour in which it began, with a digest to send. */
export function run(hour: number, change: Partial<RunRecord> = {}): RunRecord {
  return {
    id: `run-${hour}`,
    accountId: ACCOUNT,
    startedAt: at(hour),
    finishedAt: at(hour),
    first: false,
    checkIds: [CHECK],
    regions: ['eu-west-1'],
    coverage: {
      ...{ evaluations: 10, unknown: 0, crashed: 0, resources: 10, scopes: [], gaps: [] },
      ...{ regionsNotEnabled: [], regionsLeftOut: [] },
    },
    digest: 'unsent',
    ...change,
  };
}

export const adminPorts: AnyCheck = defineCheck({
  id: CHECK,
  title: 'Security groups should not open remote administration ports to the internet',
  severity: 'HIGH',
  controls: ['CIS-AWS-7.0:6.3'],
  equivalents: {},
  risk: 'Anyone on the internet can try passwords and exploits against the host, day and night, from anywhere.',
  remediation: {
    text: 'Remove the rule; reach the host through Session Manager or from a range of addresses that you own.',
    cli: 'aws ec2 revoke-security-group-ingress --group-id <group-id> --protocol tcp --port 22 --cidr 0.0.0.0/0 --region <region>',
    cloudFormation: 'AWS::EC2::SecurityGroup.SecurityGroupIngress',
  },
  resourceType: 'AWS::EC2::RegionSettings',
  needs: ['ebsEncryptionByDefault'],
  evaluate: ({ ebsEncryptionByDefault }) => (ebsEncryptionByDefault ? pass : fail('open')),
  examples: {
    pass: { closed: { ebsEncryptionByDefault: true } },
    fail: { open: { ebsEncryptionByDefault: false } },
    unknown: { denied: { ebsEncryptionByDefault: denied('ec2:DescribeSecurityGroups') } },
  },
});

export async function collect<Element>(elements: AsyncIterable<Element>): Promise<Element[]> {
  const all: Element[] = [];
  for await (const element of elements) all.push(element);
  return all;
}
