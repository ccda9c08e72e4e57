import { malformed } from '../broken-answer.ts';
import type { ChangeEvents, IdPath } from '../events/changes.ts';
import type { CloudTrailEvent } from '../events/event.ts';
import { isElsewhere } from '../events/is-elsewhere.ts';
import type { KeyFacets } from './key.ts';

const KMS = 'kms.amazonaws.com';

/** The key stands among the resources of the event as its ARN; the request may name it by an alias. Keys of other accounts and replicas elsewhere are none of ours. */
const TOLD: readonly IdPath[] = [
  { at: 'resources.arn', as: keyIn },
  { at: 'request.keyId', as: (found, event) => (found.startsWith('arn:') ? keyIn(found, event) : unlessAlias(found, event)) },
];

const MADE: readonly IdPath[] = ['response.keyMetadata.keyId'];

/** @throws Unread for what is no ARN of a key, or of an alias beside one */
function keyIn(arn: string, event: CloudTrailEvent): string | undefined {
  const [, , , region, owner = '', name = ''] = arn.split(':');
  if (name.startsWith('alias/')) return unlessAlias(name, event);
  if (!/^\d{12}$/.test(owner) || !name.startsWith('key/')) throw malformed(`cloudtrail:${event.name}`, 'the key is told by half an ARN');
  return isElsewhere(event, { accountId: owner, region }) ? undefined : name.slice('key/'.length);
}

/** @throws Unread where only an alias is told */
function unlessAlias(found: string, { name, resources }: CloudTrailEvent): string | undefined {
  if (!found.startsWith('alias/')) return found;
  if (resources.length === 0) throw malformed(`cloudtrail:${name}`, 'the key is told by an alias only');
  return undefined;
}

/** https://docs.aws.amazon.com/kms/latest/developerguide/logging-using-cloudtrail.html */
export const keyChanges: readonly ChangeEvents<keyof KeyFacets>[] = [
  { source: KMS, names: ['CreateKey'], ids: MADE },
  // The replica is in another region, whose own event tells of it (SynchronizeMultiRegionKey).
  { source: KMS, names: ['SynchronizeMultiRegionKey'], ids: TOLD, byService: true },
  { source: KMS, names: ['PutKeyPolicy'], ids: TOLD, facets: ['policy'] },
  { source: KMS, names: ['EnableKeyRotation', 'DisableKeyRotation'], ids: TOLD, facets: ['rotation'] },
  {
    source: KMS,
    names: [
      'CancelKeyDeletion',
      'DeleteImportedKeyMaterial',
      'DisableKey',
      'EnableKey',
      'ImportKeyMaterial',
      'ScheduleKeyDeletion',
      'UpdatePrimaryRegion',
    ],
    ids: TOLD,
    facets: ['key'],
  },
  { source: KMS, names: ['DeleteKey'], ids: TOLD, deletes: true, byService: true },
  {
    source: KMS,
    names: [
      'CreateAlias',
      'DeleteAlias',
      'UpdateAlias',
      'CreateGrant',
      'RetireGrant',
      'RevokeGrant',
      'ReplicateKey',
      'RotateKeyOnDemand',
      'TagResource',
      'UntagResource',
      'UpdateKeyDescription',
    ],
    ids: TOLD,
    facets: [],
  },
  { source: KMS, names: ['RotateKey'], ids: TOLD, facets: [], byService: true },
];
