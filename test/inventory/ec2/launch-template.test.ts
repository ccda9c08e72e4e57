import { describe, expect, test } from 'vitest';
import { launchTemplates } from '../../../inventory/ec2/launch-template.ts';
import { describeReader, facetOf, type ReaderContract, refusalOf, scopeOf } from '../describe-reader.ts';
import { ACCOUNT, type Answers, answerTo, fakeSession, type Input, pages, refused } from '../fake-session.ts';
import { newImage, oldImage } from './account.ts';

const version = { LaunchTemplateId: 'lt-1', VersionNumber: 2, DefaultVersion: true, LaunchTemplateData: { ImageId: 'ami-1' } };
const latest = { ...version, VersionNumber: 4, DefaultVersion: false, LaunchTemplateData: { ImageId: 'ami-2' } };
const single = { ...version, LaunchTemplateId: 'lt-2', LaunchTemplateData: {} };
const pinned = {
  ...version,
  VersionNumber: 1,
  DefaultVersion: false,
  LaunchTemplateData: {
    ImageId: 'ami-1',
    MetadataOptions: { HttpTokens: 'optional' },
    NetworkInterfaces: [{ DeviceIndex: 0, AssociatePublicIpAddress: true }],
    UserData: Buffer.from('TOKEN=x\nDB_PASSWORD=correct-horse').toString('base64'),
  },
};

const group = (name: string, templateId: string, Version: string) => ({
  AutoScalingGroupName: name,
  LaunchTemplate: { LaunchTemplateId: templateId, Version },
});
const groups = [group('web', 'lt-1', '1'), group('api', 'lt-1', '$Latest'), group('batch', 'lt-1', '2'), group('other', 'lt-2', '7')];

const described = { Images: [{ ...oldImage, Architecture: 'x86_64', Public: true, ImdsSupport: 'v2.0' }, newImage] };
const old = {
  imageId: 'ami-1',
  name: oldImage.Name,
  state: 'available',
  createdAt: '2024-08-05T20:00:00.000Z',
  deprecatedAt: '2024-11-03T20:00:00.000Z',
  ownerId: '137112412989',
  ownerAlias: 'amazon',
  public: true,
};
const current = { ...old, imageId: 'ami-2', name: newImage.Name, createdAt: '2024-10-10T20:00:00.000Z', deprecatedAt: undefined };
const newerImage = { imageId: 'ami-2', name: newImage.Name, createdAt: '2024-10-10T20:00:00.000Z', daysBehind: 66, releasesBehind: 1 };

const silent = {
  ...{ imageParameter: undefined, metadata: { endpoint: undefined, tokens: undefined, hopLimit: undefined } },
  ...{ assignsPublicAddress: false, userDataSecrets: [] },
};
const onOld = { ...silent, image: old, newerImage, imageRequiresTokens: true };
const nothing = { ...silent, image: undefined, newerImage: undefined, imageRequiresTokens: undefined };

const contract: ReaderContract = {
  reader: launchTemplates,
  ids: ['lt-1', 'lt-2'],
  answers: {
    'ec2:DescribeLaunchTemplateVersions': (input: Input, region) => {
      if (String(input.Versions) === '1') return { LaunchTemplateVersions: [pinned] };
      if (String(input.Versions) === '7') throw refused('InvalidLaunchTemplateId.VersionNotFound');
      return answerTo(pages({ LaunchTemplateVersions: [version, latest] }, { LaunchTemplateVersions: [single, single] }), input, region);
    },
    'autoscaling:DescribeAutoScalingGroups': { AutoScalingGroups: groups },
    'ec2:DescribeImages': described,
    'ec2:GetInstanceMetadataDefaults': { AccountLevel: {} },
  },
  facets: {
    versions: [
      { ...onOld, number: 2, isDefault: true, isLatest: false, groups: ['batch'] },
      {
        ...{ ...silent, number: 4, isDefault: false, isLatest: true, groups: ['api'] },
        ...{ image: current, newerImage: undefined, imageRequiresTokens: false },
      },
      {
        ...{ ...onOld, number: 1, isDefault: false, isLatest: false, groups: ['web'] },
        metadata: { endpoint: undefined, tokens: 'optional', hopLimit: undefined },
        assignsPublicAddress: true,
        userDataSecrets: [{ kind: 'password or key', line: 2 }],
      },
    ],
    metadataDefaults: { endpoint: undefined, tokens: undefined, hopLimit: undefined, enforced: false },
  },
};

describeReader(contract);

async function versionsOf(id: string, answers: Answers) {
  const { session, sent } = fakeSession({ ...contract.answers, ...answers });
  const { known } = await launchTemplates.list(session, scopeOf(launchTemplates));
  const resource = known.find(({ identity }) => identity.id === id);
  if (!resource) throw new Error(`there is no ${id}`);
  return { resource, sent };
}

const noGroups = { 'autoscaling:DescribeAutoScalingGroups': { AutoScalingGroups: [] } };
const listing = (...LaunchTemplateVersions: readonly object[]) => ({ 'ec2:DescribeLaunchTemplateVersions': { LaunchTemplateVersions } });

