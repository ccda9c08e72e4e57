import { NodeHttpHandler } from '@smithy/node-http-handler';
import { credentialsOf } from '../callers.ts';
import { type ClientSettings, loopbackAgent } from '../client-settings.ts';

/** Clients that talk to moto itself, past the proxy, in one account. */
export interface SeedClients {
  /** One client per service and region. */
  readonly client: <C extends object>(type: new (config: ClientSettings) => C, region: string) => C;
  readonly close: () => void;
}

export function seedClients(motoPort: number, accountId: string): SeedClients {
  const agent = loopbackAgent({ keepAlive: false });
  const clients = new Map<string, object>();
  // The handler adds the header: the one place that all clients share.
  const requestHandler = new AccountHandler(accountId, { httpAgent: agent });
  return {
    client(type, region) {
      const key = `${type.name} ${region}`;
      const known = clients.get(key);
      if (known instanceof type) return known;
      const created = new type({
        endpoint: `http://localhost:${motoPort}`,
        region,
        credentials: credentialsOf(accountId),
        requestHandler,
        maxAttempts: 1,
        forcePathStyle: true,
      });
      clients.set(key, created);
      return created;
    },
    close: () => agent.destroy(),
  };
}

/** Names the account in the header by which moto keeps accounts apart. */
class AccountHandler extends NodeHttpHandler {
  readonly #accountId: string;

  constructor(accountId: string, options: { readonly httpAgent: ReturnType<typeof loopbackAgent> }) {
    super(options);
    this.#accountId = accountId;
  }

  override async handle(...[request, options]: Parameters<NodeHttpHandler['handle']>): ReturnType<NodeHttpHandler['handle']> {
    request.headers['x-moto-account-id'] = this.#accountId;
    const handled = await super.handle(request, options);
    // Moto's page of HTML for what it cannot do would only be reported as an answer that cannot be read.
    if (handled.response.statusCode >= 500)
      throw new Error(`moto cannot do what seeding asks: ${request.method} ${request.path} ${String(request.body ?? '')}`);
    return handled;
  }
}
