import { expect, test } from 'vitest';
import { serverCertificates } from '../../../inventory/iam/server-certificate.ts';
import { describeReader, facetOf, type ReaderContract, refusalOf, subjectOf } from '../describe-reader.ts';
import { pages } from '../fake-session.ts';
import { arn } from './account-of-two-pages.ts';

const old = {
  ServerCertificateName: 'shop-2024',
  Arn: arn('server-certificate/shop-2024'),
  Path: '/',
  Expiration: new Date('2025-01-02T03:04:05Z'),
};
const current = { ...old, ServerCertificateName: 'shop', Arn: arn('server-certificate/cloudfront/shop'), Path: '/cloudfront/' };

const contract: ReaderContract = {
  reader: serverCertificates,
  answers: {
    'iam:ListServerCertificates': pages({ ServerCertificateMetadataList: [old] }, { ServerCertificateMetadataList: [current] }),
  },
  ids: ['shop-2024', 'shop'],
  facets: { expiresAt: '2025-01-02T03:04:05.000Z' },
};

describeReader(contract);

test('a certificate without an end is unread, not valid for ever', async () => {
  const listing = pages({ ServerCertificateMetadataList: [{ ...old, Expiration: undefined }] });
  const { resource } = await subjectOf(contract, { 'iam:ListServerCertificates': listing });
  expect(await refusalOf(() => facetOf(resource, 'expiresAt'))).toMatchObject({ cause: 'malformed' });
});
