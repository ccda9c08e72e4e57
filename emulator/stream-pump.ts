import * as z from 'zod';
import type { Credentials } from './callers.ts';
import { fits } from './event-pattern.ts';

/** An event source mapping, as it was deployed. https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-params.html */
export const EventSourceMapping = z.object({
  BatchSize: z.int().default(100),
  FilterCriteria: z.object({ Filters: z.array(z.object({ Pattern: z.string() })) }).optional(),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
  /** -1 is for ever. */
  MaximumRetryAttempts: z.int().default(-1),
  BisectBatchOnFunctionError: z.boolean().default(false),
});
export type EventSourceMapping = z.infer<typeof EventSourceMapping>;

export interface StreamPumpOptions {
  readonly endpoint: string;
  readonly region: string;
  /** Of the function's role: with them Lambda reads the stream. */
  readonly credentials: Credentials;
  readonly streamArn: string;
  readonly mapping: EventSourceMapping;
  readonly invoke: (event: unknown) => Promise<unknown>;
  /** What happens elsewhere before a batch is tried again. */
  readonly beforeRetry: () => Promise<unknown>;
}

const StreamRecord = z.looseObject({ dynamodb: z.looseObject({ SequenceNumber: z.string() }) });
export type StreamRecord = z.infer<typeof StreamRecord>;
const Shards = z.object({ StreamDescription: z.object({ Shards: z.array(z.object({ ShardId: z.string() })) }) });
const Iterator = z.object({ ShardIterator: z.string() });
const Page = z.object({ Records: z.array(StreamRecord), NextShardIterator: z.string().optional() });
const Partial = z.object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string().nullish() })) });

/** What Lambda does between a table's stream and a function: reads, filters, batches, and tries again. */
export class StreamPump {
  readonly #options: StreamPumpOptions;
  /** By shard. */
  readonly #iterators = new Map<string, string>();
  /** Records that were given up after the last attempt: with AWS, the failure destination hears of them. */
  readonly discarded: StreamRecord[] = [];

  constructor(options: StreamPumpOptions) {
    this.#options = options;
  }

  /** Hands over all that is in the stream, until nothing is left. Gives the number of invocations. */
  async drain(): Promise<number> {
    const { StreamDescription } = Shards.parse(await this.#ask('DescribeStream', { StreamArn: this.#options.streamArn }));
    let invocations = 0;
    for (const { ShardId } of StreamDescription.Shards) {
      for (let records = await this.#next(ShardId); records.length > 0; records = await this.#next(ShardId)) {
        invocations += await this.#deliver(records.filter((record) => this.#wants(record)));
      }
    }
    return invocations;
  }

  /** Passes over what is in the stream now, as a mapping that starts at LATEST does. */
  async skip(): Promise<void> {
    const { StreamDescription } = Shards.parse(await this.#ask('DescribeStream', { StreamArn: this.#options.streamArn }));
    for (const { ShardId } of StreamDescription.Shards) this.#iterators.set(ShardId, await this.#iterator(ShardId, 'LATEST'));
  }

  async #next(ShardId: string): Promise<readonly StreamRecord[]> {
    const iterator = this.#iterators.get(ShardId) ?? (await this.#iterator(ShardId, 'TRIM_HORIZON'));
    const { Records, NextShardIterator = iterator } = Page.parse(await this.#ask('GetRecords', { ShardIterator: iterator, Limit: 1000 }));
    this.#iterators.set(ShardId, NextShardIterator);
    return Records;
  }

  async #iterator(ShardId: string, ShardIteratorType: 'TRIM_HORIZON' | 'LATEST'): Promise<string> {
    const { streamArn: StreamArn } = this.#options;
    return Iterator.parse(await this.#ask('GetShardIterator', { StreamArn, ShardId, ShardIteratorType })).ShardIterator;
  }

  #wants(record: StreamRecord): boolean {
    const { FilterCriteria } = this.#options.mapping;
    return FilterCriteria === undefined || FilterCriteria.Filters.some(({ Pattern }) => fits(record, JSON.parse(Pattern)));
  }

  async #deliver(records: readonly StreamRecord[]): Promise<number> {
    const { BatchSize } = this.#options.mapping;
    let invocations = 0;
    for (let from = 0; from < records.length; from += BatchSize) invocations += await this.#hand(records.slice(from, from + BatchSize));
    return invocations;
  }

  /** One batch, until all of it is done or given up. */
  async #hand(batch: readonly StreamRecord[]): Promise<number> {
    const { mapping, beforeRetry } = this.#options;
    let left = batch;
    for (let attempt = 0; ; attempt += 1) {
      const failed = await this.#failures(left);
      if (failed.length === 0) return attempt + 1;
      await beforeRetry();
      if (attempt === mapping.MaximumRetryAttempts || attempt === FOR_EVER) {
        this.discarded.push(...failed);
        return attempt + 1;
      }
      if (mapping.BisectBatchOnFunctionError && failed.length > 1) {
        const middle = Math.ceil(failed.length / 2);
        return attempt + 1 + (await this.#hand(failed.slice(0, middle))) + (await this.#hand(failed.slice(middle)));
      }
      left = failed;
    }
  }

  /** The records from the first failed one on: order is kept. */
  async #failures(batch: readonly StreamRecord[]): Promise<readonly StreamRecord[]> {
    const { mapping, invoke, streamArn, region } = this.#options;
    const Records = batch.map((record) => ({
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: region,
      eventSourceARN: streamArn,
      ...record,
    }));
    let result: unknown;
    try {
      result = await invoke({ Records });
    } catch (error) {
      if (error instanceof Error) return batch;
      throw error;
    }
    const told = Partial.safeParse(result);
    if (mapping.FunctionResponseTypes.length === 0 || !told.success) return [];
    const failed = told.data.batchItemFailures.map(({ itemIdentifier }) => indexOf(batch, itemIdentifier));
    return failed.length === 0 ? [] : batch.slice(Math.min(...failed));
  }

  async #ask(operation: string, body: object): Promise<unknown> {
    const { endpoint, region, credentials } = this.#options;
    const scope = `${credentials.accessKeyId}/20260101/${region}/dynamodb/aws4_request`;
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `DynamoDBStreams_20120810.${operation}`,
        authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
      },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${operation}: ${response.status} ${await response.text()}`);
    return response.json();
  }
}

/** Attempts of a mapping without a limit: the service goes on until the records are a day old. */
const FOR_EVER = 100;

/** One that is not of the batch makes the whole batch failed, as with the service. */
function indexOf(batch: readonly StreamRecord[], sequenceNumber: string | null | undefined): number {
  return Math.max(
    0,
    batch.findIndex(({ dynamodb }) => dynamodb.SequenceNumber === sequenceNumber),
  );
}
