import { checks } from '../checks/registry.ts';
import { type ReadyCheck, ready } from '../findings/evaluate.ts';
import { deployedConfig } from './settings.ts';

/** The checks that this deployment runs, with its settings. `at` is the time at which they judge. */
export function chosenChecks(at: Date): readonly ReadyCheck[] {
  const { isEnabled, isOffAtTop, settingsOf, tailoring } = deployedConfig();
  return checks
    .filter(({ id }) => isEnabled(id))
    .map((check) => ready(check, at, { ...settingsOf(check), enabled: !isOffAtTop(check.id) }, tailoring.tuningOf(check)));
}
