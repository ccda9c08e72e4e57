import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { COMPILED } from './child-environment.ts';

export interface Ended {
  /** `null` when it was killed. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Posture {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

export interface Place {
  readonly cwd: string;
  /** What the shell would have besides PATH: nothing of the machine's own AWS configuration. */
  readonly env: Readonly<Record<string, string>>;
}

const MAIN = join(import.meta.dirname, '../../cli/main.ts');

/** Runs the `posture` command as a process of its own, as a shell would, without a terminal. */
export function startPosture(argv: readonly string[], { cwd, env }: Place): Posture {
  const child = spawn(process.execPath, [MAIN, ...argv], {
    cwd,
    env: { PATH: process.env.PATH, HOME: cwd, AWS_EC2_METADATA_DISABLED: 'true', ...COMPILED, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
  return { child, ended };
}
