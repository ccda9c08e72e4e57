import { CreateTableCommand, DescribeTableCommand, DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, describe, expect, test } from 'vitest';
import { auditItem, ledgerItem } from '../../findings/audit-items.ts';
import { openAuditStore } from '../../findings/dynamodb-audit-store.ts';
import { findingItem } from '../../findings/dynamodb-items.ts';
import { openReactionStore } from '../../findings/dynamodb-reaction-store.ts';
import { tableDefinition } from '../../findings/dynamodb-table.ts';
import { openStore } from '../../findings/open-store.ts';
import { activityItem } from '../../findings/reaction-items.ts';
import { kept } from './activity-samples.ts';
import { audit, auditStoreContract } from './audit-store-contract.ts';
import { ledgerContract } from './ledger-contract.ts';
import { reactionStoreContract } from './reaction-store-contract.ts';
import { ACCOUNT, at, collect, finding, run, SCOPE } from './samples.ts';
import { storeContract } from './store-contract.ts';

/** The store's contract on a DynamoDB at `AWS_ENDPOINT_URL`, and what is DynamoDB's own. */
export function dynamoDbContract(name: string): void {
  let count = 0;
  let table = 'posture-0';
  const client = new DynamoDBClient({ region: 'eu-west-1' });
  const documents = DynamoDBDocumentClient.from(client);
  afterAll(() => client.destroy());

  async function empty(): Promise<void> {
    table = `posture-${(count += 1)}`;
    await client.send(new CreateTableCommand(tableDefinition(table)));
    await waitUntilTableExists({ client, maxWaitTime: 30, minDelay: 0.05, maxDelay: 0.2 }, { TableName: table });
  }
  const open = () => openStore(`dynamodb://${table}?region=eu-west-1`);

  const openAudits = () => openAuditStore({ table, region: 'eu-west-1' });

  storeContract(name, { empty, open });
  auditStoreContract(name, { empty, open: openAudits });
  ledgerContract(name, { empty, open: openAudits });
  const openReactions = () => openReactionStore({ table, region: 'eu-west-1' });
  reactionStoreContract(name, { empty, open: openReactions });

  describe(`a table of ${name}`, () => {
    test('that is missing is named', async () => {
      const store = await openStore('dynamodb://nowhere?region=eu-west-1');
      await expect(store.finding('x')).rejects.toThrow(/no DynamoDB table nowhere/);
      await expect(collect(store.findings(SCOPE))).rejects.toMatchObject({ name: 'ConfigError' });
      await expect(store.save(finding('sg-1'))).rejects.toMatchObject({ name: 'ConfigError' });
      await store.close();
    });

    test('with other keys is named', async () => {
      const { GlobalSecondaryIndexes, AttributeDefinitions, KeySchema, ...rest } = tableDefinition('foreign');
      await client.send(
        new CreateTableCommand({
          ...rest,
          AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
          KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        }),
      );
      const store = await openStore('dynamodb://foreign?region=eu-west-1');
      await expect(collect(store.findings(SCOPE))).rejects.toThrow(/DynamoDB table foreign.*our.*check --store/);
      await store.close();
    });

    test('with an item of a newer version says so', async () => {
      await empty();
      const store = await open();
      await documents.send(
        new PutCommand({ TableName: table, Item: { ...findingItem({ ...finding('sg-1'), resolvedAt: at(2) }), schema: 2 } }),
      );
      await expect(store.finding(finding('sg-1').id)).rejects.toThrow(/written by a newer version/);
      await store.close();
    });

    test('in which a deployed audit was kept is a deployment', async () => {
      await empty();
      const [store, audits] = [await open(), await openAudits()];
      await audits.saveAudit(audit(1));
      expect(await store.isDeployed()).toBe(true);
      await Promise.all([store.close(), audits.close()]);
    });

    test('whose audits or ledger are of a newer version says so', async () => {
      await empty();
      const audits = await openAudits();
      await documents.send(new PutCommand({ TableName: table, Item: { ...auditItem(audit(1)), schema: 2 } }));
      const told = ledgerItem('x-1', { state: 'told', toldAt: at(1) });
      await documents.send(new PutCommand({ TableName: table, Item: { ...told, schema: 2 } }));
      await expect(collect(audits.audits())).rejects.toThrow(/written by a newer version/);
      await expect(audits.claim('x-1', new Date(), 1)).rejects.toThrow(/written by a newer version/);
      await audits.close();
    });

    test('whose activities are of a newer version, or are none, says so', async () => {
      await empty();
      const reactions = await openReactions();
      await documents.send(new PutCommand({ TableName: table, Item: { ...activityItem(kept('a', 8)), schema: 2 } }));
      await expect(collect(reactions.activitiesSince(ACCOUNT, at(1)))).rejects.toThrow(/written by a newer version/);
      await documents.send(new PutCommand({ TableName: table, Item: { ...activityItem(kept('a', 8)), actor: 'ana' } }));
      await expect(collect(reactions.untoldActivities(ACCOUNT))).rejects.toThrow(/which is not ours/);
      await reactions.close();
    });

    test('keeps findings for ever, and all that grows for some time', async () => {
      await empty();
      const [store, audits, reactions] = [await open(), await openAudits(), await openReactions()];
      await store.save(finding('sg-1'));
      await store.saveRun(run(1));
      await reactions.saveActivity(kept('a', 1, { seenAt: at(1) }));
      await reactions.tally('key', 'item', 2, new Date(at(1)));
      await reactions.saveLook('thing', at(1));
      await reactions.saveHeartbeat(SCOPE, at(1));
      await audits.saveAudit(audit(1));
      await audits.claim('claimed', new Date(at(1)), 1);
      await audits.markTold('told', new Date(at(1)));
      const { Items = [] } = await documents.send(new ScanCommand({ TableName: table }));
      const days = Items.map(({ pk, expiresAt }) => [pk, expiresAt && (expiresAt - Date.parse(at(1)) / 1_000) / 86_400]);
      expect(Object.fromEntries(days)).toEqual({
        ...{ [`FINDING#${finding('sg-1').id}`]: undefined, [`RUN#${run(1).accountId}`]: 400, AUDIT: 400 },
        ...{ 'TOLD#claimed': 30, 'TOLD#told': 30 },
        ...{ [`ACTIVITY#${ACCOUNT}`]: 400, 'TALLY#key': 0, 'LOOK#thing': 7, HEARTBEAT: undefined },
      });
      await Promise.all([store.close(), audits.close(), reactions.close()]);
    });

    test('with an item that is not ours says so', async () => {
      await empty();
      const store = await open();
      await documents.send(new PutCommand({ TableName: table, Item: { pk: 'FINDING#x', sk: 'FINDING' } }));
      await expect(store.finding('x')).rejects.toThrow(/holds the item FINDING#x which is not ours/);
      await store.close();
    });

    test('streams what changed', async () => {
      await empty();
      const { Table } = await client.send(new DescribeTableCommand({ TableName: table }));
      expect(Table?.StreamSpecification).toMatchObject({ StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' });
      expect(Table?.BillingModeSummary?.BillingMode).toBe('PAY_PER_REQUEST');
    });
  });
}
