import { expect, test } from 'vitest';
import { documents } from '../../../inventory/ssm/document.ts';
import { describeReader, facetOf, type ReaderContract, refusalOf, scopeOf, subjectOf } from '../describe-reader.ts';
import { ACCOUNT, fakeSession, pages } from '../fake-session.ts';

const contract: ReaderContract = {
  reader: documents,
  ids: ['deploy', 'restart'],
  answers: {
    'ssm:ListDocuments': pages({ DocumentIdentifiers: [{ Name: 'deploy' }] }, { DocumentIdentifiers: [{ Name: 'restart' }] }),
    'ssm:DescribeDocumentPermission': pages({ AccountIds: ['444455556666'] }, { AccountIds: ['all'] }),
  },
  facets: { sharedWith: ['444455556666', 'all'] },
};

describeReader(contract);

test('only the account’s own are listed', async () => {
  const { session, sent } = fakeSession(contract.answers);
  const { known } = await documents.list(session, scopeOf(documents));
  expect(sent[0]?.input).toMatchObject({ Filters: [{ Key: 'Owner', Values: ['Self'] }], MaxResults: 50 });
  expect(known[0]?.identity.arn).toBe(`arn:aws:ssm:eu-central-1:${ACCOUNT}:document/deploy`);
});

test('where the accounts break off, those that are known stay known', async () => {
  const { resource } = await subjectOf(contract, {
    ...contract.answers,
    'ssm:DescribeDocumentPermission': pages({ AccountIds: ['444455556666'] }, {}),
  });
  expect(await resource.facet('sharedWith')).toMatchObject({ read: true, value: { known: ['444455556666'] } });
  expect(await refusalOf(() => facetOf(resource, 'sharedWith'))).toMatchObject({ cause: 'malformed' });
});
