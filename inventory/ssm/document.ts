import type { DocumentIdentifier } from '@aws-sdk/client-ssm';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import { toIds } from '../ec2/described-only.ts';
import { oncePer } from '../ec2/once-per.ts';
import type { Listed } from '../facet.ts';
import { joined, toListed } from '../partial.ts';
import { defineReader } from '../reader.ts';
import { toTags } from '../tags.ts';
import { describeDocumentPermission, listOwnDocuments } from './calls.ts';
import { documentChanges } from './document-changes.ts';

export interface DocumentFacets {
  /** Accounts that may use the document; `all` is everybody. */
  readonly sharedWith: Iterable<string>;
}

const SOURCE = 'ssm:ListDocuments';

/** Documents that the account owns. AWS's own and those that others share are theirs to judge. */
export const documents = defineReader<'AWS::SSM::Document', OwnDocument>({
  type: 'AWS::SSM::Document',
  scope: 'regional',
  changes: documentChanges,
  list: { calls: [listOwnDocuments], read: async (place) => toDocuments(await listOwnDocuments(place, 'all')) },
  only: { calls: [listOwnDocuments], read: readOnly },
  identify: ({ name, tags }, { accountId, region }, partition) => ({
    arn: `arn:${partition}:ssm:${region}:${accountId}:document/${name}`,
    ...{ id: name, accountId, region, partition, tags },
  }),
  facets: {
    sharedWith: { calls: [describeDocumentPermission], read: ({ name }, place) => describeDocumentPermission(place, { name }) },
  },
});

interface OwnDocument {
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
}

const toDocuments = oncePer(
  (documents: Listed<DocumentIdentifier>): Listed<OwnDocument> =>
    toListed(documents, ({ Name, Tags }) => {
      if (Name === undefined) throw malformed(SOURCE, 'a document has no name');
      return { name: Name, tags: toTags(Tags) };
    }),
);

/** By the beginning of its name, which is the only filter for names that there is. */
async function readOnly(place: Place, ids: readonly string[]): Promise<Listed<OwnDocument>> {
  const listings = [...new Set(toIds(ids))].map(async (name) => toDocuments(await listOwnDocuments(place, { name })));
  return joined(await Promise.all(listings));
}
