import { expect, test } from 'vitest';
import { CURRENT_CERTIFICATE, EXPIRED_CERTIFICATE } from '../../../emulator/overrides/identity-providers.ts';
import { Unread } from '../../../inventory/facet.ts';
import { toSigningExpiries } from '../../../inventory/iam/saml-certificates.ts';

const EXPIRED = '2021-01-01T00:00:00.000Z';
const CURRENT = '2120-01-01T00:00:00.000Z';

function key(certificate: string, attributes = 'use="signing"', prefix = 'md:'): string {
  const data = `<ds:X509Data><ds:X509Certificate>\n  ${certificate}\n</ds:X509Certificate></ds:X509Data>`;
  return `<${prefix}KeyDescriptor ${attributes}><ds:KeyInfo>${data}</ds:KeyInfo></${prefix}KeyDescriptor>`;
}

function metadata(keys: string, prefix = 'md:'): string {
  return `<?xml version="1.0"?><${prefix}EntityDescriptor xmlns:md="urn:x" entityID="https://idp"><${prefix}IDPSSODescriptor protocolSupportEnumeration="urn:y">${keys}</${prefix}IDPSSODescriptor></${prefix}EntityDescriptor>`;
}

test.each([
  ['one key', metadata(key(CURRENT_CERTIFICATE)), [CURRENT]],
  ['two keys', metadata(key(CURRENT_CERTIFICATE) + key(EXPIRED_CERTIFICATE)), [CURRENT, EXPIRED]],
  ['a key for signing and encryption', metadata(key(EXPIRED_CERTIFICATE, '')), [EXPIRED]],
  ['no prefixes, single quotes', metadata(key(EXPIRED_CERTIFICATE, "use='signing'", ''), ''), [EXPIRED]],
  ['a key for encryption beside it', metadata(key(CURRENT_CERTIFICATE) + key(EXPIRED_CERTIFICATE, 'use="encryption"')), [CURRENT]],
  ['a key in a comment', metadata(`${key(CURRENT_CERTIFICATE)}<!-- ${key(EXPIRED_CERTIFICATE)} -->`), [CURRENT]],
  [
    'a service provider in the same document, and a signature over it',
    `<md:E><ds:Signature><ds:X509Certificate>${EXPIRED_CERTIFICATE}</ds:X509Certificate></ds:Signature>${metadata(key(CURRENT_CERTIFICATE))}<md:SPSSODescriptor>${key(EXPIRED_CERTIFICATE)}</md:SPSSODescriptor></md:E>`,
    [CURRENT],
  ],
])('the signing certificates of metadata with %s', (_, document, expiries) => {
  expect([...toSigningExpiries(document)]).toEqual(expiries);
});

test('a certificate that cannot be read leaves the others', () => {
  const expiries = toSigningExpiries(metadata(key('bm90aGluZw==') + key(EXPIRED_CERTIFICATE)));
  expect(expiries).toMatchObject({ known: [EXPIRED], unread: { cause: 'malformed', operation: 'iam:GetSAMLProvider' } });
});

test.each([
  '',
  '{}',
  metadata(''),
  metadata(key(CURRENT_CERTIFICATE, 'use="encryption"')),
])('%j names no signing certificate', (document) => {
  expect(() => toSigningExpiries(document)).toThrow(Unread);
});
