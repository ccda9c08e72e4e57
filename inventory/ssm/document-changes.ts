import type { ChangeEvents } from '../events/changes.ts';
import type { DocumentFacets } from './document.ts';

const SSM = 'ssm.amazonaws.com';

/** Events may name a document by its ARN. */
const named = [{ at: 'request.name', as: (found: string) => found.replace(/^arn:.*:document\//, '') }] as const;

export const documentChanges: readonly ChangeEvents<keyof DocumentFacets>[] = [
  { source: SSM, names: ['CreateDocument', 'ModifyDocumentPermission'], ids: named },
  { source: SSM, names: ['DeleteDocument'], ids: named, deletes: true },
  { source: SSM, names: ['UpdateDocument', 'UpdateDocumentDefaultVersion', 'UpdateDocumentMetadata'], ids: named, facets: [] },
];
