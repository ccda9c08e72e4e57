import { describe, expect, test } from 'vitest';
import { instances } from '../../../inventory/ec2/instance.ts';
import { facetOf, refusalOf, scopeOf } from '../describe-reader.ts';
import { ACCOUNT, type Answers, fakeSession, pages, refused } from '../fake-session.ts';
import { instance, newImage, oldImage, region, reservations } from './account.ts';

async function firstOf(answers: Answers) {
  const { session, sent } = fakeSession({ ...region, ...answers });
  const { known } = await instances.list(session, scopeOf(instances));
  const [resource] = known;
  if (!resource) throw new Error('there is no instance');
  return { resource, known, sent };
}

const imageWith = async (answers: Answers) => facetOf((await firstOf(answers)).resource, 'image');
const remembered = (changes: object) => ({
  'ec2:DescribeInstanceImageMetadata': { InstanceImageMetadata: [{ InstanceId: 'i-1', ImageMetadata: { ...oldImage, ...changes } }] },
});
const refusing =
  (name: string, status = 400) =>
  () => {
    throw refused(name, status);
  };

describe('as EC2 remembers it for the instance', () => {
  test.each([
    ['available', 'available'],
    ['deregistered', 'deregistered'],
    ['disabled', 'disabled'],
    ['pending', 'pending'],
    ['transient', 'pending'],
    ['failed', 'failed'],
    ['error', 'failed'],
    ['invalid', 'failed'],
  ])('%s is %s', async (State, state) => {
    expect(await imageWith(remembered({ State }))).toMatchObject({ state });
  });

  test('an unheard-of state is unread', async () => {
    const { resource } = await firstOf(remembered({ State: 'retired' }));
    expect(await refusalOf(() => facetOf(resource, 'image'))).toMatchObject({ cause: 'malformed' });
  });

  test('a deprecation time that cannot be read is unread, not absent', async () => {
    const { resource } = await firstOf(remembered({ DeprecationTime: 'soon' }));
    expect(await refusalOf(() => facetOf(resource, 'image'))).toMatchObject({ cause: 'malformed' });
  });

  test.each([
    [{ OwnerId: ACCOUNT, ImageOwnerAlias: undefined }, 'self'],
    [{ OwnerId: '999999999999', ImageOwnerAlias: undefined }, undefined],
    [{ ImageOwnerAlias: 'aws-marketplace' }, 'aws-marketplace'],
  ])('owner %o has alias %s', async (owner, ownerAlias) => {
    expect(await imageWith(remembered(owner))).toHaveProperty('ownerAlias', ownerAlias);
  });
});

describe.each([
  ['denied', refusing('UnauthorizedOperation', 403)],
  ['unknown to the region', refusing('InvalidAction')],
  ['without the instance', { InstanceImageMetadata: [] }],
] as const)('where that is %s', (_, answer) => {
  test('it is as the image is described today', async () => {
    const image = await imageWith({
      'ec2:DescribeInstanceImageMetadata': answer,
      'ec2:DescribeImages': { Images: [{ ...oldImage, Public: true }] },
    });
    expect(image).toMatchObject({ imageId: 'ami-1', state: 'available', deprecatedAt: '2024-11-03T20:00:00.000Z', public: true });
  });

  test('it is gone if nobody knows it', async () => {
    const image = await imageWith({ 'ec2:DescribeInstanceImageMetadata': answer, 'ec2:DescribeImages': { Images: [] } });
    expect(image).toMatchObject({ imageId: 'ami-1', state: 'gone', name: undefined });
  });
});

test('images are asked for by filter, all together, deprecated and disabled ones included', async () => {
  const all = Array.from({ length: 450 }, (_, index) => ({ ...instance, InstanceId: `i-${index}`, ImageId: `ami-${index}` }));
  const { known, sent } = await firstOf({
    'ec2:DescribeInstances': reservations(...all),
    'ec2:DescribeInstanceImageMetadata': refusing('InvalidAction'),
    'ec2:DescribeImages': { Images: [] },
  });
  for (const resource of known) await resource.facet('image');
  const queries = sent.filter(({ operation }) => operation === 'ec2:DescribeImages').map(({ input }) => input);
  expect(queries).toHaveLength(3);
  for (const query of queries) {
    expect(query).toMatchObject({ IncludeDeprecated: true, IncludeDisabled: true, Filters: [{ Name: 'image-id' }] });
    expect(query).not.toHaveProperty('ImageIds');
  }
});

test('an answer that breaks off makes no image gone', async () => {
  const { resource } = await firstOf({
    'ec2:DescribeInstanceImageMetadata': refusing('InvalidAction'),
    'ec2:DescribeImages': pages({ Images: [] }, {}),
  });
  expect(await refusalOf(() => facetOf(resource, 'image'))).toMatchObject({ cause: 'malformed', operation: 'ec2:DescribeImages' });
});

