import type { SAMLProviderListEntry } from '@aws-sdk/client-iam';
import { malformed } from '../broken-answer.ts';
import { toListed } from '../partial.ts';
import { defineReader } from '../reader.ts';
import { GLOBAL } from '../resource.ts';
import { IAM } from './iam-events.ts';
import { getSamlMetadata, listSamlProviders } from './provider-calls.ts';
import { toSigningExpiries } from './saml-certificates.ts';
import { readTrustingRoles, trustingRolesCalls } from './trusting-roles.ts';

/** Times are ISO 8601 UTC. */
export interface SamlProviderFacets {
  /** Until when IAM takes its metadata for good; `undefined` when IAM names no date. */
  readonly validUntil: string | undefined;
  /** When the certificates expire with whose keys it may sign whom it lets in. IAM itself does not look at these dates. */
  readonly signingExpiries: Iterable<string>;
  /** Names of the roles that those whom the provider vouches for may assume, as of the last audit. */
  readonly trustingRoles: Iterable<string>;
}

interface ListedProvider {
  readonly arn: string;
  readonly name: string;
  readonly detail: SAMLProviderListEntry;
}

const named = ['request.sAMLProviderArn'] as const;

/** A SAML identity provider whose assertions roles may be assumed with. */
export const samlProviders = defineReader<'AWS::IAM::SAMLProvider', ListedProvider>({
  type: 'AWS::IAM::SAMLProvider',
  scope: 'global',
  changes: [
    { source: IAM, names: ['CreateSAMLProvider'], ids: ['response.sAMLProviderArn'] },
    { source: IAM, names: ['UpdateSAMLProvider'], ids: named, facets: ['validUntil', 'signingExpiries'] },
    { source: IAM, names: ['DeleteSAMLProvider'], ids: named, deletes: true },
    { source: IAM, names: ['TagSAMLProvider', 'UntagSAMLProvider'], ids: named, facets: [] },
  ],
  list: { calls: [listSamlProviders], read: async (place) => toListed(await listSamlProviders(place), toProvider) },
  identify: ({ arn, name }, { accountId }, partition) => ({ arn, id: name, accountId, region: GLOBAL, partition, tags: {} }),
  facets: {
    validUntil: { calls: [], read: ({ detail }) => detail.ValidUntil?.toISOString() },
    signingExpiries: { calls: [getSamlMetadata], read: async ({ arn }, place) => toSigningExpiries(await getSamlMetadata(place, { arn })) },
    trustingRoles: { calls: trustingRolesCalls, read: ({ arn }, place) => readTrustingRoles(arn, place) },
  },
});

function toProvider(detail: SAMLProviderListEntry): ListedProvider {
  const { Arn: arn } = detail;
  if (arn?.includes(':saml-provider/') !== true) throw malformed('iam:ListSAMLProviders', 'a provider has no ARN');
  return { arn, name: arn.slice(arn.indexOf('/') + 1), detail };
}
