import { describe, expect, test } from 'vitest';
import { done, family, items, newer, older } from './ec2-families.ts';
import { record } from './records.ts';
import { told } from './told-touches.ts';

describe('instances', () => {
  const launched = (id: string) => ({
    instanceId: id,
    groupSet: items({ groupId: 'sg-1' }),
    networkInterfaceSet: items({ networkInterfaceId: `eni-${id}`, groupSet: items({ groupId: 'sg-1' }) }),
  });
  const which = { instancesSet: items({ instanceId: 'i-1' }, { instanceId: 'i-2' }) };
  family('as it was', older, [
    [
      'RunInstances',
      { instancesSet: items({ imageId: 'ami-1', minCount: 2 }) },
      { instancesSet: items(launched('i-1'), launched('i-2')) },
      '(SecurityGroup sg-1: attachments)',
      'Instance i-1',
      'Instance i-2',
      'NetworkInterface eni-i-1',
      'NetworkInterface eni-i-2',
    ],
    [
      'RunInstances',
      { instancesSet: items({ imageId: 'ami-1', minCount: 2 }) },
      null,
      '(SecurityGroup *: attachments)',
      'Instance *',
      'NetworkInterface *',
    ],
    [
      'StopInstances',
      which,
      which,
      '(SecurityGroup *: attachments)',
      'Instance i-1: instance interfaces publicAddresses',
      'Instance i-2: instance interfaces publicAddresses',
      'NetworkInterface *',
    ],
    ['RebootInstances', which, done, 'Instance i-1: instance', 'Instance i-2: instance'],
    ['TerminateInstances', which, which, '(SecurityGroup *: attachments)', 'Instance i-1 gone', 'Instance i-2 gone', 'NetworkInterface *'],
    [
      'ModifyInstanceAttribute',
      { instanceId: 'i-1', groupSet: items({ groupId: 'sg-2' }) },
      done,
      '(NetworkInterface *)',
      '(SecurityGroup *: attachments)',
      'Instance i-1: instance interfaces',
    ],
  ]);
  family('newer', newer, [
    ['ModifyInstanceMetadataOptions', { InstanceId: 'i-1', HttpTokens: 'optional' }, {}, 'Instance i-1: metadataOptions'],
    [
      'AssociateIamInstanceProfile',
      { InstanceId: 'i-1', IamInstanceProfile: { Name: 'web' } },
      { iamInstanceProfileAssociation: { instanceId: 'i-1' } },
      'Instance i-1: instance',
    ],
    [
      'DisassociateIamInstanceProfile',
      { AssociationId: 'iip-assoc-1' },
      { iamInstanceProfileAssociation: { instanceId: 'i-1' } },
      'Instance i-1: instance',
    ],
    ['DisassociateIamInstanceProfile', { AssociationId: 'iip-assoc-1' }, null, 'Instance *: instance'],
    ['CreateFleet', { Type: 'maintain' }, { fleetId: 'fleet-1' }],
    [
      'CreateFleet',
      { Type: 'instant' },
      { fleetInstanceSet: { item: { instanceIds: { item: ['i-1', 'i-2'] } } } },
      'Instance i-1',
      'Instance i-2',
    ],
  ]);

  test('one that AWS takes back is touched, although nobody called an API', () => {
    const evicted = { eventName: 'BidEvictedEvent', eventType: 'AwsServiceEvent', serviceEventDetails: { instanceIdSet: ['i-1'] } };
    expect(told(record(evicted))).toEqual(['Instance i-1']);
  });

  test.each<[string, unknown, readonly string[]]>([
    ['what Patch Manager found', [{ typeName: 'AWS:PatchSummary' }, { typeName: 'AWS:PatchCompliance' }], ['Instance i-1: patchState']],
    ['other inventory', [{ typeName: 'AWS:Network' }], []],
    ['inventory of an unknown kind', [{}], ['Instance i-1: patchState']],
  ])('%s', (_title, list, expected) => {
    const put = { eventSource: 'ssm.amazonaws.com', eventName: 'PutInventory', requestParameters: { instanceId: 'i-1', items: list } };
    expect(told(record(put))).toEqual(expected);
  });
});

