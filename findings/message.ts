import type { AnyCheck, Evidence, Remediation, Severity } from '../checks/check.ts';
import type { ResourceIdentity } from '../inventory/resource.ts';
import { secondsBetween } from './actor-words.ts';
import type { Cause } from './cause.ts';
import { eventLines, howLines, stepBefore, stepIndex, whoLines } from './cause-lines.ts';
import { toConsoleLink } from './console-link.ts';
import { evidenceLines } from './evidence-lines.ts';
import type { ExceptionTerms } from './exception.ts';
import { toExceptionDraft } from './exception-draft.ts';
import { exceptionLines } from './exception-words.ts';
import type { Finding, HistoryEntry, TransitionKind } from './finding.ts';
import { toInert, wrap, wrapCommand } from './inert.ts';
import { isOfRegion } from './of-region.ts';
import { EVENT_LABELS, toSubject } from './subject.ts';
import { isFlapping, worstSinceOpened } from './urgent.ts';
import { inRegion, labelOf, toMinute } from './words.ts';

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
  /** The same for the same news, whoever tells it: `<finding id>-<version that the step made>`, `activity-<its id>` or `digest-<run id>`. */
  readonly deduplicationId: string;
  /** What to do, for chat; absent where there is nothing to do. */
  readonly nextSteps?: readonly string[];
  /** ARNs of what it is about. */
  readonly resources?: readonly string[];
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
  /** Who is behind the step, and by which event; `null` when nobody knows. */
  readonly cause: Cause | null;
  /** From that event to when the step was observed; `null` without one. */
  readonly lagSeconds: number | null;
  /** How the finding stood before the step; `null` when it is new, or when that is no longer kept. */
  readonly before: {
    readonly state: Finding['state'];
    readonly severity: Severity;
    readonly reason: string;
    readonly at: string;
  } | null;
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
    /** By whom, why and until when it is excepted; `null` when it is not. */
    readonly exception: ExceptionTerms | null;
  };
  /** The exception that has ended with this step; otherwise absent. */
  readonly lapsed?: ExceptionTerms;
  /** `null` when the check is no longer known. */
  readonly check: {
    readonly title: string;
    readonly risk: string;
    readonly remediation: Remediation;
    readonly controls: readonly string[];
  } | null;
}

/** Tells one step in a finding's life: as a rule its newest. `check` is absent when it is no longer known. */
export function toMessage(finding: Finding, step: HistoryEntry, check: AnyCheck | undefined): Message {
  const { accountId, region } = finding.resource;
  return {
    subject: toSubject(finding, step),
    text: toText(finding, step, check),
    json: toJson(finding, step, check),
    attributes: { severity: toAudience(finding, step), event: step.kind, accountId, region, checkId: finding.checkId },
    thread: finding.id,
    deduplicationId: `${finding.id}-${versionOf(step, finding)}`,
    nextSteps: finding.state === 'open' && check ? toNextSteps(check, finding.resource) : [],
    resources: [finding.resource.arn],
  };
}

function toNextSteps({ remediation: { text, cli } }: AnyCheck, { region }: ResourceIdentity): readonly string[] {
  return [text, ...(cli === undefined ? [] : [inRegion(cli, [region])])];
}

/** The version that a finding had after a step: each step makes one. A step that its history does not know is its newest. */
function versionOf(step: HistoryEntry, finding: Finding): number {
  const { version, history } = finding;
  const index = stepIndex(step, finding);
  return index < 0 ? version : version - (history.length - 1 - index);
}

/** The end of a finding goes to those who were told of it at its worst. */
function toAudience({ severity, history }: Finding, { kind }: HistoryEntry): Severity {
  return kind === 'resolved' ? (worstSinceOpened(history) ?? severity) : severity;
}

function toJson(finding: Finding, step: HistoryEntry, check: AnyCheck | undefined): FindingMessage {
  const {
    id,
    checkId,
    state,
    severity,
    reason,
    evidence,
    resource,
    firstSeenAt,
    openedAt,
    resolvedAt,
    reopened,
    exception = null,
  } = finding;
  return {
    schemaVersion: MESSAGE_SCHEMA,
    type: 'finding',
    event: step.kind,
    at: step.at,
    runId: step.runId,
    ...(step.kind === 'resolved' ? { resolution: step.reason } : {}),
    ...(step.kind === 'lapsed' && step.exception ? { lapsed: step.exception } : {}),
    cause: step.cause ?? null,
    lagSeconds: (step.cause && secondsBetween(step.cause.at, step.at)) ?? null,
    before: toBefore(stepBefore(step, finding)),
    finding: {
      id,
      checkId,
      state,
      severity,
      reason,
      evidence,
      resource,
      firstSeenAt,
      openedAt,
      resolvedAt: resolvedAt ?? null,
      reopened,
      exception,
    },
    check: check ? { title: check.title, risk: check.risk, remediation: check.remediation, controls: check.controls } : null,
  };
}

function toBefore(before: HistoryEntry | undefined): FindingMessage['before'] {
  if (!before) return null;
  const { kind, severity, reason, at } = before;
  return { state: kind === 'resolved' || kind === 'excepted' ? kind : 'open', severity, reason, at };
}

