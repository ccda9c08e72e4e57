import type { KeyListEntry, KeyMetadata } from '@aws-sdk/client-kms';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import type { Listed } from '../facet.ts';
import { attempt, toListed } from '../partial.ts';
import { type PolicyDocument, toPolicyDocument } from '../policy-document.ts';
import { defineReader } from '../reader.ts';
import { describeKey, getKeyPolicy, getKeyRotationStatus, listAliases, listKeys } from './calls.ts';
import { keyChanges } from './key-changes.ts';

export interface KeyFacets {
  readonly key: KeyProperties;
  /** AWS KMS makes new material for it by itself; `undefined` where it says that it does so for no key of this kind. */
  readonly rotation: boolean | undefined;
  readonly policy: PolicyDocument;
}

export interface KeyProperties {
  readonly manager: 'AWS' | 'CUSTOMER';
  /** KMS's own: `Enabled`, `Disabled`, `PendingDeletion`, `PendingReplicaDeletion`, `PendingImport`, `Unavailable`, `Creating`, `Updating`. */
  readonly state: string;
  /** `SYMMETRIC_DEFAULT`, `RSA_2048`, `HMAC_256`. */
  readonly spec: string;
  /** `ENCRYPT_DECRYPT`, `SIGN_VERIFY`, `GENERATE_VERIFY_MAC`, `KEY_AGREEMENT`. */
  readonly usage: string;
  /** Where its material is from: `AWS_KMS`, `EXTERNAL`, `AWS_CLOUDHSM`, `EXTERNAL_KEY_STORE`. */
  readonly origin: string;
  /** Of a multi-Region key; `undefined` of others. A replica rotates as its primary does. */
  readonly multiRegion: 'PRIMARY' | 'REPLICA' | undefined;
  /** ISO 8601 UTC; `undefined` where it is not known yet, or there is none. */
  readonly deletedAt: string | undefined;
}

interface ListedKey {
  readonly id: string;
  readonly arn: string;
}

const SOURCE = 'kms:DescribeKey';

/** The customer's own. Those that AWS manages are left out where their alias tells, and of the others `key` does. */
export const kmsKeys = defineReader<'AWS::KMS::Key', ListedKey>({
  type: 'AWS::KMS::Key',
  scope: 'regional',
  changes: keyChanges,
  list: { calls: [listKeys, listAliases], read: listOwnKeys },
  identify: ({ id, arn }, { accountId, region }, partition) => ({ arn, id, accountId, region, partition, tags: {} }),
  facets: {
    key: { calls: [describeKey], read: async ({ id }, place) => toProperties(await describeKey(place, id)) },
    rotation: { calls: [getKeyRotationStatus], read: ({ id }, place) => getKeyRotationStatus(place, id) },
    policy: {
      calls: [getKeyPolicy],
      read: async ({ id }, place) => toPolicyDocument(await getKeyPolicy(place, id), 'kms:GetKeyPolicy'),
    },
  },
});

/** Nobody but AWS can give an alias that begins so: https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html */
const OF_AWS = 'alias/aws/';

async function listOwnKeys(place: Place): Promise<Listed<ListedKey>> {
  const [keys, aliases] = await Promise.all([listKeys(place), attempt(() => listAliases(place))]);
  const known = aliases.read ? aliases.value.known : [];
  const managed = new Set(known.flatMap(({ AliasName, TargetKeyId }) => (AliasName?.startsWith(OF_AWS) ? TargetKeyId : undefined)));
  return toListed(keys, toListedKey).filter(({ id }) => !managed.has(id));
}

function toListedKey({ KeyId, KeyArn }: KeyListEntry): ListedKey {
  if (!KeyId || !KeyArn) throw malformed('kms:ListKeys', 'a key has no id or no ARN');
  return { id: KeyId, arn: KeyArn };
}

function toProperties(metadata: KeyMetadata): KeyProperties {
  const { KeyManager, KeyState, KeySpec, KeyUsage, Origin, MultiRegionConfiguration, MultiRegion, DeletionDate } = metadata;
  if (!KeyManager || !KeyState || !KeySpec || !KeyUsage || !Origin) throw malformed(SOURCE, 'a key is incomplete');
  const multiRegion = MultiRegionConfiguration?.MultiRegionKeyType;
  if (MultiRegion === true && multiRegion === undefined) throw malformed(SOURCE, 'a multi-Region key does not tell which kind it is');
  return {
    manager: KeyManager,
    state: KeyState,
    spec: KeySpec,
    usage: KeyUsage,
    origin: Origin,
    multiRegion,
    deletedAt: DeletionDate?.toISOString(),
  };
}
