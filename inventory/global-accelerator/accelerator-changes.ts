import type { IdPath } from '../events/changes.ts';
import type { CloudTrailEvent } from '../events/event.ts';

export const GLOBAL_ACCELERATOR = 'globalaccelerator.amazonaws.com';

/**
 * What decides whether and how accelerators send to instances, without a word about most of them. All of it is told in us-west-2, wherever the endpoints are: in
 * other regions a new way is known by the interface that is made for it.
 * https://docs.aws.amazon.com/global-accelerator/latest/api/API_Operations.html
 */
export const ACCELERATOR_CHANGES = [
  'AddCustomRoutingEndpoints',
  'AddEndpoints',
  'CreateCrossAccountAttachment',
  'CreateCustomRoutingEndpointGroup',
  'CreateEndpointGroup',
  'DeleteAccelerator',
  'DeleteCrossAccountAttachment',
  'DeleteCustomRoutingAccelerator',
  'DeleteCustomRoutingEndpointGroup',
  'DeleteEndpointGroup',
  'DeleteListener',
  'RemoveCustomRoutingEndpoints',
  'RemoveEndpoints',
  'UpdateAccelerator',
  'UpdateCrossAccountAttachment',
  'UpdateCustomRoutingAccelerator',
  'UpdateEndpointGroup',
  'UpdateListener',
] as const;

/** Any instance, where an interface is made for an accelerator; none, where it is made for something else. */
export const acceleratorInterface: readonly IdPath[] = [
  { at: 'response.networkInterface.networkInterfaceId', as: (_, event) => (isForAccelerator(event) ? '*' : undefined) },
];

function isForAccelerator({ request, response, sourceAddress }: CloudTrailEvent): boolean {
  const types = [request.at('interfaceType'), response.at('networkInterface').at('interfaceType')];
  return sourceAddress === GLOBAL_ACCELERATOR || types.some(({ text }) => text === 'global_accelerator_managed');
}
