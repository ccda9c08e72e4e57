import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import * as z from 'zod';
import { bodyOf } from './backend.ts';

const Failure = z.object({ errorType: z.string(), errorMessage: z.string() });

interface Pending {
  readonly event: unknown;
  readonly deadline: number;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** What Lambda's runtimes ask for work, on loopback: https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html */
export class RuntimeApi {
  readonly #functionArn: string;
  /** By request id, in the order in which they came. */
  readonly #pending = new Map<string, Pending>();
  /** Ids of those that no runtime has taken yet. */
  readonly #waiting: string[] = [];
  /** Runtimes that wait for an invocation. */
  readonly #idle: ServerResponse[] = [];
  #broken: Error | undefined;
  readonly #server = createServer((request, response) => void this.#serve(request, response));

  constructor(functionArn: string) {
    this.#functionArn = functionArn;
  }

  /** Starts to listen; gives what the runtime finds in `AWS_LAMBDA_RUNTIME_API`. */
  async listen(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address();
    return `127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`;
  }

  /** @throws Error with the name of what the handler threw, or of what kept the runtime from loading it */
  invoke(event: unknown, remainingMs: number): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const id = randomUUID();
      this.#pending.set(id, { event, deadline: Date.now() + remainingMs, resolve, reject });
      this.#waiting.push(id);
      this.#handOut();
    });
  }

  /** All that is under way fails, and all that comes. */
  break(error: Error): void {
    this.#broken = error;
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, id = '', what = ''] = /^\/2018-06-01\/runtime\/(?:invocation\/)?([^/]+)(?:\/(\w+))?$/.exec(request.url ?? '') ?? [];
    if (id === 'next') {
      this.#idle.push(response);
      this.#handOut();
      return;
    }
    const body: unknown = JSON.parse((await bodyOf(request)).toString());
    response.writeHead(202).end('{}');
    if (id === 'init') this.break(toError(body));
    else this.#settle(id, what, body);
  }

  #settle(id: string, what: string, body: unknown): void {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    if (what === 'error') pending?.reject(toError(body));
    else pending?.resolve(body);
  }

  #handOut(): void {
    if (this.#broken) this.break(this.#broken);
    const [id] = this.#waiting;
    const pending = id === undefined ? undefined : this.#pending.get(id);
    const response = pending && this.#idle.shift();
    if (id === undefined || !pending || !response) return;
    this.#waiting.shift();
    const headers = {
      'content-type': 'application/json',
      'Lambda-Runtime-Aws-Request-Id': id,
      'Lambda-Runtime-Deadline-Ms': String(pending.deadline),
      'Lambda-Runtime-Invoked-Function-Arn': this.#functionArn,
      'Lambda-Runtime-Trace-Id': 'Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=0',
    };
    response.writeHead(200, headers).end(JSON.stringify(pending.event));
  }
}

function toError(body: unknown): Error {
  const { errorType, errorMessage } = Failure.parse(body);
  return Object.assign(new Error(errorMessage), { name: errorType });
}
