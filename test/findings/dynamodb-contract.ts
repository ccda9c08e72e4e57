import { CreateTableCommand, DescribeTableCommand, DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, describe, expect, test } from 'vitest';
import { findingItem } from '../../findings/dynamodb-items.ts';
import { tableDefinition } from '../../findings/dynamodb-table.ts';
import { openStore } from '../../findings/open-store.ts';
import { at, collect, finding, SCOPE } from './samples.ts';
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

  storeContract(name, { empty, open });

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
