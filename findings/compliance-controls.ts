import type { AnyCheck } from '../checks/check.ts';
import { RECOMMENDATIONS } from './cis-7.0.ts';
import type { Framework } from './compliance-frameworks.ts';

/** A requirement of a framework, and the checks that decide it. */
export interface Control {
  /** `6.3`. */
  readonly id: string;
  readonly section: string;
  /** What should be. */
  readonly title: string;
  /** Of the CIS benchmark. */
  readonly level?: 1 | 2;
  readonly checkIds: readonly string[];
  /** Where checks do not decide all of it: what a person must do, and what we can show for it. */
  readonly manual?: { readonly todo: string; readonly evidence: string };
}

type Titled = Pick<AnyCheck, 'id' | 'title' | 'controls'>;

/** The framework of which every control is known, whether checks decide it or not. */
const KNOWN_WHOLE = 'cis-7.0';

/** The controls of a framework, in its own order. Of all but CIS 7.0 only those that checks decide are known. */
export function controlsOf(framework: Framework, checks: readonly Titled[]): readonly Control[] {
  const deciding = Map.groupBy(
    checks.flatMap((check) => idsIn(framework, check).map((id) => ({ id, check }))),
    ({ id }) => id,
  );
  const checksOf = (id: string): readonly Titled[] => (deciding.get(id) ?? []).map(({ check }) => check);
  return framework.id === KNOWN_WHOLE
    ? RECOMMENDATIONS.map(({ id, level, subject, manual }) => ({
        ...{ id, section: framework.sectionOf(id), title: subject, level },
        checkIds: checksOf(id).map((check) => check.id),
        ...(manual ? { manual } : {}),
      }))
    : [...deciding.keys()].sort(inOrder).map((id) => ({
        ...{ id, section: framework.sectionOf(id), title: titleOf(checksOf(id)) },
        checkIds: checksOf(id).map((check) => check.id),
      }));
}

/** Whether nothing of the framework is missing from its list of controls. */
export function isKnownWhole({ id }: Framework): boolean {
  return id === KNOWN_WHOLE;
}

function idsIn({ prefix }: Framework, { controls }: Titled): readonly string[] {
  const own = controls.filter((control) => control.startsWith(`${prefix}:`));
  return [...new Set(own.map((control) => control.slice(prefix.length + 1)))];
}

/** Frameworks' own words are theirs: what their controls ask for is said in those of the checks. */
function titleOf([first, ...others]: readonly Titled[]): string {
  return `${first?.title ?? ''}${others.length === 0 ? '' : ` (and ${others.length} more)`}`;
}

function inOrder(one: string, other: string): number {
  return one.localeCompare(other, 'en', { numeric: true });
}
