import { describe, expect, test } from 'vitest';
import { autoScalingGroups } from '../../../inventory/autoscaling/group.ts';
import { describeReader, facetOf, type ReaderContract, refusalOf, scopeOf, subjectOf } from '../describe-reader.ts';
import { newImage, oldImage } from '../ec2/account.ts';
import { ACCOUNT, fakeSession, pages } from '../fake-session.ts';

const arnOf = (name: string) => `arn:aws:autoscaling:eu-central-1:${ACCOUNT}:autoScalingGroup:0123:autoScalingGroupName/${name}`;
const named = (name: string) => ({ AutoScalingGroupName: name, AutoScalingGroupARN: arnOf(name) });
const zones = { AvailabilityZones: ['eu-central-1a', 'eu-central-1b'], MaxSize: 4 };
const legacy = { ...named('legacy'), ...zones, LaunchConfigurationName: 'legacy-2019' };
const base = { LaunchTemplateId: 'lt-1', LaunchTemplateName: 'web', Version: '3' };
const web = { ...named('team/web'), ...zones, LaunchTemplate: base, Tags: [{ Key: 'team', Value: 'web' }] };

const configuration = {
  LaunchConfigurationName: 'legacy-2019',
  ImageId: 'ami-1',
  MetadataOptions: { HttpTokens: 'optional', HttpEndpoint: 'enabled' },
  AssociatePublicIpAddress: true,
  UserData: Buffer.from('#!/bin/sh\nexport DB_PASSWORD=correct-horse').toString('base64'),
};

const contract: ReaderContract = {
  reader: autoScalingGroups,
  ids: ['legacy', 'team/web'],
  answers: {
    'autoscaling:DescribeAutoScalingGroups': pages({ AutoScalingGroups: [legacy] }, { AutoScalingGroups: [web] }),
    'autoscaling:DescribeLaunchConfigurations': pages({ LaunchConfigurations: [] }, { LaunchConfigurations: [configuration] }),
    'ec2:DescribeImages': { Images: [{ ...oldImage, Architecture: 'x86_64', Public: true }, newImage] },
    'ec2:GetInstanceMetadataDefaults': { AccountLevel: { HttpTokens: 'required' } },
  },
  facets: {
    group: { zones: ['eu-central-1a', 'eu-central-1b'], maxSize: 4, templates: [] },
    launchConfiguration: {
      name: 'legacy-2019',
      metadata: { endpoint: 'enabled', tokens: 'optional', hopLimit: undefined },
      publicAddress: true,
      userDataSecrets: [{ kind: 'password or key', line: 2 }],
    },
    ownImages: [
      {
        namedBy: 'launch configuration',
        launch: {
          image: expect.objectContaining({ imageId: 'ami-1', state: 'available' }),
          imageParameter: undefined,
          newerImage: expect.objectContaining({ imageId: 'ami-2', daysBehind: 66, releasesBehind: 1 }),
          imageRequiresTokens: false,
        },
      },
    ],
    metadataDefaults: { endpoint: undefined, tokens: 'required', hopLimit: undefined, enforced: false },
  },
};

describeReader(contract);

async function webWith(change: object) {
  const answers = { ...contract.answers, 'autoscaling:DescribeAutoScalingGroups': { AutoScalingGroups: [{ ...web, ...change }] } };
  return subjectOf({ ...contract, subject: 'team/web' }, answers);
}

test('a group of a launch template names no images of its own', async () => {
  const { resource } = await webWith({});
  expect(await facetOf(resource, 'launchConfiguration')).toBeUndefined();
  expect(await facetOf(resource, 'ownImages')).toEqual([]);
  expect(await facetOf(resource, 'group')).toMatchObject({ templates: [{ templateId: 'lt-1', version: '3' }] });
  expect(resource.identity.tags).toEqual({ team: 'web' });
});

test('instances are not asked for, and the largest page is', async () => {
  const { session, sent } = fakeSession(contract.answers);
  await autoScalingGroups.list(session, scopeOf(autoScalingGroups));
  expect(sent[0]?.input).toMatchObject({ IncludeInstances: false, MaxRecords: 100 });
});

describe('a mixed instances policy', () => {
  const policy = (...Overrides: readonly object[]) => ({
    LaunchTemplate: undefined,
    MixedInstancesPolicy: { LaunchTemplate: { LaunchTemplateSpecification: base, Overrides } },
  });

  test('stands for its template where no override has one', async () => {
    const { resource } = await webWith(policy({ InstanceType: 't3.micro' }, { InstanceType: 't3.small' }));
    expect(await facetOf(resource, 'group')).toMatchObject({ templates: [{ templateId: 'lt-1', version: '3' }] });
  });

  test('takes the templates of its overrides, each once', async () => {
    const arm = { LaunchTemplateSpecification: { LaunchTemplateId: 'lt-2' } };
    const { resource } = await webWith(policy(arm, { ...arm, InstanceType: 't4g.micro' }, { InstanceType: 't3.micro' }));
    expect(await facetOf(resource, 'group')).toMatchObject({
      templates: [
        { templateId: 'lt-2', version: '$Default' },
        { templateId: 'lt-1', version: '3' },
      ],
    });
  });

  test('takes the images of its overrides, by their ids or by a parameter', async () => {
    const { resource } = await webWith(policy({ ImageId: 'ami-1' }, { ImageId: 'resolve:ssm:/golden/latest' }));
    expect(await facetOf(resource, 'ownImages')).toMatchObject([
      { namedBy: 'override', launch: { image: { imageId: 'ami-1' }, imageParameter: undefined } },
      { namedBy: 'override', launch: { image: undefined, imageParameter: '/golden/latest' } },
    ]);
  });
});

test.each<[string, string, object]>([
  ['a launch configuration that is not listed', 'launchConfiguration', { LaunchTemplate: undefined, LaunchConfigurationName: 'lost' }],
  ['nothing that it could start', 'group', { LaunchTemplate: undefined }],
])('%s is unread', async (_, facet, change) => {
  const { resource } = await webWith(change);
  expect(await refusalOf(() => facetOf(resource, facet))).toMatchObject({ operation: expect.stringMatching(/^autoscaling:/) });
});
