import { expect, test } from 'vitest';
import { kmsKeys } from '../../../inventory/kms/key.ts';
import { describeReader, facetOf, type ReaderContract, refusalOf, scopeOf, subjectOf } from '../describe-reader.ts';
import { ACCOUNT, type Answers, fakeSession, pages, refused } from '../fake-session.ts';

const entry = (id: string) => ({ KeyId: id, KeyArn: `arn:aws:kms:eu-central-1:${ACCOUNT}:key/${id}` });

const metadata = {
  ...{ KeyId: 'key-1', KeyManager: 'CUSTOMER', KeyState: 'PendingDeletion', KeySpec: 'SYMMETRIC_DEFAULT', KeyUsage: 'ENCRYPT_DECRYPT' },
  ...{ Origin: 'AWS_KMS', MultiRegion: false, DeletionDate: new Date('2026-12-01T10:00:00Z') },
};

const policy = {
  Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: 'kms:*', Resource: '*' }],
};

const answers: Answers = {
  'kms:ListKeys': pages({ Keys: [entry('key-1')] }, { Keys: [entry('of-aws'), entry('key-2')] }),
  'kms:ListAliases': pages(
    { Aliases: [{ AliasName: 'alias/shop', TargetKeyId: 'key-1' }, { AliasName: 'alias/aws/lightsail' }] },
    { Aliases: [{ AliasName: 'alias/aws/ebs', TargetKeyId: 'of-aws' }] },
  ),
  'kms:DescribeKey': { KeyMetadata: metadata },
  'kms:GetKeyRotationStatus': { KeyRotationEnabled: true },
  'kms:GetKeyPolicy': { Policy: JSON.stringify(policy) },
};

const refusing =
  (name: string, status = 400) =>
  () => {
    throw refused(name, status);
  };

const contract: ReaderContract = {
  reader: kmsKeys,
  ids: ['key-1', 'key-2'],
  answers,
  facets: {
    key: {
      manager: 'CUSTOMER',
      state: 'PendingDeletion',
      spec: 'SYMMETRIC_DEFAULT',
      usage: 'ENCRYPT_DECRYPT',
      origin: 'AWS_KMS',
      multiRegion: undefined,
      deletedAt: '2026-12-01T10:00:00.000Z',
    },
    rotation: true,
    policy: {
      statements: [
        {
          effect: 'Allow',
          principals: { aws: [`arn:aws:iam::${ACCOUNT}:root`], service: [], federated: [], canonicalUser: [] },
          actions: ['kms:*'],
          resources: ['*'],
          conditions: [],
        },
      ],
    },
  },
  absences: {
    'rotation of a kind that has none': {
      answers: { 'kms:GetKeyRotationStatus': refusing('UnsupportedOperationException') },
      facet: 'rotation',
      value: undefined,
    },
  },
};

describeReader(contract);

test('where aliases are refused, every key is listed, and DescribeKey tells whose it is', async () => {
  const { session } = fakeSession({ ...answers, 'kms:ListAliases': refusing('AccessDeniedException') });
  const { known, unread } = await kmsKeys.list(session, scopeOf(kmsKeys));
  expect(known.map(({ identity }) => identity.id)).toEqual(['key-1', 'of-aws', 'key-2']);
  expect(unread).toBeUndefined();
});

test('an alias of a customer that points to a key leaves it in the listing, whatever it is called', async () => {
  const aliases = { Aliases: [{ AliasName: 'alias/awsome', TargetKeyId: 'key-2' }] };
  const { session } = fakeSession({ ...answers, 'kms:ListAliases': aliases });
  expect((await kmsKeys.list(session, scopeOf(kmsKeys))).known).toHaveLength(3);
});

test.each(['KeyManager', 'KeyState', 'KeySpec', 'KeyUsage', 'Origin'])('a key without %s is not judged', async (member) => {
  const { [member]: _, ...rest }: Record<string, unknown> = metadata;
  const { resource } = await subjectOf(contract, { ...answers, 'kms:DescribeKey': { KeyMetadata: rest } });
  expect(await refusalOf(() => facetOf(resource, 'key'))).toMatchObject({ cause: 'malformed' });
});

test('a replica says so, and a multi-Region key that does not say what it is, is not judged', async () => {
  const described = async (more: object) => {
    const { resource } = await subjectOf(contract, { ...answers, 'kms:DescribeKey': { KeyMetadata: { ...metadata, ...more } } });
    return facetOf(resource, 'key');
  };
  const replica = { MultiRegion: true, MultiRegionConfiguration: { MultiRegionKeyType: 'REPLICA' } };
  expect(await described(replica)).toMatchObject({ multiRegion: 'REPLICA' });
  expect(await refusalOf(() => described({ MultiRegion: true }))).toMatchObject({ cause: 'malformed' });
});

test('a key that is deleted meanwhile is unread, and no fault of permissions', async () => {
  const { resource } = await subjectOf(contract, { ...answers, 'kms:GetKeyPolicy': refusing('NotFoundException') });
  expect(await refusalOf(() => facetOf(resource, 'policy'))).toMatchObject({ cause: 'no-data', permissions: [] });
});