const HEADLINE = 136;
const FLAPPING = 'it has come back three times within a day; until that is over, only digests tell when it comes back again.';
const EXCEPTION = 'Who has to live with it for a time says so under "exceptions:" in posture.yaml, with a reason, an owner and a ticket:';

/** What, where, by whom, since when and what to do stand in the first five lines. */
function toText(finding: Finding, step: HistoryEntry, check: AnyCheck | undefined): string {
  const { severity, reason, resource, evidence, state } = finding;
  const isOpen = state === 'open';
  const seen = evidenceLines(evidence);
  const lines = [
    ...wrap(toInert(`${severity} ${EVENT_LABELS[step.kind]}: ${reason}`, HEADLINE), '', '  '),
    ...wrap(toPlace(resource), 'Where: '),
    ...whoLines(step, finding),
    ...exceptionLines(step),
    ...toSince(finding, step),
    ...(isFlapping(finding.history, step) ? wrap(FLAPPING, 'Note:  ') : []),
    ...toAction(finding, step, check),
    '',
    ...howLines(step, stepBefore(step, finding)),
    ...(seen.length > 0 ? [isOpen ? 'Seen:' : 'Seen while it was open:', ...seen, ''] : []),
    ...(isOpen && check ? toAdvice(check, resource) : []),
    ...toHistory(finding),
    ...toDetails(finding, step, check),
    ...(isOpen ? ['', ...wrap(EXCEPTION), ...toExceptionDraft(finding, step.at).map((line) => `  ${line}`)] : []),
  ];
  return `${lines.join('\n')}\n`;
}

function toPlace(resource: ResourceIdentity): string {
  const accountId = toInert(resource.accountId, 40);
  const region = toInert(resource.region, 40);
  if (resource.type === 'AWS::Organizations::Account') return `account ${accountId}`;
  if (isOfRegion(resource)) return `region ${region} of ${accountId}`;
  return `${toLabel(resource)} in ${accountId}, ${region}`;
}

/** The name that people gave, and the id, neither of a length that pushes the rest away. */
export function toLabel({ id, tags }: ResourceIdentity): string {
  return labelOf({ id: toInert(id, 128), tags: { Name: toInert(tags.Name ?? '', 64) } });
}

function toSince({ state, openedAt, resolvedAt, firstSeenAt, reopened, history }: Finding, step: HistoryEntry): string[] {
  const again = reopened === 0 ? '' : `, reopened ${reopened}×, first seen ${firstSeenAt.slice(0, 10)}`;
  if (state === 'resolved')
    return wrap(`${toMinute(openedAt)} until ${resolvedAt === undefined ? 'now' : toMinute(resolvedAt)}${again}`, 'Open:  ');
  const before = step.kind === 'escalated' ? history.findLast(({ at }) => at < step.at) : undefined;
  const worse = before === undefined ? '' : `, was ${before.severity} until ${toMinute(step.at)}`;
  return wrap(`${toMinute(openedAt)}${worse}${again}`, 'Since: ');
}

function toAction(finding: Finding, step: HistoryEntry, check: AnyCheck | undefined): string[] {
  if (finding.state === 'resolved') return wrap(toInert(step.reason === 'passes now' ? 'passes' : step.reason), 'Now:   ');
  return wrap(toInert(check?.remediation.text ?? 'see the check', 1_000), 'Fix:   ');
}

function toAdvice({ risk, remediation: { cli, cloudFormation } }: AnyCheck, { region }: ResourceIdentity): string[] {
  return [
    ...wrap(toInert(risk, 1_000), 'Why it matters: ', '  '),
    '',
    ...(cli === undefined ? [] : ['Command line:', ...wrapCommand(inRegion(toInert(cli, 1_000), [region]), '  '), '']),
    ...(cloudFormation === undefined ? [] : [...wrap(toInert(cloudFormation), 'CloudFormation: ', '  '), '']),
  ];
}

const STEPS = 6;

/** What went before; of a life without detours the first lines have told everything. */
function toHistory({ history }: Finding): string[] {
  const steps = history.filter(({ kind }) => kind !== 'changed');
  if (steps.length < 3) return [];
  const lines = steps
    .slice(-STEPS)
    .flatMap(({ at, kind, severity, reason }) =>
      wrap(`${kind}, ${kind === 'resolved' ? toInert(reason) : severity}`, `  ${toMinute(at)}  `, '    '),
    );
  return [steps.length > STEPS ? `History, the last ${STEPS} steps of ${steps.length}:` : 'History:', ...lines, ''];
}

function toDetails({ id, checkId, reason, resource }: Finding, { cause }: HistoryEntry, check: AnyCheck | undefined): string[] {
  const link = toConsoleLink(resource);
  return [
    ...(reason.length > HEADLINE - 30 ? wrap(toInert(reason, 500), 'Reason:   ', '  ') : []),
    ...wrap(toInert(resource.arn, 2_048), 'Resource: ', '  '),
    ...(link === undefined ? [] : [`Console:  ${link}`]),
    ...eventLines(cause),
    ...wrap(toInert(check ? `${check.title} (${checkId})` : checkId), 'Check:    ', '  '),
    ...(check && check.controls.length > 0 ? wrap(check.controls.join(', '), 'Controls: ', '  ') : []),
    `Finding:  ${id}`,
  ];
}