describe('where both are refused', () => {
  test('either permission is named', async () => {
    const denied = refusing('UnauthorizedOperation', 403);
    const { resource } = await firstOf({ 'ec2:DescribeInstanceImageMetadata': denied, 'ec2:DescribeImages': denied });
    expect(await refusalOf(() => facetOf(resource, 'image'))).toMatchObject({
      cause: 'denied',
      permissions: ['ec2:DescribeInstanceImageMetadata', 'ec2:DescribeImages'],
    });
  });

  test('an API that the region does not have is not the reason', async () => {
    const { resource } = await firstOf({
      'ec2:DescribeInstanceImageMetadata': refusing('InvalidAction'),
      'ec2:DescribeImages': refusing('UnauthorizedOperation', 403),
    });
    expect(await refusalOf(() => facetOf(resource, 'image'))).toMatchObject({ cause: 'denied', permissions: ['ec2:DescribeImages'] });
  });
});

describe('a newer image', () => {
  const newerWith = async (...images: readonly object[]) =>
    facetOf((await firstOf({ 'ec2:DescribeImages': { Images: images } })).resource, 'newerImage');

  test('is the newest of the same owner and family', async () => {
    const between = { ...newImage, ImageId: 'ami-3', CreationDate: '2024-09-01T00:00:00.000Z' };
    expect(await newerWith(between, newImage, oldImage)).toMatchObject({ imageId: 'ami-2' });
  });

  test.each([
    ['itself', { ...oldImage, CreationDate: '2025-01-01T00:00:00.000Z' }],
    ['an older one', { ...newImage, CreationDate: '2024-01-01T00:00:00.000Z' }],
    ['one of another kernel', { ...newImage, Name: 'al2023-ami-2023.6.20241010.0-kernel-6.12-x86_64' }],
    ['one of another architecture', { ...newImage, Architecture: 'arm64' }],
    ['one that its owner has deprecated', { ...newImage, DeprecationTime: '2024-12-01T00:00:00.000Z' }],
  ])('is not %s', async (_, image) => {
    expect(await newerWith(image)).toBeUndefined();
  });

  test('is told with the days between the two and the releases since, deprecated ones included', async () => {
    const between = {
      ...newImage,
      ImageId: 'ami-3',
      CreationDate: '2024-09-10T00:00:00.000Z',
      DeprecationTime: '2024-12-09T00:00:00.000Z',
    };
    const before = { ...newImage, ImageId: 'ami-4', CreationDate: '2024-07-01T00:00:00.000Z' };
    expect(await newerWith(before, between, newImage)).toMatchObject({ imageId: 'ami-2', daysBehind: 66, releasesBehind: 2 });
  });

  test('of two made at the same time is always the same', async () => {
    const twin = { ...newImage, ImageId: 'ami-3' };
    expect([await newerWith(newImage, twin), await newerWith(twin, newImage)]).toMatchObject([{ imageId: 'ami-3' }, { imageId: 'ami-3' }]);
  });

  test('is not an older release that was built again later', async () => {
    const rebuilt = { ...newImage, Name: 'al2023-ami-2023.4.20241010.0-kernel-6.1-x86_64' };
    expect(await newerWith(rebuilt)).toBeUndefined();
  });

  test('is looked for once per owner, only among the families in use', async () => {
    const own = { ...oldImage, OwnerId: ACCOUNT, ImageOwnerAlias: undefined, Name: 'golden-1.0.0', DeprecationTime: undefined };
    const others = ['i-2', 'i-3'].map((InstanceId) => ({ InstanceId, ImageMetadata: newImage }));
    const { known, sent } = await firstOf({
      'ec2:DescribeInstances': reservations(instance, { ...instance, InstanceId: 'i-2' }, { ...instance, InstanceId: 'i-3' }),
      'ec2:DescribeInstanceImageMetadata': { InstanceImageMetadata: [{ InstanceId: 'i-1', ImageMetadata: own }, ...others] },
      'ec2:DescribeImages': { Images: [] },
    });
    for (const resource of known) await resource.facet('newerImage');
    expect(sent.filter(({ operation }) => operation === 'ec2:DescribeImages').map(({ input }) => [input.Owners, input.Filters])).toEqual([
      [
        [ACCOUNT],
        [
          { Name: 'name', Values: ['golden-*'] },
          { Name: 'state', Values: ['available'] },
        ],
      ],
      [
        ['137112412989'],
        [
          { Name: 'name', Values: ['al2023-ami-2023.*-kernel-6.1-x86_64'] },
          { Name: 'state', Values: ['available'] },
        ],
      ],
    ]);
  });

  test.each([
    ['name', { Name: undefined }],
    ['owner', { OwnerId: undefined }],
    ['date', { CreationDate: undefined }],
    ['name that is more than a version', { Name: '20240801' }],
  ])('cannot be told of an image without a %s', async (_, lacking) => {
    const { resource } = await firstOf(remembered(lacking));
    expect(await refusalOf(() => facetOf(resource, 'newerImage'))).toMatchObject({ cause: 'no-data', permissions: [] });
  });

  test('that was found is known although the answer breaks off; that none is there is not', async () => {
    const found = await firstOf({ 'ec2:DescribeImages': pages({ Images: [newImage] }, {}) });
    expect(await facetOf(found.resource, 'newerImage')).toMatchObject({ imageId: 'ami-2' });
    const none = await firstOf({ 'ec2:DescribeImages': pages({ Images: [oldImage] }, {}) });
    expect(await refusalOf(() => facetOf(none.resource, 'newerImage'))).toMatchObject({ cause: 'malformed' });
  });
});
