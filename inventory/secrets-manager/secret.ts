import type { SecretListEntry } from '@aws-sdk/client-secrets-manager';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import type { Listed } from '../facet.ts';
import { joined, toListed } from '../partial.ts';
import { type PolicyDocument, toPolicyDocument } from '../policy-document.ts';
import { defineReader } from '../reader.ts';
import { toTags } from '../tags.ts';
import { getSecretPolicy, listSecrets } from './calls.ts';
import { secretChanges } from './secret-changes.ts';
import { nameIn } from './secret-name.ts';

export interface SecretFacets {
  readonly secret: SecretProperties;
  /** `undefined` when it has none. */
  readonly policy: PolicyDocument | undefined;
}

/** Never what is secret about it. Times are ISO 8601 UTC. */
export interface SecretProperties {
  readonly createdAt: string | undefined;
  /** When its value, or anything else of it, was last changed. */
  readonly changedAt: string | undefined;
  /** The day on which its value was last read, by its midnight; `undefined` if never, as far as is known. */
  readonly accessedAt: string | undefined;
  readonly rotation: SecretRotation;
  /** The service that made it and cares for it: `rds`, `events`. */
  readonly owningService: string | undefined;
  /** The secret that it is a copy of is in another region, and rotates there. */
  readonly replica: boolean;
}

export interface SecretRotation {
  readonly enabled: boolean;
  readonly rotatedAt: string | undefined;
  readonly nextAt: string | undefined;
  /** Days between rotations; `undefined` where a schedule says otherwise. */
  readonly everyDays: number | undefined;
  /** `rate(10 days)`, `cron(0 8 1 * ? *)` */
  readonly schedule: string | undefined;
}

interface ListedSecret {
  readonly id: string;
  readonly arn: string;
  readonly detail: SecretListEntry;
}

const SOURCE = 'secretsmanager:ListSecrets';

export const secrets = defineReader<'AWS::SecretsManager::Secret', ListedSecret>({
  type: 'AWS::SecretsManager::Secret',
  scope: 'regional',
  changes: secretChanges,
  list: { calls: [listSecrets], read: async (place) => toListed(await listSecrets(place, 'all'), toListedSecret) },
  only: { calls: [listSecrets], read: listNamedSecrets },
  identify: ({ id, arn, detail }, { accountId, region }, partition) => ({
    ...{ arn, id, accountId, region, partition },
    tags: toTags(detail.Tags),
  }),
  facets: {
    secret: { calls: [], read: ({ detail }, { scope: { region } }) => toProperties(detail, region) },
    policy: {
      calls: [getSecretPolicy],
      async read({ arn }, place) {
        const text = await getSecretPolicy(place, arn);
        return text === undefined ? undefined : toPolicyDocument(text, 'secretsmanager:GetResourcePolicy');
      },
    },
  },
});

async function listNamedSecrets(place: Place, ids: readonly string[]): Promise<Listed<ListedSecret>> {
  const names = [...new Set(ids.map(nameIn))].filter((name) => name !== '');
  const listings = names.map(async (prefix) => {
    const beginning = toListed(await listSecrets(place, { prefix }), toListedSecret);
    return beginning.filter(({ id }) => id === prefix);
  });
  return joined(await Promise.all(listings));
}

function toListedSecret(detail: SecretListEntry): ListedSecret {
  if (!detail.Name || !detail.ARN) throw malformed(SOURCE, 'a secret has no name or no ARN');
  return { id: detail.Name, arn: detail.ARN, detail };
}

function toProperties(detail: SecretListEntry, region: string): SecretProperties {
  const { RotationRules, PrimaryRegion, OwningService } = detail;
  return {
    createdAt: detail.CreatedDate?.toISOString(),
    changedAt: detail.LastChangedDate?.toISOString(),
    accessedAt: detail.LastAccessedDate?.toISOString(),
    owningService: OwningService || undefined,
    replica: PrimaryRegion !== undefined && PrimaryRegion !== '' && PrimaryRegion !== region,
    rotation: {
      // Left out until rotation was ever set up (ListSecrets, SecretListEntry).
      enabled: detail.RotationEnabled ?? false,
      rotatedAt: detail.LastRotatedDate?.toISOString(),
      nextAt: detail.NextRotationDate?.toISOString(),
      everyDays: RotationRules?.AutomaticallyAfterDays,
      schedule: RotationRules?.ScheduleExpression,
    },
  };
}
