import { defineCheck, denied, fail, partial } from '../check.ts';
import { judgeExpiry } from '../predicates/expiry.ts';
import { firstFailure, firstOf } from '../predicates/logic.ts';
import { dateOf } from '../predicates/time.ts';
import { knownOf } from '../predicates/unread.ts';

const LATER = '2034-01-01T00:00:00.000Z';

/** IAM takes what a certificate signs after its end too: only its owner can say whether somebody still guards that key. */
export default defineCheck({
  id: 'iam-saml-provider-valid',
  title: 'SAML providers should not trust expired metadata or signing certificates',
  severity: 'MEDIUM',
  controls: [],
  equivalents: {},
  risk: 'IAM does not look at the dates of signing certificates: a key that its owner has long put away still lets people in, and once the metadata end, nobody.',
  remediation: {
    text: 'Fetch the current metadata of the identity provider, see that only the certificates in use are in it, and upload it.',
    cli: 'aws iam update-saml-provider --saml-provider-arn <arn> --saml-metadata-document file://metadata.xml',
    cloudFormation: 'AWS::IAM::SAMLProvider.SamlMetadataDocument',
  },
  resourceType: 'AWS::IAM::SAMLProvider',
  needs: ['validUntil', 'signingExpiries'],
  params: { days: 30 },
  evaluate: (provider, given) =>
    firstFailure(
      () => {
        const ended = firstOf(provider.signingExpiries, (time) => Date.parse(time) <= given.now.getTime() && time);
        return ended !== undefined && fail(`a signing certificate expired on ${dateOf(ended)}`, { expiresAt: ended });
      },
      () => {
        const failure = provider.validUntil !== undefined && judgeExpiry('the metadata', provider.validUntil, given);
        return failure && knownOf(() => provider.signingExpiries).unread ? { ...failure, severityUnsure: true } : failure;
      },
    ),
  examples: {
    pass: {
      'certificate and metadata for years': { validUntil: LATER, signingExpiries: [LATER] },
      'IAM names no end': { validUntil: undefined, signingExpiries: [LATER] },
      'certificate about to end, which changes nothing': { validUntil: LATER, signingExpiries: ['2026-11-05T00:00:00.000Z'] },
    },
    fail: {
      'old certificate beside the current one': { validUntil: LATER, signingExpiries: [LATER, '2025-02-01T00:00:00.000Z'] },
      'metadata ended, certificates not read': { validUntil: '2026-10-01T00:00:00.000Z', signingExpiries: denied('iam:GetSAMLProvider') },
      'metadata about to end': { validUntil: '2026-11-20T00:00:00.000Z', signingExpiries: [LATER] },
      'one expired, another not readable': {
        validUntil: LATER,
        signingExpiries: partial(['2025-02-01T00:00:00.000Z'], 'iam:GetSAMLProvider'),
      },
    },
    unknown: {
      'certificates not read': { validUntil: LATER, signingExpiries: denied('iam:GetSAMLProvider') },
      'a certificate that cannot be read': { validUntil: LATER, signingExpiries: partial([LATER], 'iam:GetSAMLProvider') },
    },
  },
});
