import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type InvokeOptions, type LambdaOptions, toEnvironment, toFunctionArn } from './lambda-environment.ts';
import { LambdaLog } from './lambda-log.ts';
import { RuntimeApi } from './runtime-api.ts';

const NAME = 'aws-lambda-ric';
const VERSION = '4.0.2';
const INTEGRITY = 'FE5Vskx7mYNnqAnWWJXUOsLp2VGgdsJsCoRLFTa8L4Yk0QVtArqR8q58yPA++QC1a73ZWJXBQ2AH31nIAv7NOQ==';
const FOLDER = join(import.meta.dirname, '../.cache', `${NAME}-${VERSION}`);
const CLIENT = join(import.meta.dirname, 'rapid-client.ts');

/**
 * The code that runs functions in Lambda itself, fetched once; where it cannot be had, why, in one line.
 * It is no dependency, for its installation compiles C.
 */
export function findRuntime(): { readonly main: string } | string {
  const main = join(FOLDER, 'package', 'index.mjs');
  if (existsSync(main)) return { main };
  const wrong = fetchRuntime();
  return wrong === undefined ? { main } : wrong;
}

/** Into a folder of its own first: whoever runs beside us sees all of it or nothing. */
function fetchRuntime(): string | undefined {
  const incoming = `${FOLDER}.${process.pid}`;
  const archive = join(incoming, `${NAME}-${VERSION}.tgz`);
  try {
    mkdirSync(incoming, { recursive: true });
    const pack = ['pack', '--silent', '--pack-destination', incoming, `${NAME}@${VERSION}`];
    if (spawnSync('npm', pack, { cwd: incoming, timeout: 60_000, stdio: 'ignore' }).status !== 0)
      return `npm could not fetch ${NAME}@${VERSION}`;
    const digest = createHash('sha512').update(readFileSync(archive)).digest('base64');
    if (digest !== INTEGRITY) return `${NAME}@${VERSION} from this registry is not what it should be (sha512 ${digest})`;
    if (spawnSync('tar', ['-xzf', archive, '-C', incoming], { stdio: 'ignore' }).status !== 0) return 'tar could not unpack it';
    if (!existsSync(FOLDER)) renameSync(incoming, FOLDER);
    return undefined;
  } finally {
    rmSync(incoming, { recursive: true, force: true });
  }
}

/** A bundled function under Lambda's own runtime, in one process. */
export class RuntimeLambda {
  readonly #api: RuntimeApi;
  readonly #child: ChildProcess;
  readonly #log: LambdaLog;

  constructor(api: RuntimeApi, child: ChildProcess, log: LambdaLog) {
    this.#api = api;
    this.#child = child;
    this.#log = log;
    child.once('exit', (code, signal) => {
      api.break(Object.assign(new Error(`the runtime ended with ${signal ?? code}`), { name: 'Lambda.Unknown' }));
    });
  }

  /** @throws Error with the name of what the handler threw */
  invoke(event: unknown, { remainingMs = 900_000 }: InvokeOptions = {}): Promise<unknown> {
    return this.#api.invoke(event, remainingMs);
  }

  /** What the function and its runtime have written so far, by line. */
  log(): readonly string[] {
    return this.#log.lines();
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const ended = once(this.#child, 'exit');
      this.#child.kill('SIGKILL');
      await ended;
    }
    this.#api.close();
    this.#log.close();
  }
}

/** Starts a function as Lambda does. `main` is that of {@link findRuntime}. */
export async function startRuntimeLambda(main: string, options: LambdaOptions): Promise<RuntimeLambda> {
  const api = new RuntimeApi(toFunctionArn(options));
  const address = await api.listen();
  const log = new LambdaLog();
  const environment = {
    ...toEnvironment(options),
    AWS_LAMBDA_RUNTIME_API: address,
    // Its own HTTP client asks for work; what it answers through is CLIENT, in place of compiled C.
    AWS_LAMBDA_NODEJS_USE_ALTERNATIVE_CLIENT_1: 'true',
  };
  const child = spawn(process.execPath, ['--import', pathToFileURL(CLIENT).href, main], {
    cwd: options.asset,
    env: environment,
    stdio: ['ignore', log.file, log.file],
  });
  return new RuntimeLambda(api, child, log);
}
