import type { AnyCheck, Evidence, Remediation, Severity } from '../checks/check.ts';
import type { ResourceIdentity } from '../inventory/resource.ts';
import type { Finding, HistoryEntry, TransitionKind } from './finding.ts';
import { toAscii, toInert, wrap, wrapCommand } from './inert.ts';
import { worstSinceOpened } from './urgent.ts';

/** The number of the form of `Message.json`. It grows when a field goes or changes its meaning, not when one is added. */
export const MESSAGE_SCHEMA = 1;

/** What is published: the same news for a subject line, for people, and for programs. */
export interface Message {
  /** Printable ASCII in one line of less than 100 characters. */
  readonly subject: string;
  /** Plain text of 72 columns. */
  readonly text: string;
  readonly json: object;
  /** For filter policies. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Messages of one thread keep their order. */
  readonly thread: string;
  /** The same for the same news. */
  readonly deduplicationId: string;
}

/** What a program gets to know of a finding's step. Times are ISO 8601 UTC. */
export interface FindingMessage {
  readonly schemaVersion: typeof MESSAGE_SCHEMA;
  readonly type: 'finding';
  readonly event: TransitionKind;
  readonly at: string;
  readonly runId: string;
  /** Why it is resolved; otherwise absent. */
  readonly resolution?: string;
  readonly finding: {
    readonly id: string;
    readonly checkId: string;
    readonly state: Finding['state'];
    readonly severity: Severity;
    readonly reason: string;
    readonly evidence: Evidence;
    readonly resource: ResourceIdentity;
    readonly firstSeenAt: string;
    readonly openedAt: string;
    readonly resolvedAt: string | null;
    readonly reopened: number;
  };
  /** `null` when the check is no longer known. */
  readonly check: {
    readonly title: string;
    readonly risk: string;
    readonly remediation: Remediation;
    readonly controls: readonly string[];
  } | null;
}

export const EVENT_LABELS: Readonly<Record<TransitionKind, string>> = {
  opened: 'NEW',
  reopened: 'REOPENED',
  resolved: 'RESOLVED',
  escalated: 'ESCALATED',
  changed: 'CHANGED',
};

const SUBJECT_LENGTH = 99;

/** Tells one step in a finding's life: as a rule its newest. `check` is absent when it is no longer known. */
export function toMessage(finding: Finding, step: HistoryEntry, check: AnyCheck | undefined): Message {
  const { accountId, region } = finding.resource;
  return {
    subject: toSubject(finding, step),
    text: toText(finding, step, check),
    json: toJson(finding, step, check),
    attributes: { severity: toAudience(finding, step), event: step.kind, accountId, region, checkId: finding.checkId },
    thread: finding.id,
    deduplicationId: `${finding.id}-${finding.version}`,
  };
}

/** The end of a finding goes to those who were told of it at its worst. */
function toAudience({ severity, history }: Finding, { kind }: HistoryEntry): Severity {
  return kind === 'resolved' ? (worstSinceOpened(history) ?? severity) : severity;
}

function toJson(finding: Finding, step: HistoryEntry, check: AnyCheck | undefined): FindingMessage {
  const { id, checkId, state, severity, reason, evidence, resource, firstSeenAt, openedAt, resolvedAt, reopened } = finding;
  return {
    schemaVersion: MESSAGE_SCHEMA,
    type: 'finding',
    event: step.kind,
    at: step.at,
    runId: step.runId,
    ...(step.kind === 'resolved' ? { resolution: step.reason } : {}),
    finding: { id, checkId, state, severity, reason, evidence, resource, firstSeenAt, openedAt, resolvedAt: resolvedAt ?? null, reopened },
    check: check ? { title: check.title, risk: check.risk, remediation: check.remediation, controls: check.controls } : null,
  };
}

/** Where and how bad always stay; a long reason gives way to them. */
function toSubject({ severity, reason, resource }: Finding, { kind }: HistoryEntry): string {
  const head = `[${severity}][${EVENT_LABELS[kind]}] `;
  const tail = ` on ${toAscii(resource.id, 24)} (${toAscii(resource.accountId, 12)}, ${toAscii(resource.region, 16)})`;
  return `${head}${toAscii(reason, SUBJECT_LENGTH - head.length - tail.length)}${tail}`;
}

/** What, where, since when and what to do stand in the first five lines. */
function toText(finding: Finding, step: HistoryEntry, check: AnyCheck | undefined): string {
  const { severity, reason, resource } = finding;
  const lines = [
    toInert(`${severity} ${EVENT_LABELS[step.kind]}: ${reason}`, 72),
    toInert(`Where: ${resource.id} in ${resource.accountId}, ${resource.region}`, 72),
    toSince(finding),
    ...toAction(finding, step, check),
    '',
    ...(finding.state === 'open' && check ? toAdvice(check) : []),
    ...toDetails(finding, check),
  ];
  return `${lines.join('\n')}\n`;
}

function toSince({ state, openedAt, resolvedAt, reopened }: Finding): string {
  const times = reopened === 0 ? '' : `, reopened ${reopened}×`;
  if (state === 'resolved') return `Open:  ${toMinute(openedAt)} until ${resolvedAt === undefined ? 'now' : toMinute(resolvedAt)}${times}`;
  return `Since: ${toMinute(openedAt)}${times}`;
}

function toAction(finding: Finding, step: HistoryEntry, check: AnyCheck | undefined): string[] {
  if (finding.state === 'resolved') return wrap(`nothing to do, ${toInert(step.reason)}`, 'Fix:   ');
  return wrap(toInert(check?.remediation.text ?? 'see the check', 1_000), 'Fix:   ');
}

function toAdvice({ risk, remediation: { cli, cloudFormation } }: AnyCheck): string[] {
  return [
    ...wrap(toInert(risk, 1_000), 'Why it matters: ', '  '),
    '',
    ...(cli === undefined ? [] : ['Command line:', ...wrapCommand(toInert(cli, 1_000), '  '), '']),
    ...(cloudFormation === undefined ? [] : [...wrap(toInert(cloudFormation), 'CloudFormation: ', '  '), '']),
  ];
}

const EVIDENCE_LINES = 8;

function toDetails({ id, checkId, state, reason, evidence, resource, firstSeenAt }: Finding, check: AnyCheck | undefined): string[] {
  const facts = Object.entries(evidence);
  const hidden = facts.length - EVIDENCE_LINES;
  return [
    ...wrap(toInert(reason, 500), 'Reason:   ', '  '),
    ...facts
      .slice(0, EVIDENCE_LINES)
      .flatMap(([name, value]) => wrap(`${toInert(name, 60)}: ${toInert(toPlainText(value), 300)}`, '  ', '    ')),
    ...(hidden > 0 ? [`  and ${hidden} more`] : []),
    ...wrap(toInert(resource.arn, 2_048), 'Resource: ', '  '),
    `State:    ${state}, first seen ${toMinute(firstSeenAt)}`,
    ...wrap(toInert(check ? `${check.title} (${checkId})` : checkId), 'Check:    ', '  '),
    ...(check && check.controls.length > 0 ? wrap(check.controls.join(', '), 'Controls: ', '  ') : []),
    `Finding:  ${id}`,
  ];
}

function toPlainText(value: Evidence[string]): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** `2026-11-21 08:49 UTC` */
export function toMinute(time: string): string {
  return `${time.slice(0, 10)} ${time.slice(11, 16)} UTC`;
}
