import {
  GetSAMLProviderCommand,
  IAMClient,
  ListOpenIDConnectProvidersCommand,
  ListSAMLProvidersCommand,
  ListServerCertificatesCommand,
} from '@aws-sdk/client-iam';
import { afterAll, describe, expect, it } from 'vitest';
import { account } from '../../../emulator/account.ts';
import { startLocalAws } from '../../../emulator/local-aws.ts';
import { toSigningExpiries } from '../../../inventory/iam/saml-certificates.ts';
import { nameOf } from '../error-of.ts';

const ID = '111122223333';
const aws = await startLocalAws({ regions: ['us-east-1'] });
await aws.seed(
  account(ID, { now: new Date('2026-06-01T12:00:00Z') })
    .serverCertificate('old', { expires: 10 })
    .samlProvider('directory', { validUntil: -30 })
    .samlProvider('old-directory', { expiredCertificate: true })
    .oidcProvider('gitlab.com'),
);
afterAll(() => aws.stop());

const iam = new IAMClient(aws.client(ID));
const saml = (name: string) => `arn:aws:iam::${ID}:saml-provider/${name}`;

describe('what is described', () => {
  it('has certificates that end', async () => {
    const { ServerCertificateMetadataList } = await iam.send(new ListServerCertificatesCommand({}));
    expect(ServerCertificateMetadataList).toMatchObject([{ ServerCertificateName: 'old', Expiration: new Date('2026-05-22T12:00:00Z') }]);
  });

  it('has SAML providers that end, or do not', async () => {
    const { SAMLProviderList } = await iam.send(new ListSAMLProvidersCommand({}));
    expect(SAMLProviderList?.map(({ Arn, ValidUntil }) => [Arn, ValidUntil])).toEqual([
      [saml('directory'), new Date('2026-07-01T12:00:00Z')],
      [saml('old-directory'), undefined],
    ]);
  });

  it('has metadata with the certificates that are trusted', async () => {
    const expiries = async (name: string) => {
      const { SAMLMetadataDocument = '' } = await iam.send(new GetSAMLProviderCommand({ SAMLProviderArn: saml(name) }));
      return [...toSigningExpiries(SAMLMetadataDocument)].map((time) => time.slice(0, 4));
    };
    expect(await expiries('directory')).toEqual(['2120']);
    expect(await expiries('old-directory')).toEqual(['2120', '2021']);
    expect(await nameOf(iam.send(new GetSAMLProviderCommand({ SAMLProviderArn: saml('nobody') })))).toBe('NoSuchEntityException');
  });

  it('has OpenID Connect providers', async () => {
    const { OpenIDConnectProviderList } = await iam.send(new ListOpenIDConnectProvidersCommand({}));
    expect(OpenIDConnectProviderList).toEqual([{ Arn: `arn:aws:iam::${ID}:oidc-provider/gitlab.com` }]);
  });
});
