import type { AwsRequest } from './request.ts';
import { isRecord } from './request.ts';
import { parseXml, textAt } from './wire/xml.ts';

/** ARNs of what a request of our own tables, buckets, queues, topics, roles, executions and products, or of API Gateway, is about, as a policy's `Resource` would have them. */
export function resourcesOf(request: AwsRequest, accountId: string): readonly string[] {
  const { form, json, region } = request;
  switch (request.service) {
    case 'dynamodb':
      return known(streamOf(json) ?? tableOf(json, `arn:aws:dynamodb:${region}:${accountId}:table/`));
    case 's3':
      return inBucket(request);
    case 'sqs':
      return known(queueOf(json, `arn:aws:sqs:${region}:`));
    case 'sns':
      return known(form.get('TopicArn'));
    case 'sts':
      return known(form.get('RoleArn'));
    case 'states':
      return known(textOf(json.executionArn) ?? textOf(json.stateMachineArn));
    case 'securityhub':
      return productsOf(json);
    case 'apigateway':
    case 'apigatewayv2':
      return [`arn:aws:apigateway:${region}::${request.path.replace(/^\/v2/, '')}`];
    default:
      return [];
  }
}

/** What else of such a request a policy's `Condition` may look at, by condition key. */
export function conditionKeysOf({ service, operation, form, query }: AwsRequest): Readonly<Record<string, string>> {
  if (service === 's3' && /^ListObject/.test(operation)) return { 's3:prefix': query.get('prefix') ?? '' };
  const externalId = service === 'sts' ? form.get('ExternalId') : null;
  return externalId === null ? {} : { 'sts:ExternalId': externalId };
}

function known(arn: string | null | undefined): readonly string[] {
  return arn ? [arn] : [];
}

/** Moto's shard iterators begin with the ARN of their stream. */
function streamOf({ StreamArn, ShardIterator }: AwsRequest['json']): string | undefined {
  return textOf(StreamArn) ?? textOf(ShardIterator)?.split('|')[0];
}

/** Of a batch, which is of one table with us. */
function tableOf({ TableName, IndexName, RequestItems }: AwsRequest['json'], prefix: string): string | undefined {
  const name = textOf(TableName) ?? (isRecord(RequestItems) ? Object.keys(RequestItems)[0] : undefined);
  if (name === undefined) return undefined;
  const table = name.startsWith('arn:') ? name : `${prefix}${name}`;
  const index = textOf(IndexName);
  return index === undefined ? table : `${table}/index/${index}`;
}

/** A queue's address ends in its account and name. */
function queueOf({ QueueUrl }: AwsRequest['json'], prefix: string): string | undefined {
  const place = textOf(QueueUrl)?.split('/').slice(-2).join(':');
  return place === undefined ? undefined : `${prefix}${place}`;
}

/** Objects that are deleted together are named in the body. */
function inBucket({ path, operation, raw }: AwsRequest): readonly string[] {
  if (path === '/') return [];
  const arn = `arn:aws:s3:::${decodeURIComponent(path.replace(/^\/|\/$/g, ''))}`;
  if (operation !== 'DeleteObjects') return [arn];
  const objects = parseXml(raw.body.toString()).children.filter(({ name }) => name === 'Object');
  return objects.map((object) => `${arn}/${textAt(object, 'Key')}`);
}

function productsOf({ Findings }: AwsRequest['json']): readonly string[] {
  const findings = Array.isArray(Findings) ? Findings.filter(isRecord) : [];
  return [...new Set(findings.map(({ ProductArn }) => String(ProductArn)))];
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
