import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { ConfigError } from './config-error.ts';
import type { Item } from './dynamodb-items.ts';
import { INDEXES } from './dynamodb-table.ts';
import { patience } from './patience.ts';
import { understood } from './understood.ts';

export interface DynamoDbLocation {
  readonly table: string;
  /** The SDK's own choice when absent. */
  readonly region?: string | undefined;
  readonly credentials?: DynamoDBClientConfig['credentials'];
}

export interface Condition {
  readonly ConditionExpression: string;
  readonly ExpressionAttributeNames?: Record<string, string>;
  readonly ExpressionAttributeValues?: Item;
}

/** Items of one partition of the table or of an index, by the beginning of their sort key if one is given. */
export interface Selection {
  readonly index?: keyof typeof INDEXES;
  readonly partition: string;
  readonly prefix?: string;
  /** From that sort key on; without a beginning. */
  readonly from?: string;
  readonly newestFirst?: boolean;
  /** Findings that changed then or later: the others are read and paid for, but neither sent nor unpacked. */
  readonly observedSince?: string | undefined;
}

export type Connection = Awaited<ReturnType<typeof connect>>;

/** Opens the table. What is asked throws ConfigError when the table is missing, is not ours, or was written by something newer. */
export async function connect({ table, region, credentials }: DynamoDbLocation) {
  const sdk = await import('./sdk/dynamodb.ts');
  const base = new sdk.DynamoDBClient({
    ...(region === undefined ? {} : { region }),
    ...(credentials === undefined ? {} : { credentials }),
    maxAttempts: 8,
    requestHandler: PATIENCE,
  });
  const client = sdk.DynamoDBDocumentClient.from(base, { marshallOptions: { removeUndefinedValues: true } });
  const at = { TableName: table };

  async function* all<Result>(pages: AsyncIterable<Page>, convert: (item: Item) => Result): AsyncGenerator<Result> {
    const iterator = pages[Symbol.asyncIterator]();
    for (;;) {
      const page = await guarded(table, () => iterator.next());
      if (page.done) return;
      yield* (page.value.Items ?? []).map((item) => understood(`the DynamoDB table ${table}`, item, convert));
    }
  }

  return {
    async read<Result>(key: Item, convert: (item: Item) => Result): Promise<Result | undefined> {
      const { Item: item } = await guarded(table, () => client.send(new sdk.GetCommand({ ...at, Key: key, ConsistentRead: true })));
      return item && understood(`the DynamoDB table ${table}`, item, convert);
    },
    /**
     * Those of at most 100 items that are there. What DynamoDB leaves out of an answer is asked for again: it throws where it would leave out all.
     * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html
     */
    async readAll<Result>(keys: readonly Item[], convert: (item: Item) => Result): Promise<readonly Result[]> {
      const found: Item[] = [];
      for (let left = [...keys]; left.length > 0; ) {
        const RequestItems = { [table]: { Keys: left, ConsistentRead: true } };
        const { Responses, UnprocessedKeys } = await guarded(table, () => client.send(new sdk.BatchGetCommand({ RequestItems })));
        found.push(...(Responses?.[table] ?? []));
        left = UnprocessedKeys?.[table]?.Keys ?? [];
      }
      return found.map((item) => understood(`the DynamoDB table ${table}`, item, convert));
    },
    /** Writes at most 25 items. What DynamoDB leaves undone is asked for again: it throws where it would leave out all. */
    async putAll(items: readonly Item[]): Promise<void> {
      for (let left = items.map((item) => ({ PutRequest: { Item: item } })); left.length > 0; ) {
        const { UnprocessedItems } = await guarded(table, () =>
          client.send(new sdk.BatchWriteCommand({ RequestItems: { [table]: left } })),
        );
        left = (UnprocessedItems?.[table] ?? []).flatMap(({ PutRequest }) =>
          PutRequest?.Item ? [{ PutRequest: { Item: PutRequest.Item } }] : [],
        );
      }
    },
    /** False, and nothing written, if the condition does not hold. */
    put(item: Item, condition?: Condition): Promise<boolean> {
      return holds(guarded(table, () => client.send(new sdk.PutCommand({ ...at, Item: item, ...condition }))));
    },
    /** False, and nothing written, if the condition does not hold. */
    update(key: Item, expression: string, condition: Condition): Promise<boolean> {
      const command = new sdk.UpdateCommand({ ...at, Key: key, UpdateExpression: expression, ...condition });
      return holds(guarded(table, () => client.send(command)));
    },
    /** The item as it is afterwards; `undefined`, and nothing written, if the condition does not hold. */
    async change<Result>(
      key: Item,
      expression: string,
      condition: Condition,
      convert: (item: Item) => Result,
    ): Promise<Result | undefined> {
      const command = new sdk.UpdateCommand({ ...at, Key: key, UpdateExpression: expression, ...condition, ReturnValues: 'ALL_NEW' });
      const answer = await unlessRefused(guarded(table, () => client.send(command)));
      return answer && understood(`the DynamoDB table ${table}`, answer.Attributes ?? {}, convert);
    },
    /** False, and nothing deleted, if the condition does not hold. An item that is not there is deleted if the condition says nothing of it. */
    delete(key: Item, condition?: Condition): Promise<boolean> {
      return holds(guarded(table, () => client.send(new sdk.DeleteCommand({ ...at, Key: key, ...condition }))));
    },
    select<Result>(selection: Selection, convert: (item: Item) => Result): AsyncGenerator<Result> {
      return all(sdk.paginateQuery({ client }, { ...at, ...toQuery(selection) }), convert);
    },
    /** Everything in an index. */
    scan<Result>(index: keyof typeof INDEXES, convert: (item: Item) => Result): AsyncGenerator<Result> {
      return all(sdk.paginateScan({ client }, { ...at, IndexName: index }), convert);
    },
    close() {
      client.destroy();
      base.destroy();
    },
  };
}

