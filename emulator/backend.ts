import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import pLimit from 'p-limit';
import type { Question } from './exchange.ts';
import { unpaged } from './paging.ts';
import type { AwsRequest, RawRequest } from './request.ts';
import { type Answer, refuse } from './wire/serialize.ts';

/** Moto, as the proxy asks it. */
export class Backend {
  readonly #port: number;
  /** In the place of account-prefixed hosts. */
  readonly #publicHost: string;
  /** Moto drops connections that are kept alive. */
  readonly #agent = new Agent({ keepAlive: false, maxSockets: 8 });
  /** Moto checks a condition and writes in two steps: of two writers at once both may win, as they never do in DynamoDB. */
  readonly #oneByOne = pLimit(1);

  constructor(port: number, publicHost: string) {
    this.#port = port;
    this.#publicHost = publicHost;
  }

  close(): void {
    this.#agent.destroy();
  }

  /** Asks the request as it came, but for its complete list, or with what the question changes. */
  async ask(request: AwsRequest, accountId: string, question: Partial<Question> = {}): Promise<Answer> {
    const { raw } = request;
    const complete = unpaged(request);
    const body = question.body === undefined ? complete.body : Buffer.from(question.body);
    const headers = this.#headers(raw, accountId, question, body);
    const send = () => this.#send(question.method ?? raw.method, question.url ?? complete.url, headers, body);
    const answer = await (request.service === 'dynamodb' ? this.#oneByOne(send) : send());
    return asImplemented(request, answer);
  }

  #headers(raw: RawRequest, accountId: string, question: Partial<Question>, body: Buffer) {
    const { 'transfer-encoding': _chunked, expect: _continue, ...kept } = raw.headers;
    return {
      ...kept,
      authorization: inRegion(raw.headers.authorization ?? '', question.region),
      ...question.headers,
      'x-moto-account-id': question.accountId ?? accountId,
      host: this.#hostFor(raw),
      connection: 'close',
      'content-length': String(body.length),
    };
  }

  #send(method: string, path: string, headers: Readonly<Record<string, string | string[] | undefined>>, body: Buffer): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const options = { host: '127.0.0.1', port: this.#port, method, path, headers, agent: this.#agent };
      const outgoing = httpRequest(options, (incoming) => bodyOf(incoming).then((text) => resolve(toAnswer(incoming, text)), reject));
      outgoing.once('error', reject);
      outgoing.end(body);
    });
  }

  /** S3 Control puts the account id before the host, where moto would look for a bucket. */
  #hostFor({ headers }: RawRequest): string {
    const host = headers.host ?? '';
    return host === '' || /^\d{12}\./.test(host) ? this.#publicHost : host;
  }
}

export async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const HOP_BY_HOP = new Set(['connection', 'content-length', 'transfer-encoding', 'keep-alive', 'date']);

function toAnswer(incoming: IncomingMessage, body: Buffer): Answer {
  const headers = Object.entries(incoming.headers).flatMap(([name, value]) =>
    HOP_BY_HOP.has(name) || value === undefined ? [] : [[name, String(value)] as const],
  );
  return { status: incoming.statusCode ?? 502, headers: Object.fromEntries(headers), body };
}

function inRegion(authorization: string, region: string | undefined): string {
  if (region === undefined) return authorization;
  return authorization.replace(/(Credential=[^/]+\/[^/]+)\/[^/]+/, `$1/${region}`);
}

/** Moto answers what it lacks with a page of HTML, which no SDK understands. */
function asImplemented(request: AwsRequest, answer: Answer): Answer {
  if (answer.status < 400 || !/^\s*<!doctype html/i.test(answer.body.subarray(0, 100).toString())) return answer;
  const message = `${request.service}:${request.operation} is not part of the local AWS`;
  return refuse(request, { status: 501, code: 'NotImplemented', message });
}
