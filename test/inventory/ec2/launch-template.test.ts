import { describe, expect, test } from 'vitest';
import { launchTemplates } from '../../../inventory/ec2/launch-template.ts';
import { describeReader, facetOf, type ReaderContract, refusalOf, scopeOf } from '../describe-reader.ts';
import { ACCOUNT, type Answers, fakeSession, pages, refused } from '../fake-session.ts';
import { newImage, oldImage } from './account.ts';

const version = { LaunchTemplateId: 'lt-1', VersionNumber: 1, DefaultVersion: true, LaunchTemplateData: { ImageId: 'ami-1' } };
const latest = { ...version, VersionNumber: 4, DefaultVersion: false, LaunchTemplateData: { ImageId: 'ami-2' } };
const single = { ...version, LaunchTemplateId: 'lt-2', LaunchTemplateData: {} };

const described = { Images: [{ ...oldImage, Architecture: 'x86_64', Public: true }, newImage] };
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

const contract: ReaderContract = {
  reader: launchTemplates,
  ids: ['lt-1', 'lt-2'],
  answers: {
    'ec2:DescribeLaunchTemplateVersions': pages(
      { LaunchTemplateVersions: [version, latest] },
      { LaunchTemplateVersions: [single, single] },
    ),
    'ec2:DescribeImages': described,
  },
  facets: {
    versions: [
      {
        number: 1,
        isDefault: true,
        image: old,
        newerImage: { imageId: 'ami-2', name: newImage.Name, createdAt: '2024-10-10T20:00:00.000Z' },
      },
      { number: 4, isDefault: false, image: current, newerImage: undefined },
    ],
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

test('the versions come in their own order, whatever the listing’s', async () => {
  const { resource } = await versionsOf('lt-1', { 'ec2:DescribeLaunchTemplateVersions': { LaunchTemplateVersions: [latest, version] } });
  expect(await facetOf(resource, 'versions')).toMatchObject([{ number: 1 }, { number: 4 }]);
});

test('an image id that can be none is gone, not left to launch', async () => {
  const odd = { ...version, LaunchTemplateData: { ImageId: 'AMI-1' } };
  const { resource } = await versionsOf('lt-1', { 'ec2:DescribeLaunchTemplateVersions': { LaunchTemplateVersions: [odd] } });
  expect(await resource.facet('versions')).toMatchObject({ value: { known: [{ image: { imageId: 'AMI-1', state: 'gone' } }] } });
});

test('the default and the latest versions of all templates are one listing', async () => {
  const { resource, sent } = await versionsOf('lt-2', {});
  expect(sent[0]?.input).toMatchObject({ Versions: ['$Default', '$Latest'], MaxResults: 200 });
  expect(sent[0]?.input).not.toHaveProperty('LaunchTemplateId');
  expect(resource.identity.arn).toBe(`arn:aws:ec2:eu-central-1:${ACCOUNT}:launch-template/lt-2`);
});

test('a version that is both, and listed twice, is one', async () => {
  const { resource } = await versionsOf('lt-2', {});
  expect(await facetOf(resource, 'versions')).toEqual([{ number: 1, isDefault: true, image: undefined, newerImage: undefined }]);
});

test('an image that an SSM parameter chooses at launch is none', async () => {
  const resolved = { ...version, LaunchTemplateData: { ImageId: 'resolve:ssm:/golden/latest' } };
  const { resource, sent } = await versionsOf('lt-1', { 'ec2:DescribeLaunchTemplateVersions': { LaunchTemplateVersions: [resolved] } });
  expect(await facetOf(resource, 'versions')).toEqual([{ number: 1, isDefault: true, image: undefined, newerImage: undefined }]);
  expect(sent.map(({ operation }) => operation)).not.toContain('ec2:DescribeImages');
});

test('an image that EC2 does not show any more is gone', async () => {
  const { resource } = await versionsOf('lt-1', { 'ec2:DescribeImages': { Images: [] } });
  const facet = await resource.facet('versions');
  expect(facet).toMatchObject({
    read: true,
    value: { known: [{ image: { imageId: 'ami-1', state: 'gone' } }, { image: { state: 'gone' } }] },
  });
});

describe('a refusal', () => {
  test('of the images leaves the versions known', async () => {
    const { resource } = await versionsOf('lt-1', {
      'ec2:DescribeImages': () => {
        throw refused('UnauthorizedOperation', 403);
      },
    });
    expect(await resource.facet('versions')).toMatchObject({ read: true, value: { known: [{ number: 1 }, { number: 4 }] } });
    expect(await refusalOf(() => facetOf(resource, 'versions'))).toMatchObject({ cause: 'denied', operation: 'ec2:DescribeImages' });
  });

  test('in the middle of the listing leaves each template’s versions partial: another may be on the page that is missing', async () => {
    const { resource } = await versionsOf('lt-1', {
      'ec2:DescribeLaunchTemplateVersions': pages({ LaunchTemplateVersions: [version] }, {}),
    });
    expect(await resource.facet('versions')).toMatchObject({
      read: true,
      value: { known: [{ number: 1 }], unread: { cause: 'malformed' } },
    });
  });
});
