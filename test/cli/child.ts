import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { emptyFolder } from './fake-world.ts';

export const MAIN = join(import.meta.dirname, '../../cli/main.ts');

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A real process, with no credentials and no settings but those given. */
export function start(
  argv: readonly string[],
  env: Readonly<Record<string, string>> = {},
  cwd = emptyFolder(),
  program = MAIN,
): { readonly child: ChildProcess; readonly ended: Promise<Ended> } {
  const home = { HOME: cwd, AWS_EC2_METADATA_DISABLED: 'true', AWS_REGION: 'us-east-1', PATH: process.env.PATH };
  const child = spawn(process.execPath, [program, ...argv], { cwd, env: { ...home, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const written = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    written.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    written.err += text;
  });
  const ended = new Promise<Ended>((resolve, reject) => child.on('error', reject).on('close', (code) => resolve({ code, ...written })));
  return { child, ended };
}
