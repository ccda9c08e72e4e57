import type { ChangeEvents, IdPath } from '../events/changes.ts';
import type { SecretFacets } from './secret.ts';
import { nameIn } from './secret-name.ts';

const SECRETS_MANAGER = 'secretsmanager.amazonaws.com';

/** A call names the secret by its name or its ARN, perhaps without the characters at the end; the answer has the whole ARN. */
const TOLD: readonly IdPath[] = [
  { at: 'request.secretId', as: nameIn },
  { at: 'response.aRN', as: nameIn },
  { at: 'response.arn', as: nameIn },
];

const BY_ITSELF: readonly IdPath[] = [
  { at: 'additional.secretId', as: nameIn },
  { at: 'serviceDetails.secretId', as: nameIn },
];

/** https://docs.aws.amazon.com/secretsmanager/latest/userguide/cloudtrail_log_entries.html */
export const secretChanges: readonly ChangeEvents<keyof SecretFacets>[] = [
  { source: SECRETS_MANAGER, names: ['CreateSecret'], ids: [{ at: 'request.name', as: nameIn }, ...TOLD] },
  // It may come back until its time is up.
  { source: SECRETS_MANAGER, names: ['DeleteSecret'], ids: TOLD, deletes: true },
  { source: SECRETS_MANAGER, names: ['RestoreSecret'], ids: TOLD },
  { source: SECRETS_MANAGER, names: ['PutResourcePolicy', 'DeleteResourcePolicy'], ids: TOLD, facets: ['policy'] },
  {
    source: SECRETS_MANAGER,
    names: ['CancelRotateSecret', 'PutSecretValue', 'RotateSecret', 'StopReplicationToReplica', 'UpdateSecret', 'UpdateSecretVersionStage'],
    ids: TOLD,
    facets: ['secret'],
  },
  { source: SECRETS_MANAGER, names: ['RotationSucceeded'], ids: BY_ITSELF, facets: ['secret'], byService: true },
  {
    source: SECRETS_MANAGER,
    names: [
      'RotationAbandoned',
      'RotationFailed',
      'RotationStarted',
      'CancelSecretVersionDelete',
      'EndSecretVersionDelete',
      'StartSecretVersionDelete',
    ],
    ids: BY_ITSELF,
    facets: [],
    byService: true,
  },
  // The copies are in other regions, which do not tell of them.
  {
    source: SECRETS_MANAGER,
    names: ['RemoveRegionsFromReplication', 'ReplicateSecretToRegions', 'TagResource', 'UntagResource'],
    ids: TOLD,
    facets: [],
  },
];
