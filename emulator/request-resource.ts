import type { AwsRequest } from './request.ts';

/** ARN of what a request of our own tables, buckets, topics, roles and executions is about, as a policy's `Resource` would have it. */
export function resourceOf(request: AwsRequest, accountId: string): string | undefined {
  const { form, json, path, region } = request;
  switch (request.service) {
    case 'dynamodb':
      return streamOf(json) ?? tableOf(json, `arn:aws:dynamodb:${region}:${accountId}:table/`);
    case 's3':
      return path === '/' ? undefined : `arn:aws:s3:::${decodeURIComponent(path.replace(/^\/|\/$/g, ''))}`;
    case 'sns':
      return form.get('TopicArn') ?? undefined;
    case 'sts':
      return form.get('RoleArn') ?? undefined;
    case 'states':
      return textOf(json.executionArn) ?? textOf(json.stateMachineArn);
    default:
      return undefined;
  }
}

/** Moto's shard iterators begin with the ARN of their stream. */
function streamOf({ StreamArn, ShardIterator }: AwsRequest['json']): string | undefined {
  return textOf(StreamArn) ?? textOf(ShardIterator)?.split('|')[0];
}

function tableOf({ TableName, IndexName }: AwsRequest['json'], prefix: string): string | undefined {
  const name = textOf(TableName);
  if (name === undefined) return undefined;
  const table = name.startsWith('arn:') ? name : `${prefix}${name}`;
  const index = textOf(IndexName);
  return index === undefined ? table : `${table}/index/${index}`;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
