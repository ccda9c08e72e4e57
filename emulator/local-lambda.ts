import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { type InvokeOptions, type LambdaOptions, toEnvironment, toFunctionArn } from './lambda-environment.ts';
import { LambdaLog } from './lambda-log.ts';
import { type Invocation, isOutcome, type Outcome } from './lambda-messages.ts';

/** Makes a bundled function ready to be invoked. A process starts when an invocation finds none that is free. */
export function startLambda(options: LambdaOptions): LocalLambda {
  return new LocalLambda(options);
}

/** A function as Lambda runs it: in processes of its own, each of which answers one invocation at a time and is used again for the next. */
export class LocalLambda {
  readonly functionArn: string;
  readonly #asset: string;
  readonly #command: readonly string[];
  readonly #environment: Readonly<Record<string, string>>;
  readonly #log = new LambdaLog();
  readonly #alive = new Set<ChildProcess>();
  readonly #idle: ChildProcess[] = [];

  constructor(options: LambdaOptions) {
    const [module = '', exported = ''] = options.handler.split('.');
    this.functionArn = toFunctionArn(options);
    this.#asset = options.asset;
    this.#command = [join(options.asset, `${module}.mjs`), exported];
    this.#environment = toEnvironment(options);
  }

  /**
   * Event and result go through JSON. @throws Error with the name that Step Functions would see: the handler's error's own,
   * `Lambda.Unknown` when the process died, `Sandbox.Timedout` when its time was over
   */
  async invoke(event: unknown, { remainingMs = 900_000 }: InvokeOptions = {}): Promise<unknown> {
    const child = this.#idle.pop() ?? this.#start();
    const outcome = await answerOf(child, { event, remainingMs, awsRequestId: randomUUID(), functionArn: this.functionArn });
    if ('fatal' in outcome) this.#alive.delete(child);
    if (this.#alive.has(child)) this.#idle.push(child);
    if ('errorType' in outcome) throw Object.assign(new Error(outcome.errorMessage), { name: outcome.errorType });
    return outcome.result;
  }

  /** What the function has written so far, by line. */
  log(): readonly string[] {
    return this.#log.lines();
  }

  /** Ends its processes as they stand: what they are doing fails with `Lambda.Unknown`, and the next invocation starts afresh. */
  kill(): void {
    for (const child of this.#alive) child.kill('SIGKILL');
    this.#alive.clear();
    this.#idle.length = 0;
  }

  /** Ends its processes, and waits until they have ended. */
  async stop(): Promise<void> {
    const ends = [...this.#alive].map((child) => once(child, 'exit'));
    this.kill();
    await Promise.all(ends);
    this.#log.close();
  }

  #start(): ChildProcess {
    const child = fork(BOOTSTRAP, [...this.#command], {
      cwd: this.#asset,
      env: this.#environment,
      // A debugger or a loader of this process is none of the function's business.
      execArgv: [],
      stdio: ['ignore', this.#log.file, this.#log.file, 'ipc'],
    });
    this.#alive.add(child);
    child.once('exit', () => {
      this.#alive.delete(child);
      const index = this.#idle.indexOf(child);
      if (index >= 0) this.#idle.splice(index, 1);
    });
    return child;
  }
}

const BOOTSTRAP = join(import.meta.dirname, 'lambda-process.ts');

function answerOf(child: ChildProcess, invocation: Invocation): Promise<Outcome> {
  return new Promise((resolve) => {
    const settle = (outcome: Outcome) => {
      clearTimeout(timeout);
      child.off('message', onMessage).off('exit', onExit);
      resolve(outcome);
    };
    const onMessage = (message: unknown) => isOutcome(message) && settle(message);
    const onExit = (code: number | null, signal: string | null) =>
      settle({ errorType: 'Lambda.Unknown', errorMessage: `the process ended with ${signal ?? code}`, fatal: true });
    const timeout = setTimeout(() => {
      child.kill('SIGKILL');
      const errorMessage = `Task timed out after ${(invocation.remainingMs / 1000).toFixed(2)} seconds`;
      settle({ errorType: 'Sandbox.Timedout', errorMessage, fatal: true });
    }, invocation.remainingMs);
    child.on('message', onMessage).on('exit', onExit);
    child.send(invocation);
  });
}
