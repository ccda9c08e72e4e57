import { type Exchange, type Overrides, reject, reply } from '../exchange.ts';

/** Moto makes up when certificates and metadata end: the described ones are answered. */
export const identityProviderOverrides: Overrides = {
  'iam:ListServerCertificates': (exchange) => {
    const { description } = exchange.state;
    return reply(exchange, {
      IsTruncated: false,
      ServerCertificateMetadataList: [...description.serverCertificates].map(([name, { expires }], index) => ({
        Path: '/',
        ServerCertificateName: name,
        ServerCertificateId: `ASCAEXAMPLE${index}`,
        Arn: `arn:aws:iam::${description.id}:server-certificate/${name}`,
        UploadDate: exchange.state.date(365),
        Expiration: exchange.state.date(expires),
      })),
    });
  },
  'iam:ListSAMLProviders': (exchange) => {
    const { description } = exchange.state;
    return reply(exchange, {
      SAMLProviderList: [...description.samlProviders].map(([name, { validUntil }]) => ({
        Arn: samlArn(exchange, name),
        CreateDate: exchange.state.date(365),
        ...(validUntil === undefined ? {} : { ValidUntil: exchange.state.date(validUntil) }),
      })),
    });
  },
  'iam:GetSAMLProvider': (exchange) => {
    const asked = exchange.request.form.get('SAMLProviderArn') ?? '';
    const found = [...exchange.state.description.samlProviders].find(([name]) => samlArn(exchange, name) === asked);
    if (!found) return reject(exchange, { status: 404, code: 'NoSuchEntity', message: `${asked} does not exist` });
    const [, { expiredCertificate = false }] = found;
    const certificates = [CURRENT_CERTIFICATE, ...(expiredCertificate ? [EXPIRED_CERTIFICATE] : [])];
    return reply(exchange, { SAMLMetadataDocument: toMetadata(certificates), CreateDate: exchange.state.date(365) });
  },
  'iam:ListOpenIDConnectProviders': (exchange) => {
    const { id, oidcProviders } = exchange.state.description;
    return reply(exchange, {
      OpenIDConnectProviderList: [...oidcProviders].map((url) => ({ Arn: `arn:aws:iam::${id}:oidc-provider/${url}` })),
    });
  },
};

function samlArn({ state }: Exchange, name: string): string {
  return `arn:aws:iam::${state.description.id}:saml-provider/${name}`;
}

function toMetadata(certificates: readonly string[]): string {
  const keys = certificates.map(
    (certificate) =>
      `<md:KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`,
  );
  return `<md:EntityDescriptor entityID="https://idp.example.com"><md:IDPSSODescriptor>${keys.join('')}</md:IDPSSODescriptor></md:EntityDescriptor>`;
}

/** Of idp.example.com, which signed them itself: from 2018 to 2021, and from 2020 to 2120. */
export const EXPIRED_CERTIFICATE =
  'MIIBGzCBwgIBATAKBggqhkjOPQQDAjAaMRgwFgYDVQQDDA9pZHAuZXhhbXBsZS5jb20wHhcNMTgwMTAxMDAwMDAwWhcNMjEwMTAxMDAwMDAwWjAaMRgwFgYDVQQDDA9pZHAuZXhhbXBsZS5jb20wWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQYnnmfkDJpJRxb6OmAm5p6SAzaoDFwURTXfjfsTt3ME6f1XolmF8vkQKzUhYPZir+pTgqxgoBZ1wKjUI4AAHlwMAoGCCqGSM49BAMCA0gAMEUCIAdTAAwYuM4grsSwH0SP70TXm8u3YjXI6rKGkq+KSIplAiEAl4lMhCJH9S9qd0whzF6Mdh2Za3zY9cNSMo+kjc9QxEs=';
export const CURRENT_CERTIFICATE =
  'MIIBHjCBxAIBATAKBggqhkjOPQQDAjAaMRgwFgYDVQQDDA9pZHAuZXhhbXBsZS5jb20wIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMBoxGDAWBgNVBAMMD2lkcC5leGFtcGxlLmNvbTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABBieeZ+QMmklHFvo6YCbmnpIDNqgMXBRFNd+N+xO3cwTp/VeiWYXy+RArNSFg9mKv6lOCrGCgFnXAqNQjgAAeXAwCgYIKoZIzj0EAwIDSQAwRgIhAO/61pJROb26+TTj6qMyOYHaS8eSD7h4taaLgnG45BEQAiEA9copGDIHFRfANmfZGJcAqmBtF3hZTlBRqBO78fpHSFY=';
