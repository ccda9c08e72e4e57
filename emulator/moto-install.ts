import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, rmdirSync } from 'node:fs';
import { delimiter, join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const REQUIREMENT = 'moto[server]==5.2.1';
const ENVIRONMENT = join(import.meta.dirname, '..', '.venv');
const LOCK = `${ENVIRONMENT}.lock`;
const INSTALLED = join(ENVIRONMENT, 'bin', 'moto_server');
const INSTALL_TIMEOUT_MS = 300_000;

/** Each `moto_server` there is: the machine's own, then that of the repository's virtual environment. */
export function findMoto(): readonly string[] {
  const onPath = (process.env.PATH ?? '').split(delimiter).map((directory) => join(directory, 'moto_server'));
  // While another test worker installs, the one in the environment is not yet whole.
  const own = existsSync(LOCK) ? [] : [INSTALLED];
  return [...onPath, ...own].filter((candidate) => existsSync(candidate));
}

/** Makes the repository's virtual environment with moto in it, once for all who ask at a time. @throws Error with one line that says what to install */
export async function installMoto(): Promise<string> {
  const deadline = Date.now() + INSTALL_TIMEOUT_MS;
  while (!locked()) {
    if (Date.now() > deadline) throw new Error(`The installation of moto does not end: remove ${LOCK} and try again.`);
    await sleep(200);
  }
  try {
    if (!existsSync(INSTALLED)) await install();
  } finally {
    rmdirSync(LOCK);
  }
  return INSTALLED;
}

async function install(): Promise<void> {
  const needs = `The local AWS needs Python 3.9 or newer with venv, and the package ${REQUIREMENT}`;
  const pip = join(ENVIRONMENT, 'bin', 'pip');
  process.stderr.write(`Installing ${REQUIREMENT} into ${relative(process.cwd(), ENVIRONMENT)}, once.\n`);
  await run('python3', ['-m', 'venv', ENVIRONMENT], `${needs}: install python3 and python3-venv.`);
  await run(pip, ['install', '--quiet', '--disable-pip-version-check', REQUIREMENT], `${needs}: "pip install '${REQUIREMENT}'" failed.`);
}

/** Does not block: whoever runs this process may expect signs of life. */
async function run(command: string, args: readonly string[], advice: string): Promise<void> {
  const child = spawn(command, [...args], { stdio: 'ignore' });
  try {
    const [status] = await once(child, 'exit');
    if (status !== 0) throw new Error(`${command} ended with ${status}`);
  } catch (error) {
    throw new Error(advice, { cause: error });
  }
}

function locked(): boolean {
  try {
    mkdirSync(LOCK);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}
