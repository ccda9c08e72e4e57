import type { AnyCheck, Severity } from '../checks/check.ts';
import { type Control, controlsOf, isKnownWhole } from './compliance-controls.ts';
import type { Framework } from './compliance-frameworks.ts';
import type { ReportedException, ReportedResource } from './exports/report.ts';

/**
 * Resources by what is known of them. What is open counts as `fail`, also where it cannot be judged now: then it counts as `unknown` too.
 * What an exception covers counts as `excepted`, never as `pass`.
 */
export interface ResourceCounts {
  readonly pass: number;
  readonly fail: number;
  readonly unknown: number;
  readonly excepted: number;
  readonly notApplicable: number;
}

export const NO_RESOURCES: ResourceCounts = { pass: 0, fail: 0, unknown: 0, excepted: 0, notApplicable: 0 };

/** What stands against a control. */
export interface Standing {
  readonly findingId: string;
  readonly checkId: string;
  readonly severity: Severity;
  readonly reason: string;
  readonly resource: ReportedResource;
  readonly since: string | null;
  readonly exception: ReportedException | null;
}

/** What is known of some accounts, from wherever it comes. Times are ISO 8601 UTC. */
export interface Assessment {
  readonly accounts: readonly string[];
  /** Checks that ran in the last look. */
  readonly ran: ReadonlySet<string>;
  readonly counts: ReadonlyMap<string, ResourceCounts>;
  /** Open or excepted, of the checks that were asked for. */
  readonly standing: readonly Standing[];
  /** When what is known was seen; `null` where nothing was. */
  readonly seen: { readonly from: string; readonly to: string } | null;
  /** Scopes whose last look came to nothing: `111122223333 eu-west-1`. */
  readonly notSeen: readonly string[];
}

/**
 * - `pass`: something was judged, nothing fails, nothing is unknown, no check was left out
 * - `excepted`: it would pass, but for what an exception covers
 * - `manual`: nothing stands against it, and a person has to judge the rest
 * - `not applicable`: the checks ran, and there was nothing to judge
 * - `not assessed`: none of its checks ran
 */
export const CONTROL_STATUSES = ['fail', 'unknown', 'excepted', 'pass', 'manual', 'not applicable', 'not assessed'] as const;
export type ControlStatus = (typeof CONTROL_STATUSES)[number];

export interface AssessedControl extends Control {
  readonly status: ControlStatus;
  readonly counts: ResourceCounts;
  readonly checks: readonly AssessedCheck[];
}

export interface AssessedCheck {
  readonly id: string;
  readonly ran: boolean;
  readonly counts: ResourceCounts;
}

export interface Section {
  readonly id: string;
  readonly name: string;
  readonly controls: readonly AssessedControl[];
}

/** A share, and what it is of. `percent` is rounded down, so that 100 means all. */
export interface Share {
  readonly count: number;
  readonly of: number;
  readonly percent: number;
}

export interface ComplianceReport {
  readonly framework: Pick<Framework, 'id' | 'name'>;
  /** False where the framework has controls that are not listed, for no check decides them. */
  readonly whole: boolean;
  /** True where only some of the controls were asked for. */
  readonly partial: boolean;
  readonly accounts: readonly string[];
  readonly seen: Assessment['seen'];
  readonly notSeen: readonly string[];
  readonly sections: readonly Section[];
  /** Controls by status. */
  readonly statuses: Readonly<Record<ControlStatus, number>>;
  /** Controls that pass, of those that no person has to judge. */
  readonly score: Share;
  /** Verdicts that are known, of all that were asked for, and controls that were assessed, of those that no person has to judge. */
  readonly coverage: { readonly verdicts: Share; readonly controls: Share };
}

/** How the controls of a framework stand; `only`: those of these ids. */
export function toComplianceReport(
  framework: Framework,
  checks: readonly AnyCheck[],
  assessment: Assessment,
  only?: ReadonlySet<string>,
): ComplianceReport {
  const listed = controlsOf(framework, checks).filter(({ id }) => only?.has(id) ?? true);
  const controls = listed.map((control) => assessed(control, assessment));
  const { accounts, seen, notSeen } = assessment;
  return {
    framework: { id: framework.id, name: framework.name },
    whole: isKnownWhole(framework),
    partial: only !== undefined,
    ...{ accounts, seen, notSeen },
    sections: toSections(framework, controls),
    statuses: countStatuses(controls),
    ...toShares(controls, assessment),
  };
}

function assessed(control: Control, { ran, counts }: Assessment): AssessedControl {
  const checks = control.checkIds.map((id) => ({ id, ran: ran.has(id), counts: counts.get(id) ?? NO_RESOURCES }));
  const sum = checks.map((check) => check.counts).reduce(addCounts, NO_RESOURCES);
  return { ...control, checks, counts: sum, status: toStatus(checks, sum, control.manual !== undefined) };
}

function toStatus(checks: readonly AssessedCheck[], counts: ResourceCounts, isManual: boolean): ControlStatus {
  if (counts.fail > 0) return 'fail';
  const ran = checks.filter((check) => check.ran).length;
  if (counts.unknown > 0 || (ran > 0 && ran < checks.length)) return 'unknown';
  if (isManual || checks.length === 0) return 'manual';
  if (ran === 0) return 'not assessed';
  if (counts.excepted > 0) return 'excepted';
  return counts.pass > 0 ? 'pass' : 'not applicable';
}

export function addCounts(a: ResourceCounts, b: ResourceCounts): ResourceCounts {
  return {
    pass: a.pass + b.pass,
    fail: a.fail + b.fail,
    unknown: a.unknown + b.unknown,
    excepted: a.excepted + b.excepted,
    notApplicable: a.notApplicable + b.notApplicable,
  };
}

function toSections({ sectionNames }: Framework, controls: readonly AssessedControl[]): readonly Section[] {
  const names = new Map(Object.entries(sectionNames));
  return [...Map.groupBy(controls, ({ section }) => section)].map(([id, own]) => ({ id, name: names.get(id) ?? '', controls: own }));
}

function countStatuses(controls: readonly AssessedControl[]): Record<ControlStatus, number> {
  const counts = { fail: 0, unknown: 0, excepted: 0, pass: 0, manual: 0, 'not applicable': 0, 'not assessed': 0 };
  for (const { status } of controls) counts[status] += 1;
  return counts;
}

/** A check that decides several controls counts once among the verdicts. */
function toShares(controls: readonly AssessedControl[], { counts }: Assessment): Pick<ComplianceReport, 'score' | 'coverage'> {
  const automated = controls.filter(({ manual, checks }) => manual === undefined && checks.length > 0);
  const passed = automated.filter(({ status }) => status === 'pass').length;
  const assessedControls = automated.filter(({ status }) => status !== 'not assessed').length;
  const checkIds = new Set(controls.flatMap((control) => control.checkIds));
  const sum = [...checkIds].map((id) => counts.get(id) ?? NO_RESOURCES).reduce(addCounts, NO_RESOURCES);
  const known = sum.pass + sum.fail + sum.excepted + sum.notApplicable;
  return {
    score: toShare(passed, automated.length),
    coverage: { verdicts: toShare(known, known + sum.unknown), controls: toShare(assessedControls, automated.length) },
  };
}

/** Of nothing, nothing is known: that is no hundred percent. */
function toShare(count: number, of: number): Share {
  return { count, of, percent: of === 0 ? 0 : Math.floor((count / of) * 100) };
}
