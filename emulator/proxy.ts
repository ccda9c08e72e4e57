import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Backend, bodyOf } from './backend.ts';
import { CallLog, type LoggedCall } from './call-log.ts';
import { Callers } from './callers.ts';
import type { Exchange } from './exchange.ts';
import { type FaultKind, Faults, isRefusal, refusalOf } from './faults.ts';
import { UnknownFilter } from './overrides/filters.ts';
import { overrides } from './overrides/overrides.ts';
import { PagingError, page } from './paging.ts';
import type { Recording } from './recording.ts';
import { type AwsRequest, identify } from './request.ts';
import { conditionKeysOf, resourcesOf } from './request-resource.ts';
import { type Regions, World } from './state.ts';
import { type Answer, refuse } from './wire/serialize.ts';

export interface ProxyOptions {
  readonly regions: Regions;
  /** Elements a page at most, whatever the caller asks for. */
  readonly pageSize: number;
}

/** From where answers come: moto, moto while they are kept, or only those that were kept. */
export type Mode = { readonly kind: 'live' } | { readonly kind: 'record' | 'replay'; readonly recording: Recording };

/** The reverse proxy before moto. Listens on loopback only. */
export class AwsProxy {
  readonly calls = new CallLog();
  readonly faults = new Faults();
  readonly callers = new Callers();
  readonly world: World;
  mode: Mode = { kind: 'live' };
  pageSize: number;
  #backend: Backend | undefined;
  #port = 0;
  readonly #server = createServer((request, response) => void this.#serve(request, response));

  constructor({ regions, pageSize }: ProxyOptions) {
    this.world = new World(regions);
    this.pageSize = pageSize;
    // Clients of this very process may be blocked for longer than the usual five seconds, and then find their sockets closed.
    this.#server.keepAliveTimeout = 60_000;
  }

  get port(): number {
    return this.#port;
  }

  /** Starts to listen, and gives the port. */
  async listen(): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(0, '127.0.0.1', resolve);
    });
    const address = this.#server.address();
    if (address !== null && typeof address === 'object') this.#port = address.port;
    return this.#port;
  }

  connect(motoPort: number): void {
    this.#backend = new Backend(motoPort, `localhost:${this.#port}`);
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    this.#backend?.close();
    await closed;
  }

  async #serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const raw = { method: incoming.method ?? 'GET', url: incoming.url ?? '/', headers: incoming.headers, body: await bodyOf(incoming) };
      await this.#respond(identify(raw), response);
    } catch (error) {
      const text = `local AWS: ${error instanceof Error ? error.message : String(error)}`;
      if (response.headersSent) response.destroy();
      else response.writeHead(502, { 'content-type': 'text/plain' }).end(text);
    }
  }

  async #respond(request: AwsRequest, response: ServerResponse): Promise<void> {
    const { service, operation, region } = request;
    const caller = this.callers.of(request.accessKeyId);
    const call = { name: `${service}:${operation}`, service, operation, region, accountId: caller.accountId, callerArn: caller.arn };
    const names = { resources: resourcesOf(request, caller.accountId), conditionKeys: conditionKeysOf(request) };
    const logged = this.calls.add({ ...call, ...names, status: undefined });
    const fault = this.faults.next(call);
    if (fault === 'timeout') return;
    if (typeof fault === 'object' && 'slowMs' in fault) await sleep(fault.slowMs);
    const answer = this.#refusal(request, fault, caller.arn) ?? (await this.#answer(request));
    if (typeof fault === 'object' && 'unheard' in fault) {
      fault.unheard();
      response.destroy();
      return;
    }
    send(response, request, answer, fault, logged);
  }

  #refusal(request: AwsRequest, fault: FaultKind | undefined, callerArn: string): Answer | undefined {
    if (isRefusal(fault)) return refuse(request, refusalOf(fault, request, callerArn));
    return typeof fault === 'object' && 'error' in fault ? refuse(request, fault.error) : undefined;
  }

  async #answer(request: AwsRequest): Promise<Answer> {
    const { accountId } = this.callers.of(request.accessKeyId);
    const { mode } = this;
    if (mode.kind === 'replay') return mode.recording.find(accountId, request) ?? notRecorded(request);
    const answer = await this.#live(request);
    if (mode.kind === 'record') mode.recording.keep(accountId, request, answer);
    return answer;
  }

  async #live(request: AwsRequest): Promise<Answer> {
    const exchange = this.#exchange(request);
    const override = overrides[`${request.service}:${request.operation}`];
    try {
      const complete = override ? await override(exchange) : await exchange.askMoto();
      return page(request, complete, this.pageSize);
    } catch (error) {
      if (!(error instanceof PagingError || error instanceof UnknownFilter)) throw error;
      return refuse(request, { status: 400, code: invalidCode(request), message: error.message });
    }
  }

  #exchange(request: AwsRequest): Exchange {
    const caller = this.callers.of(request.accessKeyId);
    return {
      request,
      caller,
      callers: this.callers,
      world: this.world,
      state: this.world.of(caller.accountId),
      askMoto: (question) => {
        if (!this.#backend) throw new Error('moto has not been started');
        return this.#backend.ask(request, caller.accountId, question);
      },
    };
  }
}

function notRecorded(request: AwsRequest): Answer {
  const asked = request.raw.body.length > 0 ? `${request.raw.url} ${request.raw.body.toString()}` : request.raw.url;
  const message = `${request.service}:${request.operation} in ${request.region} was not recorded: ${asked.slice(0, 500)}`;
  return refuse(request, { status: 400, code: 'NotRecorded', message });
}

function invalidCode({ protocol }: AwsRequest): string {
  switch (protocol) {
    case 'ec2':
      return 'InvalidParameterValue';
    case 's3':
    case 'rest-xml':
      return 'InvalidArgument';
    case 'query':
    case 'rest-json':
      return 'ValidationError';
    case 'json':
      return 'ValidationException';
    default:
      return protocol satisfies never;
  }
}

function send(response: ServerResponse, request: AwsRequest, answer: Answer, fault: FaultKind | undefined, call: LoggedCall): void {
  const body = spoilt(answer.body, fault);
  const headers = { ...answer.headers, 'content-length': String(body.length) };
  if (fault === 'disconnected') {
    response.writeHead(answer.status, { ...headers, 'content-length': String(answer.body.length + 1) });
    response.write(body, () => response.destroy());
    return;
  }
  call.status = answer.status;
  response.writeHead(answer.status, request.raw.method === 'HEAD' ? answer.headers : headers).end(body);
}

function spoilt(body: Buffer, fault: FaultKind | undefined): Buffer {
  if (fault === 'malformed') return Buffer.from('<<< this is no answer {');
  return fault === 'truncated' || fault === 'disconnected' ? body.subarray(0, Math.floor(body.length / 2)) : body;
}
