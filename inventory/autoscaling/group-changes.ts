import { EC2 } from '../ec2/ids-of.ts';
import { IMAGE_LIFE_CHANGES } from '../ec2/image-changes.ts';
import type { ChangeEvents } from '../events/changes.ts';
import type { AutoScalingGroupFacets } from './group.ts';

export const AUTO_SCALING = 'autoscaling.amazonaws.com';

const named = ['request.autoScalingGroupName'] as const;

/** What a group starts its instances from, or in which zones, is changed by nothing else. */
export const GROUP_LIFE_CHANGES = ['CreateAutoScalingGroup', 'UpdateAutoScalingGroup', 'DeleteAutoScalingGroup'] as const;

export const groupChanges: readonly ChangeEvents<keyof AutoScalingGroupFacets>[] = [
  { source: AUTO_SCALING, names: ['CreateAutoScalingGroup', 'UpdateAutoScalingGroup'], ids: named },
  { source: AUTO_SCALING, names: ['DeleteAutoScalingGroup'], ids: named, deletes: true },
  // A rollback puts back what the group had before its instance refresh.
  { source: AUTO_SCALING, names: ['StartInstanceRefresh', 'RollbackInstanceRefresh', 'CancelInstanceRefresh'], ids: named },
  {
    source: AUTO_SCALING,
    names: [
      'AttachInstances',
      'DetachInstances',
      'EnterStandby',
      'ExitStandby',
      'SetDesiredCapacity',
      'SetInstanceProtection',
      'LaunchInstances',
      'AttachLoadBalancers',
      'DetachLoadBalancers',
      'AttachLoadBalancerTargetGroups',
      'DetachLoadBalancerTargetGroups',
      'AttachTrafficSources',
      'DetachTrafficSources',
      'SuspendProcesses',
      'ResumeProcesses',
      'PutScalingPolicy',
      'DeletePolicy',
      'ExecutePolicy',
      'PutLifecycleHook',
      'DeleteLifecycleHook',
      'PutWarmPool',
      'DeleteWarmPool',
      'PutScheduledUpdateGroupAction',
      'BatchPutScheduledUpdateGroupAction',
      'DeleteScheduledAction',
      'BatchDeleteScheduledAction',
      'PutNotificationConfiguration',
      'DeleteNotificationConfiguration',
      'EnableMetricsCollection',
      'DisableMetricsCollection',
    ],
    ids: named,
    facets: [],
  },
  { source: AUTO_SCALING, names: ['CreateOrUpdateTags', 'DeleteTags'], ids: ['request.tags.resourceId'], facets: [] },
  // It cannot be changed; a group that loses its own is told of it by its own update.
  {
    source: AUTO_SCALING,
    names: ['CreateLaunchConfiguration', 'DeleteLaunchConfiguration'],
    facets: ['launchConfiguration', 'ownImages'],
    indirect: true,
  },
  { source: EC2, names: [...IMAGE_LIFE_CHANGES], facets: ['ownImages'], indirect: true },
  { source: EC2, names: ['ModifyInstanceMetadataDefaults'], facets: ['metadataDefaults'], indirect: true },
];
