import { describe, expect, test } from 'vitest';
import type { Raw } from './corpus.ts';
import { items, newer, older } from './ec2-families.ts';
import { record } from './records.ts';
import { told } from './told-touches.ts';

/** Of these types only: what else the same events touch is told by the tests of those. */
function touched(raw: Raw, ...types: readonly string[]): readonly string[] {
  return told(record(raw)).filter((text) => types.includes(text.replace('(', '').split(' ')[0] ?? ''));
}

describe('Auto Scaling groups', () => {
  const done = (eventName: string, requestParameters: unknown): Raw => ({
    ...{ eventSource: 'autoscaling.amazonaws.com', eventName, requestParameters, responseElements: null },
  });
  const web = { autoScalingGroupName: 'web', launchTemplate: { launchTemplateId: 'lt-1', version: '3' } };

  test.each<[string, unknown, readonly string[]]>([
    ['CreateAutoScalingGroup', web, ['AutoScalingGroup web']],
    ['UpdateAutoScalingGroup', web, ['AutoScalingGroup web']],
    ['DeleteAutoScalingGroup', web, ['AutoScalingGroup web gone']],
    ['SetDesiredCapacity', web, ['AutoScalingGroup web: -']],
    ['UpdateAutoScalingGroup', null, ['AutoScalingGroup *']],
    [
      'DeleteTags',
      {
        tags: [
          { resourceId: 'web', key: 'a' },
          { resourceId: 'api', key: 'a' },
        ],
      },
      ['AutoScalingGroup api: -', 'AutoScalingGroup web: -'],
    ],
    ['CreateLaunchConfiguration', { launchConfigurationName: 'web' }, ['(AutoScalingGroup *: launchConfiguration ownImages)']],
  ])('%s %j', (name, request, expected) => {
    expect(touched(done(name, request), 'AutoScalingGroup')).toEqual(expected);
  });

  test('which image a template or an instance has to do with may change with a group', () => {
    expect(touched(done('UpdateAutoScalingGroup', web), 'Instance', 'LaunchTemplate')).toEqual([
      '(Instance *: rebuild)',
      '(LaunchTemplate *: versions)',
    ]);
  });
});

describe('volumes', () => {
  test.each<[string, unknown, unknown, readonly string[]]>([
    ['CreateVolume', { size: '8' }, { volumeId: 'vol-1' }, ['Volume vol-1']],
    ['CreateVolume', { size: '8' }, null, ['Volume *']],
    ['AttachVolume', { volumeId: 'vol-1', instanceId: 'i-1' }, null, ['Volume vol-1']],
    ['DeleteVolume', { volumeId: 'vol-1' }, { _return: true }, ['Volume vol-1 gone']],
    ['RunInstances', {}, { instancesSet: items({ instanceId: 'i-1' }) }, ['(Volume *: volume)']],
  ])('%s', (name, request, response, expected) => {
    expect(touched(older(name, request, response), 'Volume')).toEqual(expected);
  });

  test('are changed without being another volume', () => {
    expect(touched(newer('ModifyVolume', { VolumeId: 'vol-1' }, {}), 'Volume')).toEqual(['Volume vol-1: -']);
  });
});

describe('documents of Systems Manager', () => {
  const done = (eventName: string, requestParameters: unknown): Raw => ({ eventSource: 'ssm.amazonaws.com', eventName, requestParameters });

  test.each<[string, unknown, readonly string[]]>([
    ['CreateDocument', { name: 'deploy' }, ['Document deploy']],
    ['ModifyDocumentPermission', { name: 'deploy', accountIdsToAdd: ['all'] }, ['Document deploy']],
    ['ModifyDocumentPermission', { name: 'arn:aws:ssm:eu-west-1:111122223333:document/deploy' }, ['Document deploy']],
    ['UpdateDocument', { name: 'deploy' }, ['Document deploy: -']],
    ['DeleteDocument', { name: 'deploy' }, ['Document deploy gone']],
  ])('%s %j', (name, request, expected) => {
    expect(touched(done(name, request), 'Document')).toEqual(expected);
  });

  test('may be made public when the setting of their region changes', () => {
    const setting = { settingId: '/ssm/documents/console/public-sharing-permission', settingValue: 'Enable' };
    expect(touched(done('UpdateServiceSetting', setting), 'Region')).toEqual(['Region eu-west-1: publicDocuments']);
  });
});

test.each([
  ['ModifyInstanceMetadataDefaults', 'metadataDefaults'],
  ['EnableSerialConsoleAccess', 'serialConsoleAccess'],
  ['DisableAllowedImagesSettings', 'allowedImages'],
  ['ReplaceImageCriteriaInAllowedImagesSettings', 'allowedImages'],
])('%s changes the settings of its region', (name, facet) => {
  expect(touched(newer(name, {}, {}), 'RegionSettings')).toEqual([`RegionSettings eu-west-1: ${facet}`]);
});
