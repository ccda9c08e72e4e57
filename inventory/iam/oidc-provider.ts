import { malformed } from '../broken-answer.ts';
import { toListed } from '../partial.ts';
import { defineReader } from '../reader.ts';
import { GLOBAL } from '../resource.ts';
import { IAM } from './iam-events.ts';
import { listOidcProviders } from './provider-calls.ts';
import { readTrustingRoles, trustingRolesCalls } from './trusting-roles.ts';

export interface OidcProviderFacets {
  /** Names of the roles that those whom the provider vouches for may assume. The next audit sees what became of them: it is no news that cannot wait. */
  readonly trustingRoles: Iterable<string>;
}

const named = ['request.openIDConnectProviderArn'] as const;

/** An OpenID Connect issuer whose tokens roles may be assumed with; known by its ARN, and by its URL without `https://`. */
export const oidcProviders = defineReader<'AWS::IAM::OIDCProvider', string>({
  type: 'AWS::IAM::OIDCProvider',
  scope: 'global',
  changes: [
    { source: IAM, names: ['CreateOpenIDConnectProvider'], ids: ['response.openIDConnectProviderArn'] },
    { source: IAM, names: ['DeleteOpenIDConnectProvider'], ids: named, deletes: true },
    {
      source: IAM,
      names: [
        'AddClientIDToOpenIDConnectProvider',
        'RemoveClientIDFromOpenIDConnectProvider',
        'UpdateOpenIDConnectProviderThumbprint',
        'TagOpenIDConnectProvider',
        'UntagOpenIDConnectProvider',
      ],
      ids: named,
      facets: [],
    },
  ],
  list: { calls: [listOidcProviders], read: async (place) => toListed(await listOidcProviders(place), toArn) },
  identify: (arn, { accountId }, partition) => ({ arn, id: toUrl(arn), accountId, region: GLOBAL, partition, tags: {} }),
  facets: { trustingRoles: { calls: trustingRolesCalls, read: readTrustingRoles } },
});

function toArn(arn: string | undefined): string {
  if (arn?.includes(':oidc-provider/') !== true) throw malformed('iam:ListOpenIDConnectProviders', 'a provider has no ARN');
  return arn;
}

function toUrl(arn: string): string {
  return arn.slice(arn.indexOf('/') + 1);
}
