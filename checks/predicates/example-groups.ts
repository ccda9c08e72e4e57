import type { GroupProperties } from '../../inventory/autoscaling/group.ts';
import type { LaunchConfiguration } from '../../inventory/autoscaling/launch-configuration.ts';

/** For the examples of checks: a group in two zones. */
export const group: GroupProperties = {
  zones: ['eu-west-1a', 'eu-west-1b'],
  maxSize: 4,
  templates: [{ templateId: 'lt-1', version: '$Latest' }],
};

/** For the examples of checks: a launch configuration with which nothing else is wrong. */
export const launchConfiguration: LaunchConfiguration = {
  name: 'web-2019',
  metadata: { endpoint: 'enabled', tokens: 'required', hopLimit: 1 },
  publicAddress: false,
  userDataSecrets: [],
};
