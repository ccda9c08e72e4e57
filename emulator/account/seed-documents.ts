import { CreateDocumentCommand, ModifyDocumentPermissionCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { Description } from './description.ts';
import type { SeedClients } from './seed-clients.ts';

const CONTENT = JSON.stringify({ schemaVersion: '2.2', description: 'an example', mainSteps: [] });

export async function seedDocuments(aws: SeedClients, description: Description): Promise<void> {
  for (const [name, document] of description.documents) {
    const ssm = aws.client(SSMClient, document.region ?? description.region);
    await ssm.send(new CreateDocumentCommand({ Name: name, Content: CONTENT, DocumentType: 'Command', DocumentFormat: 'JSON' }));
    if (document.sharedWith === undefined) continue;
    await ssm.send(new ModifyDocumentPermissionCommand({ Name: name, PermissionType: 'Share', AccountIdsToAdd: [...document.sharedWith] }));
  }
}
