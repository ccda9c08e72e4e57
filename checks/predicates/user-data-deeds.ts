import type { CloudTrailEvent } from '../../inventory/events/event.ts';
import { factsOf } from './event-facts.ts';
import { named } from './event-names.ts';
import { type Deed, demandOneOf, refuseWithout } from './judge-deed.ts';

/** Of which a launch template says at least one. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RequestLaunchTemplateData.html */
const SETTINGS = [
  ...[
    'blockDeviceMapping',
    'capacityReservationSpecification',
    'cpuOptions',
    'creditSpecification',
    'disableApiStop',
    'disableApiTermination',
  ],
  ...[
    'ebsOptimized',
    'elasticGpuSpecification',
    'elasticInferenceAccelerator',
    'enclaveOptions',
    'hibernationOptions',
    'iamInstanceProfile',
  ],
  ...[
    'imageId',
    'instanceInitiatedShutdownBehavior',
    'instanceMarketOptions',
    'instanceRequirements',
    'instanceType',
    'kernelId',
    'keyName',
  ],
  ...[
    'licenseSpecification',
    'maintenanceOptions',
    'metadataOptions',
    'monitoring',
    'networkInterface',
    'networkPerformanceOptions',
    'operator',
  ],
  ...['placement', 'privateDnsNameOptions', 'ramDiskId', 'secondaryInterface', 'securityGroup', 'securityGroupId', 'tagSpecification'],
];

/** That a call gives an instance other user data. */
export function instanceDeed(event: CloudTrailEvent): Deed | undefined {
  const { request } = event;
  if (!request.exists || request.names.every((name) => name === 'instanceId')) return refuseWithout(event, 'the attribute');
  if (!request.at('userData').exists && request.at('attribute').text !== 'userData') return demandOneOf(event, request, 'instanceId');
  const what = `user data of ${named('instance', request, 'instanceId')}`;
  return { done: `${what} changed`, attempt: `change the ${what}`, evidence: factsOf(request, 'instanceId') };
}

/** That a new version of a launch template has user data. Instances that are launched from now on run it, and new versions are everyday work. */
export function templateDeed(event: CloudTrailEvent): Deed | undefined {
  const { request } = event;
  const settings = request.at('launchTemplateData');
  if (!settings.exists) return refuseWithout(event, 'LaunchTemplateData');
  if (!settings.at('userData').exists) return demandOneOf(event, settings, ...SETTINGS);
  const template = named('launch template', request, 'launchTemplateName', 'launchTemplateId');
  return {
    done: `version of ${template} with user data created`,
    attempt: `create a version of ${template} with user data`,
    severity: 'MEDIUM',
    evidence: factsOf(request, 'launchTemplateId', 'launchTemplateName', 'sourceVersion'),
  };
}
