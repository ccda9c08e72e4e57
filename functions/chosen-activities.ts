import { activityChecks } from '../checks/activity-registry.ts';
import { type ReadyActivity, readyActivity } from '../findings/judge-activities.ts';
import { deployedConfig } from './settings.ts';

/** The checks of what people do that this deployment runs, with its settings. */
export function chosenActivities(): readonly ReadyActivity[] {
  const { isEnabled, isOffAtTop, settingsOf, tailoring } = deployedConfig();
  return activityChecks
    .filter(({ id }) => isEnabled(id))
    .map((check) => readyActivity(check, { ...settingsOf(check), enabled: !isOffAtTop(check.id) }, tailoring.tuningOf(check)));
}
