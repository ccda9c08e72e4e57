import { expect, test } from 'vitest';
import { ACCELERATOR_CHANGES } from '../../../inventory/global-accelerator/accelerator-changes.ts';
import { record } from './records.ts';
import { told } from './told-touches.ts';

const onInstances = '(Instance *: interfaces)';
const ofAccelerators = (eventName: string) =>
  told(record({ eventSource: 'globalaccelerator.amazonaws.com', eventName, requestParameters: {}, responseElements: null }));

test.each([...ACCELERATOR_CHANGES])('%s may open a way to any instance, or close it', (eventName) => {
  expect(ofAccelerators(eventName)).toEqual([onInstances]);
});

test.each(['CreateAccelerator', 'TagResource', 'AdvertiseByoipCidr'])('%s opens none', (eventName) => {
  expect(ofAccelerators(eventName)).toEqual([]);
});

const made = (interfaceType: string, changes: object = {}) =>
  told(
    record({
      eventSource: 'ec2.amazonaws.com',
      eventName: 'CreateNetworkInterface',
      requestParameters: { subnetId: 'subnet-1' },
      responseElements: { networkInterface: { networkInterfaceId: 'eni-1', interfaceType } },
      ...changes,
    }),
  );

test('an interface that is made for an accelerator opens a way to instances where it is', () => {
  expect(made('global_accelerator_managed')).toContain(onInstances);
  expect(made('interface', { sourceIPAddress: 'globalaccelerator.amazonaws.com' })).toContain(onInstances);
});

test('one that is made for anything else opens none', () => {
  expect(made('interface')).not.toContain(onInstances);
});
