import { type ChildProcess, spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.ts';
import { findMoto, installMoto } from './moto-install.ts';

const START_TIMEOUT_MS = 30_000;
/** Python imports `sitecustomize` from here, whatever launcher it is started by. */
const QUICKER = join(import.meta.dirname, 'moto');

/** A running moto server. */
export interface Moto {
  readonly port: number;
  /** Ends it, and waits until it has ended. */
  readonly stop: () => Promise<void>;
}

/** Starts moto on a free loopback port. `publicPort` is the port that moto should name in the addresses it hands out. */
export async function startMoto(publicPort: number): Promise<Moto> {
  for (const command of findMoto()) {
    const moto = await start(command, publicPort);
    if (moto) return moto;
  }
  const installed = await installMoto();
  const moto = await start(installed, publicPort);
  if (!moto) throw new Error(`${installed} does not start`);
  return moto;
}

/** `undefined` when the server ends at once: a launcher on PATH may be there for a Python that does not have moto. */
async function start(command: string, publicPort: number): Promise<Moto | undefined> {
  const port = await freePort();
  const child = spawn(command, ['-H', '127.0.0.1', '-p', String(port)], {
    stdio: 'ignore',
    // A launcher script may start another process: a group of its own can be ended as a whole.
    detached: true,
    env: {
      ...process.env,
      PYTHONPATH: [QUICKER, process.env.PYTHONPATH ?? []].flat().join(delimiter),
      MOTO_PORT: String(publicPort),
      MOTO_EC2_LOAD_DEFAULT_AMIS: 'false',
      MOTO_IAM_LOAD_MANAGED_POLICIES: 'true',
      MOTO_S3_ALLOW_CROSSACCOUNT_ACCESS: 'false',
    },
  });
  const stop = stopper(child);
  if (await ready(child, port)) return { port, stop };
  await stop();
  return undefined;
}

function stopper(child: ChildProcess): () => Promise<void> {
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const kill = () => {
    if (isRunning(child)) killGroup(child.pid);
  };
  const onSignal = (name: NodeJS.Signals) => {
    kill();
    process.removeListener(name, onSignal);
    process.kill(process.pid, name);
  };
  process.once('exit', kill);
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, onSignal);
  return async () => {
    process.removeListener('exit', kill);
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.removeListener(name, onSignal);
    kill();
    await ended;
  };
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

async function ready(child: ChildProcess, port: number): Promise<boolean> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline && isRunning(child)) {
    if (await answers(port)) return true;
    await sleep(50);
  }
  return false;
}

function isRunning(child: ChildProcess): child is ChildProcess & { readonly pid: number } {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null;
}

async function answers(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/moto-api/`)).ok;
  } catch (error) {
    // fetch throws TypeError for a refused connection: the server is not up yet.
    if (error instanceof TypeError) return false;
    throw error;
  }
}
