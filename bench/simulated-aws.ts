import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { restOperation } from '../emulator/rest-operations.ts';
import { TokenBucket } from '../inventory/token-bucket.ts';
import { type Answer, answerTo, type Question } from './answers.ts';
import type { Estate } from './estate.ts';

/** Limits as AWS publishes them per account, region and API; where it publishes none (IAM, S3, SSM, Account), what is assumed is said here. */
const PUBLISHED: Readonly<Record<string, { readonly burst: number; readonly perSecond: number }>> = {
  ec2: { burst: 100, perSecond: 20 },
  'cloudtrail:LookupEvents': { burst: 2, perSecond: 2 },
  cloudtrail: { burst: 10, perSecond: 10 },
  iam: { burst: 20, perSecond: 15 },
  s3: { burst: 500, perSecond: 500 },
  ssm: { burst: 20, perSecond: 20 },
};
const UNPUBLISHED = { burst: 10, perSecond: 10 };

export interface SimulatedAws {
  readonly endpoint: string;
  readonly throttled: () => number;
  readonly stop: () => Promise<void>;
}

/** An AWS that answers every request after `latency` milliseconds, and with a throttling error when a published token bucket is empty. */
export async function startSimulatedAws(estate: Estate, latency: number): Promise<SimulatedAws> {
  const buckets = new Map<string, TokenBucket>();
  let throttled = 0;
  const server = createServer({ keepAliveTimeout: 60_000 }, async (request, response) => {
    const question = toQuestion(request, await bodyOf(request));
    const admitted = admit(buckets, question);
    if (!admitted) throttled += 1;
    await sleep(latency);
    const answer = admitted ? answerTo(estate, question) : throttle(question);
    response.writeHead(answer.status, { 'content-type': answer.type, 'x-amzn-requestid': '0' }).end(answer.body);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    endpoint: `http://localhost:${portOf(server.address())}`,
    throttled: () => throttled,
    stop: () => new Promise((done) => server.close(() => done())),
  };
}

function portOf(address: string | AddressInfo | null): number {
  if (address === null || typeof address === 'string') throw new Error('the simulated AWS has no port');
  return address.port;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

function toQuestion(request: IncomingMessage, body: string): Question {
  const [, region = 'us-east-1', service = 'unknown'] =
    /Credential=[^/]+\/\d+\/([^/]+)\/([^/]+)\//.exec(request.headers.authorization ?? '') ?? [];
  const url = new URL(request.url ?? '/', 'http://localhost');
  const target = request.headers['x-amz-target'];
  const form = new URLSearchParams(body);
  const json = typeof target === 'string' && body.startsWith('{') ? toRecord(JSON.parse(body)) : {};
  const control = request.headers.host?.startsWith('111122223333.') === true;
  const isStore = control || service === 's3';
  const operation =
    form.get('Action') ??
    (typeof target === 'string' ? target.split('.').at(-1) : undefined) ??
    (isStore ? storeOperation(url, control) : undefined);
  if (operation !== undefined) return { service: control ? 's3control' : service, operation, region, form, json, url };
  const named = url.pathname.startsWith('/v2/') ? 'apigatewayv2' : service;
  return { service: named, operation: restOperation(named, request.method ?? '', url.pathname), region, form, json, url };
}

function toRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

const CONTROL: Readonly<Record<string, string>> = { accesspoint: 'ListAccessPoints', 'mrap/instances': 'ListMultiRegionAccessPoints' };

function storeOperation(url: URL, control: boolean): string {
  if (control) return CONTROL[url.pathname.split('/').slice(2).join('/')] ?? 'GetPublicAccessBlock';
  if (url.pathname === '/') return 'ListBuckets';
  const query = ['publicAccessBlock', 'acl', 'ownershipControls', 'policyStatus', 'policy', 'location', 'logging', 'versioning'].find(
    (name) => url.searchParams.has(name),
  );
  return query ?? url.pathname;
}

function admit(buckets: Map<string, TokenBucket>, { service, operation, region }: Question): boolean {
  const limit = PUBLISHED[`${service}:${operation}`] ?? PUBLISHED[service] ?? UNPUBLISHED;
  const key = `${service}:${service === 'ec2' || PUBLISHED[`${service}:${operation}`] ? operation : ''}/${region}`;
  let bucket = buckets.get(key);
  if (!bucket) buckets.set(key, (bucket = new TokenBucket(limit)));
  return bucket.reserve() === 0;
}

function throttle({ service }: Question): Answer {
  const name = service === 'ec2' ? 'RequestLimitExceeded' : service === 's3' ? 'SlowDown' : 'Throttling';
  if (service === 'ssm' || service === 'cloudtrail')
    return { status: 400, type: 'application/x-amz-json-1.1', body: `{"__type":"ThrottlingException"}` };
  return {
    status: 503,
    type: 'text/xml',
    body: `<Response><Errors><Error><Code>${name}</Code><Message>slow down</Message></Error></Errors></Response>`,
  };
}
