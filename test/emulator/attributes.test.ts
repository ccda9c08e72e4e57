import { CreateTableCommand, DynamoDBClient, GetItemCommand, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, expect, test } from 'vitest';
import { startLocalAws } from '../../emulator/local-aws.ts';
import { tableDefinition } from '../../findings/dynamodb-table.ts';

const aws = await startLocalAws();
afterAll(() => aws.stop());

test('items come back from the table of the local AWS as they were put, whatever they hold', async () => {
  const client = new DynamoDBClient(aws.client());
  await client.send(new CreateTableCommand(tableDefinition('everything')));
  const bytes = Uint8Array.from([0, 1, 254, 255]);
  const Item = {
    ...{ pk: { S: 'pk' }, sk: { S: 'sk' } },
    text: { S: 'naïve "quotes" \\ and 日本' },
    number: { N: '-12.5' },
    yes: { BOOL: true },
    no: { BOOL: false },
    nothing: { NULL: true },
    bytes: { B: bytes },
    texts: { SS: ['a', 'b'] },
    numbers: { NS: ['1', '2'] },
    chunks: { BS: [bytes, bytes.slice(1)] },
    list: { L: [{ S: 'one' }, { M: { within: { B: bytes }, S: { N: '1' } } }, { L: [] }] },
    map: { M: { S: { S: 'named as a type' }, empty: { M: {} }, deep: { M: { deeper: { L: [{ NULL: true }] } } } } },
  };
  await client.send(new PutItemCommand({ TableName: 'everything', Item }));
  const { Item: got } = await client.send(new GetItemCommand({ TableName: 'everything', Key: { pk: Item.pk, sk: Item.sk } }));
  expect(got).toEqual(Item);
  expect((await client.send(new ScanCommand({ TableName: 'everything' }))).Items).toEqual([Item]);
});
