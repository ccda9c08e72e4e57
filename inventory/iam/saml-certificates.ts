import { X509Certificate } from 'node:crypto';
import { malformed } from '../broken-answer.ts';
import type { Listed } from '../facet.ts';
import { toListed } from '../partial.ts';

const SOURCE = 'iam:GetSAMLProvider';
const IDENTITY_PROVIDER = element('IDPSSODescriptor');
const KEY = element('KeyDescriptor');
const CERTIFICATE = element('X509Certificate');

/**
 * When the certificates expire whose keys may sign assertions, by the metadata of an identity provider: ISO 8601 UTC. Those for encryption, and that which
 * signs the document itself, let nobody in. One that cannot be read makes the list partial.
 * https://docs.oasis-open.org/security/saml/v2.0/saml-metadata-2.0-os.pdf (2.4.1.1, 2.4.3)
 * @throws Unread for a document that names no certificate
 */
export function toSigningExpiries(metadata: string): Listed<string> {
  const keys = contentsOf(IDENTITY_PROVIDER, metadata.replaceAll(/<!--[\s\S]*?-->/g, '')).flatMap(({ content }) =>
    contentsOf(KEY, content),
  );
  const signing = keys.filter(({ attributes }) => !/\suse\s*=\s*["']encryption["']/.test(attributes));
  const certificates = signing.flatMap(({ content }) => contentsOf(CERTIFICATE, content));
  if (certificates.length === 0) throw malformed(SOURCE, 'the metadata name no signing certificate');
  return toListed(certificates, ({ content }) => toExpiry(content));
}

function element(name: string): RegExp {
  return new RegExp(`<((?:[\\w.-]+:)?${name})(\\s[^>]*)?>([\\s\\S]*?)</\\1\\s*>`, 'g');
}

function contentsOf(pattern: RegExp, text: string): readonly { readonly attributes: string; readonly content: string }[] {
  return [...text.matchAll(pattern)].map(([, , attributes = '', content = '']) => ({ attributes, content }));
}

function toExpiry(base64: string): string {
  try {
    return new X509Certificate(Buffer.from(base64, 'base64')).validToDate.toISOString();
  } catch {
    throw malformed(SOURCE, 'a signing certificate cannot be read');
  }
}
