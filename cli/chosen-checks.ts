import type { AnyCheck } from '../checks/check.ts';
import type { Config } from '../config/config.ts';
import { type ReadyCheck, ready } from '../findings/evaluate.ts';
import { Complaint } from './complaint.ts';
import { EXIT } from './exit-codes.ts';
import { checksNamed } from './options.ts';

export interface Choice {
  /** Only these, even if the configuration turns them off. */
  readonly checks?: readonly string[];
  readonly exclude?: readonly string[];
}

/** The checks that a person chose, with their team's settings. @throws Complaint for an unknown id, or if none is left */
export function chosenChecks(all: readonly AnyCheck[], choice: Choice, config: Config, now: Date): readonly ReadyCheck[] {
  const named = choice.checks === undefined ? all.filter(({ id }) => config.isEnabled(id)) : checksNamed([...new Set(choice.checks)], all);
  const excluded = new Set(checksNamed(choice.exclude ?? [], all));
  const chosen = named.filter((check) => !excluded.has(check));
  if (chosen.length === 0)
    throw new Complaint(EXIT.usage, 'no check is left to run; see --checks, --exclude and "enabled" in the configuration');
  return readied(chosen, now, config, choice.checks !== undefined);
}

/** Checks with what the configuration says about them. `named`: they run even where it turns them off at its top level. */
export function readied(checks: readonly AnyCheck[], now: Date, config: Config, named = false): readonly ReadyCheck[] {
  const { settingsOf, isOffAtTop, tailoring } = config;
  return checks.map((check) =>
    ready(check, now, { ...settingsOf(check), enabled: named || !isOffAtTop(check.id) }, tailoring.tuningOf(check)),
  );
}
