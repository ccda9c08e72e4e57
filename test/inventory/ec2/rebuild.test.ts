import { describe, expect, test } from 'vitest';
import { instances } from '../../../inventory/ec2/instance.ts';
import { facetOf, type ReaderContract, refusalOf, subjectOf } from '../describe-reader.ts';
import { type Answers, type Input, refused } from '../fake-session.ts';
import { autoScalingGroup, instance, region, reservations, templateVersions } from './account.ts';

const contract: ReaderContract = { reader: instances, ids: ['i-1'], answers: region, facets: {} };

const tagged = (tags: Readonly<Record<string, string>>) => ({
  'ec2:DescribeInstances': reservations({ ...instance, Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) }),
});
const ofGroup = (change: object) => ({
  'autoscaling:DescribeAutoScalingGroups': { AutoScalingGroups: [{ ...autoScalingGroup, ...change }] },
});
const pinning = (Version: string) => ofGroup({ LaunchTemplate: { LaunchTemplateId: 'lt-1', Version } });
const starts = (imageId: string, source: object = {}) => ({ source: { ...source, launch: { image: { imageId } } } });

async function rebuildWith(answers: Answers) {
  const { resource, sent } = await subjectOf(contract, { ...region, ...answers });
  return { rebuild: () => facetOf(resource, 'rebuild'), facet: await resource.facet('rebuild'), sent };
}

describe('an instance that nothing remembers', () => {
  test('costs no call', async () => {
    const { rebuild, sent } = await rebuildWith(tagged({ Name: 'bastion' }));
    expect(await rebuild()).toEqual({ group: undefined, source: undefined });
    expect(sent.map(({ operation }) => operation)).toEqual(['ec2:DescribeInstances']);
  });

  test('because its group is gone', async () => {
    const { rebuild } = await rebuildWith({ 'autoscaling:DescribeAutoScalingGroups': { AutoScalingGroups: [] } });
    expect(await rebuild()).toEqual({ group: 'web', source: undefined });
  });
});

test('without a group, its template’s default version would start it', async () => {
  const { rebuild } = await rebuildWith(tagged({ 'aws:ec2launchtemplate:id': 'lt-1', 'aws:ec2launchtemplate:version': '2' }));
  expect(await rebuild()).toMatchObject({ group: undefined, source: { kind: 'launch template', id: 'lt-1', version: '$Default' } });
  expect(await rebuild()).toMatchObject(starts('ami-1'));
});

describe('in a group', () => {
  test.each([
    ['1', 'ami-1'],
    ['$Default', 'ami-1'],
    ['$Latest', 'ami-2'],
    ['2', 'ami-2'],
  ])('that pins version %s, %s is started', async (version, imageId) => {
    const { rebuild } = await rebuildWith(pinning(version));
    expect(await rebuild()).toMatchObject({ group: 'web', ...starts(imageId) });
  });

  test('a version that is neither the default nor the latest is asked for', async () => {
    const { rebuild, sent } = await rebuildWith({
      ...pinning('7'),
      'ec2:DescribeLaunchTemplateVersions': ({ LaunchTemplateId }: Input) => ({
        LaunchTemplateVersions: LaunchTemplateId === undefined ? templateVersions : [{ ...templateVersions[1], VersionNumber: 7 }],
      }),
    });
    expect(await rebuild()).toMatchObject(starts('ami-2'));
    expect(sent.filter(({ operation }) => operation === 'ec2:DescribeLaunchTemplateVersions').at(-1)?.input).toMatchObject({
      Versions: ['7'],
    });
  });

  test('a version that was deleted has no image, and is not taken for one that would fix it', async () => {
    const { facet, rebuild } = await rebuildWith({
      ...pinning('7'),
      'ec2:DescribeLaunchTemplateVersions': ({ LaunchTemplateId }: Input) => {
        if (LaunchTemplateId !== undefined) throw refused('InvalidLaunchTemplateId.VersionNotFound');
        return { LaunchTemplateVersions: templateVersions };
      },
    });
    expect(facet).toMatchObject({ read: true, value: { group: 'web', source: { id: 'lt-1', version: '7' } } });
    expect(await refusalOf(rebuild)).toMatchObject({
      cause: 'no-data',
      message: 'version 7 of launch template lt-1 is not there any more',
    });
  });

  test('its launch configuration is what starts it', async () => {
    const { rebuild } = await rebuildWith(ofGroup({ LaunchTemplate: undefined, LaunchConfigurationName: 'web-2019' }));
    expect(await rebuild()).toMatchObject(starts('ami-1', { kind: 'launch configuration', id: 'web-2019', version: undefined }));
  });

  test('of mixed instances, the override with its own template is', async () => {
    const Overrides = [
      { LaunchTemplateSpecification: { LaunchTemplateId: 'lt-9', Version: '1' } },
      { LaunchTemplateSpecification: { LaunchTemplateId: 'lt-1', Version: '$Latest' } },
    ];
    const { rebuild } = await rebuildWith(ofGroup({ LaunchTemplate: undefined, MixedInstancesPolicy: { LaunchTemplate: { Overrides } } }));
    expect(await rebuild()).toMatchObject(starts('ami-2', { id: 'lt-1', version: '$Latest' }));
  });

  test('of mixed instances, an override’s image replaces the template’s', async () => {
    const LaunchTemplate = { LaunchTemplateSpecification: autoScalingGroup.LaunchTemplate, Overrides: [{ ImageId: 'ami-2' }] };
    const { rebuild } = await rebuildWith(ofGroup({ LaunchTemplate: undefined, MixedInstancesPolicy: { LaunchTemplate } }));
    expect(await rebuild()).toMatchObject(starts('ami-2'));
  });

  test('that is not listed, on a page that was refused, it is not known', async () => {
    const { rebuild } = await rebuildWith({
      'autoscaling:DescribeAutoScalingGroups': ({ NextToken }: Input) => {
        if (NextToken !== undefined) throw refused('AccessDenied', 403);
        return { AutoScalingGroups: [], NextToken: '1' };
      },
    });
    expect(await refusalOf(rebuild)).toMatchObject({ cause: 'denied', operation: 'autoscaling:DescribeAutoScalingGroups' });
  });
});