describe('images, snapshots and launch templates', () => {
  const rebuilt = '(Instance *: rebuild)';
  const users = ['(Instance *: image newerImage rebuild)', '(LaunchTemplate *: versions)'];
  family('as it was', older, [
    ['CreateImage', { instanceId: 'i-1', name: 'web' }, { imageId: 'ami-1' }, ...users, 'Image ami-1'],
    ['CopyImage', { sourceImageId: 'ami-9' }, { imageId: 'ami-1' }, ...users, 'Image ami-1'],
    [
      'ModifyImageAttribute',
      { imageId: 'ami-1', launchPermission: { add: items({ group: 'all' }) } },
      done,
      ...users,
      'Image ami-1: image',
    ],
    ['DeregisterImage', { imageId: 'ami-1' }, done, ...users, 'Image ami-1 gone'],
    [
      'DeregisterImage',
      { imageId: 'ami-1', deleteAssociatedSnapshots: true },
      { ...done, deleteSnapshotResultSet: items({ snapshotId: 'snap-1', returnCode: 'success' }) },
      ...users,
      'Image ami-1 gone',
      'Snapshot snap-1 gone',
    ],
    ['CreateSnapshot', { volumeId: 'vol-1' }, { snapshotId: 'snap-1' }, 'Snapshot snap-1'],
    ['CopySnapshot', { sourceSnapshotId: 'snap-9' }, { snapshotId: 'snap-1' }, 'Snapshot snap-1'],
    ['CopySnapshot', { sourceSnapshotId: 'snap-9' }, null, 'Snapshot *'],
    ['DeleteSnapshot', { snapshotId: 'snap-1' }, done, 'Snapshot snap-1 gone'],
    [
      'ModifySnapshotAttribute',
      { snapshotId: 'snap-1', createVolumePermission: { add: items({ group: 'all' }) } },
      done,
      'Snapshot snap-1: public',
    ],
  ]);
  family('newer', newer, [
    ['EnableImageDeprecation', { ImageId: 'ami-1' }, {}, ...users, 'Image ami-1: -'],
    ['DisableImage', { ImageId: 'ami-1' }, {}, ...users, 'Image ami-1: image'],
    ['DisableImageBlockPublicAccess', '', {}, '(Image *: blockPublicAccess)', 'RegionSettings eu-west-1: imageBlockPublicAccess'],
    ['DisableSnapshotBlockPublicAccess', '', {}, '(Snapshot *: blockPublicAccess)', 'RegionSettings eu-west-1: snapshotBlockPublicAccess'],
    [
      'CreateSnapshots',
      {},
      { snapshotSet: { item: [{ snapshotId: 'snap-1' }, { snapshotId: 'snap-2' }] } },
      'Snapshot snap-1',
      'Snapshot snap-2',
    ],
    ['CreateLaunchTemplate', { LaunchTemplateName: 'web' }, { launchTemplate: { launchTemplateId: 'lt-1' } }, 'LaunchTemplate lt-1'],
    ['CreateLaunchTemplateVersion', { LaunchTemplateId: 'lt-1' }, null, rebuilt, 'LaunchTemplate lt-1'],
    [
      'CreateLaunchTemplateVersion',
      { LaunchTemplateName: 'web' },
      { launchTemplateVersion: { launchTemplateId: 'lt-1' } },
      rebuilt,
      'LaunchTemplate lt-1',
    ],
    ['ModifyLaunchTemplate', { LaunchTemplateName: 'web' }, null, rebuilt, 'LaunchTemplate *'],
    [
      'DeleteLaunchTemplate',
      { LaunchTemplateName: 'web' },
      { launchTemplate: { launchTemplateId: 'lt-1' } },
      rebuilt,
      'LaunchTemplate lt-1 gone',
    ],
    [
      'DeleteLaunchTemplateVersions',
      { LaunchTemplateName: 'web' },
      { successfullyDeletedLaunchTemplateVersionSet: { item: { launchTemplateId: 'lt-1' } } },
      rebuilt,
      'LaunchTemplate lt-1',
    ],
  ]);

  test('a snapshot that is written block by block', () => {
    const ebs = { eventSource: 'ebs.amazonaws.com' };
    expect(told(record({ ...ebs, eventName: 'StartSnapshot', responseElements: { snapshotId: 'snap-1' } }))).toEqual(['Snapshot snap-1']);
    expect(told(record({ ...ebs, eventName: 'CompleteSnapshot', requestParameters: { snapshotId: 'snap-1' } }))).toEqual([
      'Snapshot snap-1',
    ]);
  });
});

describe('the region', () => {
  family('newer', newer, [
    ['DisableEbsEncryptionByDefault', '', { ebsEncryptionByDefault: false }, 'RegionSettings eu-west-1: ebsEncryptionByDefault'],
  ]);
  family('as it was', older, [['EnableEbsEncryptionByDefault', null, null, 'RegionSettings eu-west-1: ebsEncryptionByDefault']]);
});

describe('tags', () => {
  const prefixes = ['acl', 'ami', 'eni', 'i', 'lt', 'pcx', 'rtb', 'sg', 'snap', 'subnet', 'vol', 'vpc', 'vpce', 'vpce-svc'];
  const tagged = (...ids: readonly string[]) => ({
    resourcesSet: items(...ids.map((resourceId) => ({ resourceId }))),
    tagSet: items({ key: 'a' }),
  });

  test('are of the types that the ids begin as', () => {
    const all = told(record(older('CreateTags', tagged(...prefixes.map((prefix) => `${prefix}-1`), 'nat-1', 'igw-1'), done)));
    expect(all.map((text) => text.split(' ')[1]).sort()).toEqual(prefixes.map((prefix) => `${prefix}-1:`).sort());
    expect(all.every((text) => text.endsWith(': -'))).toBe(true);
  });

  test('of something else are no touch', () => {
    expect(told(record(older('DeleteTags', tagged('igw-1'), done)))).toEqual([]);
  });

  test('of what is not told may be of any of these types', () => {
    const all = told(record(older('CreateTags', { resourcesSet: {} }, done)));
    expect(all.map((text) => text.split(' ')[1])).toEqual(prefixes.map(() => '*:'));
  });
});
