import { activityChecks } from '../checks/activity-registry.ts';
import { checks } from '../checks/registry.ts';
import { type ReadyCheck, ready } from '../findings/evaluate.ts';
import { type ReadyActivity, readyActivity } from '../findings/judge-activities.ts';
import { deployedConfig } from './settings.ts';

/** The checks that this deployment runs, with its settings. `at` is the time at which they judge. */
export function chosenChecks(at: Date): readonly ReadyCheck[] {
  const { isEnabled, settingsOf } = deployedConfig();
  return checks.filter(({ id }) => isEnabled(id)).map((check) => ready(check, at, settingsOf(check)));
}

/** Those that judge events, likewise. */
export function chosenActivities(): readonly ReadyActivity[] {
  const { isEnabled, settingsOf } = deployedConfig();
  return activityChecks.filter(({ id }) => isEnabled(id)).map((check) => readyActivity(check, settingsOf(check)));
}
