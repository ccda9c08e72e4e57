import type { SAMLProviderListEntry, ServerCertificateMetadata } from '@aws-sdk/client-iam';
import { required } from '../broken-answer.ts';
import { defineCall, definePagedCall } from '../call.ts';

/** TLS certificates that were uploaded to IAM; those of ACM are not among them. */
export const listServerCertificates = definePagedCall<ServerCertificateMetadata>({
  service: 'iam',
  operation: 'ListServerCertificates',
  permissions: ['iam:ListServerCertificates'],
  async *pages(session, region) {
    const { sdk, client } = await session.aws.iam(region);
    for await (const page of sdk.paginateListServerCertificates({ client, pageSize: 1_000 }, {})) {
      yield required(page.ServerCertificateMetadataList, 'ServerCertificateMetadataList');
    }
  },
});

/** All of the account's, in one answer: IAM does not page them. */
export const listSamlProviders = defineCall<readonly SAMLProviderListEntry[]>({
  service: 'iam',
  operation: 'ListSAMLProviders',
  permissions: ['iam:ListSAMLProviders'],
  async send(session, region) {
    const { sdk, client } = await session.aws.iam(region);
    const answer = await client.send(new sdk.ListSAMLProvidersCommand({}));
    return required(answer.SAMLProviderList, 'SAMLProviderList');
  },
});

/** The metadata document that the identity provider is known by. */
export const getSamlMetadata = defineCall<string, { readonly arn: string }>({
  service: 'iam',
  operation: 'GetSAMLProvider',
  permissions: ['iam:GetSAMLProvider'],
  async send(session, region, { arn }) {
    const { sdk, client } = await session.aws.iam(region);
    const answer = await client.send(new sdk.GetSAMLProviderCommand({ SAMLProviderArn: arn }));
    return required(answer.SAMLMetadataDocument, 'SAMLMetadataDocument');
  },
});

/** ARNs of the account's OpenID Connect providers, in one answer: IAM does not page them. */
export const listOidcProviders = defineCall<readonly (string | undefined)[]>({
  service: 'iam',
  operation: 'ListOpenIDConnectProviders',
  permissions: ['iam:ListOpenIDConnectProviders'],
  async send(session, region) {
    const { sdk, client } = await session.aws.iam(region);
    const answer = await client.send(new sdk.ListOpenIDConnectProvidersCommand({}));
    return required(answer.OpenIDConnectProviderList, 'OpenIDConnectProviderList').map(({ Arn }) => Arn);
  },
});
