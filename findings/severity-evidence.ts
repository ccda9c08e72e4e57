import type { Evidence, Severity, SeverityModifier } from '../checks/check.ts';

interface Weighing {
  /** The check's own. */
  readonly base: Severity;
  /** What the team made of it; the same as `base` where it did not. */
  readonly set: Severity;
  readonly modifiers: readonly SeverityModifier[];
}

/** Under this name the evidence of a failure says what its severity comes of. */
export const SEVERITY = 'severity';

/** What a severity comes of, one line each: `base HIGH`, `attached to nothing: LOW`. Nothing where it is the check's own for no further reason. */
export function severityEvidence({ base, set, modifiers }: Weighing): Evidence {
  if (set === base && modifiers.length === 0) return {};
  const ofTeam = set === base ? [] : [`set in the configuration: ${set}`];
  return { [SEVERITY]: [`base ${base}`, ...ofTeam, ...modifiers.map(({ because, severity }) => `${because}: ${severity}`)] };
}