/** Without it a connection that died silently would be waited for until the function's own end. */
const PATIENCE = patience(20_000);

interface Page {
  readonly Items?: readonly Item[] | undefined;
}

/** Items of a page, newest first. */
const NEWEST = 25;

function toQuery({ index, partition, prefix, from, newestFirst, observedSince }: Selection) {
  const keys = index === undefined ? { partition: 'pk', sort: 'sk' } : INDEXES[index];
  const sort = prefix ?? from;
  const condition = prefix === undefined ? '#sort >= :sort' : 'begins_with(#sort, :sort)';
  return {
    ...(index === undefined ? { ConsistentRead: true } : { IndexName: index }),
    KeyConditionExpression: `#partition = :partition${sort === undefined ? '' : ` AND ${condition}`}`,
    ExpressionAttributeNames: { '#partition': keys.partition, ...(sort === undefined ? {} : { '#sort': keys.sort }) },
    ExpressionAttributeValues: {
      ':partition': partition,
      ...(sort === undefined ? {} : { ':sort': sort }),
      ...(observedSince === undefined ? {} : { ':since': observedSince }),
    },
    ...(observedSince === undefined ? {} : { FilterExpression: 'observedAt >= :since' }),
    ScanIndexForward: newestFirst !== true,
    // Whoever asks for the newest stops early as a rule: a page of a megabyte of old ones would be read and paid for in vain.
    ...(newestFirst ? { Limit: NEWEST } : {}),
  };
}

async function holds(write: Promise<object>): Promise<boolean> {
  return (await unlessRefused(write)) !== undefined;
}

/** `undefined` if the condition of a write does not hold. */
async function unlessRefused<Answer extends object>(write: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await write;
  } catch (error) {
    if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return undefined;
    throw error;
  }
}

async function guarded<Result>(table: string, ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (error.name === 'ResourceNotFoundException') {
      throw new ConfigError(`there is no DynamoDB table ${table} with our keys in this account and region: check --store`, {
        cause: error,
      });
    }
    if (error.name === 'ValidationException' && /specified index|key element|schema/i.test(error.message)) {
      throw new ConfigError(`the DynamoDB table ${table} has other keys than ours (${error.message}): check --store`, { cause: error });
    }
    throw error;
  }
}