test('the versions come in their own order, whatever the listing’s', async () => {
  const { resource } = await versionsOf('lt-1', { ...noGroups, ...listing(latest, version) });
  expect(await facetOf(resource, 'versions')).toMatchObject([{ number: 2 }, { number: 4 }]);
});

test('an image id that can be none is gone, not left to launch', async () => {
  const odd = { ...version, LaunchTemplateData: { ImageId: 'AMI-1' } };
  const { resource } = await versionsOf('lt-1', { ...noGroups, ...listing(odd) });
  expect(await resource.facet('versions')).toMatchObject({ value: { known: [{ image: { imageId: 'AMI-1', state: 'gone' } }] } });
});

test('the default and the latest versions of all templates are one listing', async () => {
  const { resource, sent } = await versionsOf('lt-2', {});
  expect(sent[0]?.input).toMatchObject({ Versions: ['$Default', '$Latest'], MaxResults: 200 });
  expect(sent[0]?.input).not.toHaveProperty('LaunchTemplateId');
  expect(resource.identity.arn).toBe(`arn:aws:ec2:eu-central-1:${ACCOUNT}:launch-template/lt-2`);
});

test('a version that is both, and listed twice, is one', async () => {
  const { resource } = await versionsOf('lt-2', noGroups);
  expect(await facetOf(resource, 'versions')).toEqual([{ ...nothing, number: 2, isDefault: true, isLatest: true, groups: [] }]);
});

test('an image that an SSM parameter chooses at launch is none', async () => {
  const resolved = { ...version, LaunchTemplateData: { ImageId: 'resolve:ssm:/golden/latest' } };
  const { resource, sent } = await versionsOf('lt-1', { ...noGroups, ...listing(resolved) });
  expect(await facetOf(resource, 'versions')).toMatchObject([
    { image: undefined, imageParameter: '/golden/latest', newerImage: undefined },
  ]);
  expect(sent.map(({ operation }) => operation)).not.toContain('ec2:DescribeImages');
});

test('an image that EC2 does not show any more is gone', async () => {
  const { resource } = await versionsOf('lt-1', { 'ec2:DescribeImages': { Images: [] } });
  const facet = await resource.facet('versions');
  expect(facet).toMatchObject({
    read: true,
    value: { known: [{ image: { imageId: 'ami-1', state: 'gone' } }, { image: { state: 'gone' } }, { image: { state: 'gone' } }] },
  });
});

describe('a version that a group pins', () => {
  test('is asked for by its number, and only if it is not there already', async () => {
    const { resource, sent } = await versionsOf('lt-1', {});
    await resource.facet('versions');
    const asked = sent
      .filter(({ input }) => input.LaunchTemplateId !== undefined)
      .map(({ input }) => [input.LaunchTemplateId, input.Versions]);
    expect(asked).toEqual([['lt-1', ['1']]]);
  });

  test('and that is deleted is none', async () => {
    const { resource } = await versionsOf('lt-2', {});
    expect(await facetOf(resource, 'versions')).toMatchObject([{ number: 2, groups: [] }]);
  });

  test('is missing where the groups are refused, and the others stay known', async () => {
    const { resource } = await versionsOf('lt-1', {
      'autoscaling:DescribeAutoScalingGroups': () => {
        throw refused('AccessDenied', 403);
      },
    });
    expect(await resource.facet('versions')).toMatchObject({ read: true, value: { known: [{ number: 2 }, { number: 4 }] } });
    expect(await refusalOf(() => facetOf(resource, 'versions'))).toMatchObject({ operation: 'autoscaling:DescribeAutoScalingGroups' });
  });

  test('is missing where it is refused itself', async () => {
    const { resource } = await versionsOf('lt-1', {
      'ec2:DescribeLaunchTemplateVersions': (input: Input) => {
        if (input.LaunchTemplateId !== undefined) throw refused('UnauthorizedOperation', 403);
        return { LaunchTemplateVersions: [version, latest] };
      },
    });
    expect(await resource.facet('versions')).toMatchObject({
      value: { known: [{ number: 2 }, { number: 4 }], unread: { cause: 'denied' } },
    });
  });
});

describe('a refusal', () => {
  test('of the images leaves the versions known', async () => {
    const { resource } = await versionsOf('lt-1', {
      'ec2:DescribeImages': () => {
        throw refused('UnauthorizedOperation', 403);
      },
    });
    expect(await resource.facet('versions')).toMatchObject({ read: true, value: { known: [{ number: 2 }, { number: 4 }, { number: 1 }] } });
    expect(await refusalOf(() => facetOf(resource, 'versions'))).toMatchObject({ cause: 'denied', operation: 'ec2:DescribeImages' });
  });

  test('in the middle of the listing leaves each template’s versions partial: another may be on the page that is missing', async () => {
    const { resource } = await versionsOf('lt-1', {
      ...noGroups,
      'ec2:DescribeLaunchTemplateVersions': pages({ LaunchTemplateVersions: [version] }, {}),
    });
    expect(await resource.facet('versions')).toMatchObject({
      read: true,
      value: { known: [{ number: 2 }], unread: { cause: 'malformed' } },
    });
  });
});
