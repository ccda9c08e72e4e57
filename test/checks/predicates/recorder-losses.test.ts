import { expect, test } from 'vitest';
import { recorderLoss } from '../../../checks/predicates/recorder-losses.ts';
import { exampleEvent } from '../activity/example-event.ts';

const SOME = 'only some resource types';
const lossOf = (configurationRecorder: object) =>
  recorderLoss(
    exampleEvent({
      eventSource: 'config.amazonaws.com',
      eventName: 'PutConfigurationRecorder',
      requestParameters: { configurationRecorder },
    }),
  );

test.each<[string, object, string | undefined]>([
  ['all types', { recordingGroup: { allSupported: true } }, undefined],
  ['all types, by its strategy', { recordingGroup: { recordingStrategy: { useOnly: 'ALL_SUPPORTED_RESOURCE_TYPES' } } }, undefined],
  ['all types, without a group', {}, undefined],
  ['some types, by the old switch alone', { recordingGroup: { allSupported: false } }, SOME],
  ['some types, by its strategy', { recordingGroup: { recordingStrategy: { useOnly: 'INCLUSION_BY_RESOURCE_TYPES' } } }, SOME],
  ['all types but some, by its strategy', { recordingGroup: { recordingStrategy: { useOnly: 'EXCLUSION_BY_RESOURCE_TYPES' } } }, SOME],
  ['some types, by their list', { recordingGroup: { resourceTypes: ['AWS::EC2::Instance'] } }, SOME],
  ['all types but some, by their list', { recordingGroup: { exclusionByResourceTypes: { resourceTypes: ['AWS::EC2::Instance'] } } }, SOME],
  ['all types, with empty lists', { recordingGroup: { resourceTypes: [], exclusionByResourceTypes: { resourceTypes: [] } } }, undefined],
  ['once a day', { recordingMode: { recordingFrequency: 'DAILY' } }, 'once a day only'],
  ['at once', { recordingMode: { recordingFrequency: 'CONTINUOUS' } }, undefined],
])('a recorder of %s', (_, part, loss) => {
  expect(lossOf({ name: 'default', roleARN: 'arn:aws:iam::111122223333:role/config', ...part })).toBe(loss);
});

test.each<[string, object]>([
  ['of which nothing is known', { x: 1 }],
  ['of whose group nothing is known', { name: 'default', recordingGroup: { x: true } }],
])('a recorder %s cannot be judged', (_, recorder) => {
  expect(() => lossOf(recorder)).toThrow(expect.objectContaining({ name: 'Unread' }));
});
