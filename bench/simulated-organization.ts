import { createServer, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { TokenBucket } from '../inventory/token-bucket.ts';

/** Requests a second that AWS answers per account and region: all of STS together (IAM and STS quotas). */
const STS = { burst: 600, perSecond: 600 };
/** What ListAccounts gives at once. */
const PAGE = 20;

export interface SimulatedOrganization {
  readonly endpoint: string;
  readonly throttled: () => number;
  /** Accounts that were listed and of which no run was kept yet, at most. */
  readonly ahead: () => number;
  /** Sizes of the bodies that S3 was sent, in bytes. */
  readonly uploaded: readonly number[];
  readonly stop: () => Promise<void>;
}

/** An organization whose accounts all have the same regions and have been audited before; each request is answered after `latency` milliseconds. */
export async function startSimulatedOrganization(
  accounts: number,
  regions: readonly string[],
  latency: number,
): Promise<SimulatedOrganization> {
  const counter = new Counter(accounts);
  const server = createServer({ keepAliveTimeout: 60_000 }, async (request, response) => {
    const asked = { service: serviceOf(request), request, body: await bodyOf(request) };
    const refused = counter.count(asked) === 'throttled';
    await sleep(latency);
    const answer = refused ? THROTTLING : answerOf(asked, { accounts, regions });
    response.writeHead(refused ? 400 : 200, { 'content-type': 'application/xml', etag: '"0"', 'x-amzn-requestid': '0' }).end(answer);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the simulated organization has no port');
  return {
    endpoint: `http://localhost:${address.port}`,
    throttled: () => counter.throttled,
    ahead: () => counter.ahead,
    uploaded: counter.uploaded,
    stop: () => new Promise((done) => server.close(() => done())),
  };
}

interface Asked {
  readonly service: string | undefined;
  readonly request: IncomingMessage;
  readonly body: Buffer;
}

function serviceOf({ headers }: IncomingMessage): string | undefined {
  return /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(headers.authorization ?? '')?.[1];
}

function isDynamoDb(operation: string, { headers }: IncomingMessage): boolean {
  return headers['x-amz-target'] === `DynamoDB_20120810.${operation}`;
}

/** Looks at requests as they come. */
class Counter {
  readonly uploaded: number[] = [];
  throttled = 0;
  ahead = 0;
  readonly #accounts: number;
  readonly #sts = new TokenBucket(STS);
  #listed = 0;
  #planned = 0;

  constructor(accounts: number) {
    this.#accounts = accounts;
  }

  count({ service, request, body }: Asked): 'admitted' | 'throttled' {
    if (service === 'organizations') this.#listed = Math.min(this.#accounts, this.#listed + PAGE);
    if (isDynamoDb('BatchWriteItem', request)) this.#planned += body.toString().split('"RUN#').length - 1;
    if (service === 's3' && request.method === 'PUT') this.uploaded.push(body.length);
    this.ahead = Math.max(this.ahead, this.#listed - this.#planned);
    if (service !== 'sts' || this.#sts.reserve() === 0) return 'admitted';
    this.throttled += 1;
    return 'throttled';
  }
}

const THROTTLING = '<ErrorResponse><Error><Code>Throttling</Code><Message>slow down</Message></Error></ErrorResponse>';

interface Organization {
  readonly accounts: number;
  readonly regions: readonly string[];
}

function answerOf({ service, request, body }: Asked, organization: Organization): string {
  switch (service) {
    case 'organizations':
      return accountsFrom(organization, JSON.parse(body.toString()));
    case 'sts':
      return assumedRole(/:iam::(\d{12}):/.exec(new URLSearchParams(body.toString()).get('RoleArn') ?? '')?.[1] ?? '');
    case 'ec2':
      return `<DescribeRegionsResponse><regionInfo>${organization.regions.map(toRegion).join('')}</regionInfo></DescribeRegionsResponse>`;
    case 's3':
      return request.url?.includes('?uploads') ? uploadBegun : uploadDone;
    default:
      return isDynamoDb('BatchGetItem', request) ? globalRecords(JSON.parse(body.toString())) : '{}';
  }
}

function accountsFrom({ accounts }: Organization, { NextToken }: { readonly NextToken?: string }): string {
  const start = Number(NextToken ?? 0);
  const end = Math.min(accounts, start + PAGE);
  const page = Array.from({ length: end - start }, (_, index) => ({
    Id: String(100_000_000_000 + start + index),
    Name: `team ${start + index}`,
    State: 'ACTIVE',
  }));
  return JSON.stringify({ Accounts: page, ...(end < accounts ? { NextToken: String(end) } : {}) });
}

function assumedRole(accountId: string): string {
  const user = `<AssumedRoleUser><Arn>arn:aws:sts::${accountId}:assumed-role/cloud-posture-audit/bench</Arn></AssumedRoleUser>`;
  const credentials = `<Credentials><AccessKeyId>ASIABENCH</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>${'t'.repeat(900)}</SessionToken></Credentials>`;
  return `<AssumeRoleResponse><AssumeRoleResult>${user}${credentials}</AssumeRoleResult></AssumeRoleResponse>`;
}

function toRegion(name: string): string {
  return `<item><regionName>${name}</regionName><optInStatus>opt-in-not-required</optInStatus></item>`;
}

const uploadBegun = '<InitiateMultipartUploadResult><UploadId>bench</UploadId></InitiateMultipartUploadResult>';
const uploadDone = '<CompleteMultipartUploadResult><Location>here</Location><ETag>0</ETag></CompleteMultipartUploadResult>';

interface BatchGetItem {
  readonly RequestItems: Readonly<Record<string, { readonly Keys: readonly Key[] }>>;
}

interface Key {
  readonly sk: { readonly S: string };
}

/** The records of accounts' global scopes: they were audited before. */
function globalRecords({ RequestItems }: BatchGetItem): string {
  const records = Object.entries(RequestItems).map(([table, { Keys }]) => [table, Keys.map(globalRecord)]);
  return JSON.stringify({ Responses: Object.fromEntries(records), UnprocessedKeys: {} });
}

function globalRecord({ sk }: Key): object {
  const accountId = sk.S.split('#')[0] ?? '';
  const seen = { runId: { S: '20261121T024927Z-3f2a' }, seenAt: { S: '2026-11-21T02:49:27.000Z' }, blindSince: { M: {} } };
  return { pk: { S: 'SCOPE' }, sk, schema: { N: '1' }, accountId: { S: accountId }, region: { S: 'global' }, ...seen };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}
