import { NodeHttpHandler } from '@smithy/node-http-handler';
import { seedAccount } from './account/seed.ts';
import type { Account } from './account.ts';
import type { CallLog } from './call-log.ts';
import { credentialsOf, DEFAULT_ACCOUNT } from './callers.ts';
import { type ClientSettings, loopbackAgent } from './client-settings.ts';
import type { Faults } from './faults.ts';
import { type Moto, startMoto } from './moto.ts';
import { AwsProxy } from './proxy.ts';
import { Recording } from './recording.ts';
import { COMMERCIAL_REGIONS, type LoggedEvent, type Organization, type SeededKind } from './state.ts';

export interface LocalAwsOptions {
  /** The regions that accounts may use; the 17 that are always on if absent. */
  readonly regions?: readonly string[];
  /** Elements a page at most: small to make readers page. */
  readonly pageSize?: number;
}

/** Finds the id that something described was given, by its kind and name. */
export type IdOf = (kind: SeededKind, name: string) => string;

/**
 * Starts AWS on this machine: moto behind a proxy. In a test file:
 *
 *     const aws = await startLocalAws({ regions: ['us-east-1'] });            // at the top of the file; afterAll(() => aws.stop())
 *     const idOf = await aws.seed(account('111122223333').user('alice', { password: true }).instance('web'));
 *     Object.assign(process.env, aws.environment('111122223333'));            // or new EC2Client(aws.client('111122223333'))
 *     aws.faults.add({ service: 'ec2', operation: 'DescribeVpcs', kind: 'access-denied' });  // …and aws.calls.count() afterwards
 */
export async function startLocalAws({ regions, pageSize = 1000 }: LocalAwsOptions = {}): Promise<LocalAws> {
  const proxy = new AwsProxy({ regions: regions ? { enabled: regions, notOptedIn: ['af-south-1'] } : COMMERCIAL_REGIONS, pageSize });
  const port = await proxy.listen();
  try {
    const moto = await startMoto(port);
    proxy.connect(moto.port);
    return new LocalAws(proxy, moto);
  } catch (error) {
    await proxy.close();
    throw error;
  }
}

export class LocalAws {
  readonly #proxy: AwsProxy;
  readonly #moto: Moto;
  readonly #requestHandler = new NodeHttpHandler({ httpAgent: loopbackAgent({ keepAlive: true }) });

  constructor(proxy: AwsProxy, moto: Moto) {
    this.#proxy = proxy;
    this.#moto = moto;
  }

  get endpoint(): string {
    return `http://localhost:${this.#proxy.port}`;
  }

  /** What goes wrong from now on. */
  get faults(): Faults {
    return this.#proxy.faults;
  }

  /** What was asked. Seeding is not in it. */
  get calls(): CallLog {
    return this.#proxy.calls;
  }

  get pageSize(): number {
    return this.#proxy.pageSize;
  }

  set pageSize(size: number) {
    this.#proxy.pageSize = size;
  }

  /** Settings for the client of any service in an account. One attempt only, so that tests see what the first answer was. */
  client(accountId: string = DEFAULT_ACCOUNT, region = 'us-east-1'): ClientSettings {
    const credentials = credentialsOf(accountId);
    return { endpoint: this.endpoint, region, credentials, requestHandler: this.#requestHandler, forcePathStyle: true, maxAttempts: 1 };
  }

  /** Environment for the SDK's default chain, here or in a child process. */
  environment(accountId: string = DEFAULT_ACCOUNT, region = 'us-east-1'): Readonly<Record<string, string>> {
    const { accessKeyId, secretAccessKey } = credentialsOf(accountId);
    return { AWS_ENDPOINT_URL: this.endpoint, AWS_REGION: region, AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
  }

  /** Makes described accounts so, one after the other. An account is described once between resets. Gives the ids in the last of them. */
  async seed(first: Account, ...others: readonly Account[]): Promise<IdOf> {
    let idOf = await this.#seed(first);
    for (const other of others) idOf = await this.#seed(other);
    return idOf;
  }

  async #seed(account: Account): Promise<IdOf> {
    const state = this.#proxy.world.describe(account);
    await seedAccount({ state, motoPort: this.#moto.port, callers: this.#proxy.callers });
    return (kind, name) => state.idOf(kind, name);
  }

  /** From now on there is this organization. Its accounts need not be seeded. */
  organize(organization: Organization): void {
    this.#proxy.world.organization = organization;
  }

  /** Puts an event into CloudTrail's history of an account; each event is found by the names of its resources. */
  log(accountId: string, ...events: readonly LoggedEvent[]): void {
    this.#proxy.world.of(accountId).history.push(...events);
  }

  /** The id that something described for an account was given. */
  idOf(accountId: string, kind: SeededKind, name: string): string {
    return this.#proxy.world.of(accountId).idOf(kind, name);
  }

  /** From now on every answer is kept, besides being given. */
  record(): Recording {
    const recording = new Recording();
    this.#proxy.mode = { kind: 'record', recording };
    return recording;
  }

  /** From now on only recorded answers are given, at full speed, with faults on top. What was not recorded is answered with the error `NotRecorded`. */
  replay(recording: Recording): void {
    this.#proxy.mode = { kind: 'replay', recording };
  }

  /** Moto answers again. */
  live(): void {
    this.#proxy.mode = { kind: 'live' };
  }

  /** An empty AWS: no accounts, faults, calls or recording. */
  async reset(): Promise<void> {
    await fetch(`http://127.0.0.1:${this.#moto.port}/moto-api/reset`, { method: 'POST' });
    this.#proxy.world.clear();
    this.#proxy.callers.clear();
    this.#proxy.faults.clear();
    this.#proxy.calls.reset();
    this.live();
  }

  async stop(): Promise<void> {
    this.#requestHandler.destroy();
    await this.#proxy.close();
    await this.#moto.stop();
  }
}
