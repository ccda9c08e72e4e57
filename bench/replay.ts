import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeLogFiles } from './log-files.ts';
import { PRODUCT_FLAGS } from './product-flags.ts';

export interface ReplayFigures {
  readonly records: number;
  readonly bytes: number;
  /** Where the records come from. */
  readonly origin: string;
  readonly seconds: number;
  /** Of all threads: what one core would have needed alone. */
  readonly cpuSeconds: number;
  readonly peakMb: number;
}

/** Of which the fastest counts, and the one that took most memory: other work on the machine must not decide. */
const ROUNDS = 3;

/**
 * `posture replay` of a folder of about so many bytes by all checks, as its own process: from its start to its end, with NDJSON that nobody keeps. Again, as
 * long as it is slower than so many records a second and core.
 */
export async function benchReplay(bytes: number, wanted = 0): Promise<ReplayFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'posture-bench-'));
  try {
    const logs = join(folder, 'AWSLogs');
    const written = writeLogFiles(logs, bytes);
    const rounds: Round[] = [];
    do rounds.push(await replayed(logs, join(folder, 'usage')));
    while (rounds.length < ROUNDS && rounds.every(({ cpuSeconds }) => written.records / cpuSeconds < wanted));
    const [fastest = { seconds: 0, cpuSeconds: 0 }] = rounds.toSorted((a, b) => a.cpuSeconds - b.cpuSeconds);
    return { ...written, ...fastest, peakMb: Math.max(...rounds.map(({ peakMb }) => peakMb)) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

type Round = Pick<ReplayFigures, 'seconds' | 'cpuSeconds' | 'peakMb'>;

/** @throws if it fails, or finds nothing */
async function replayed(logs: string, usageFile: string): Promise<Round> {
  const started = performance.now();
  const preload = join(import.meta.dirname, 'process-usage.ts');
  const entry = join(import.meta.dirname, '..', 'cli', 'main.ts');
  const child = spawn(process.execPath, [...PRODUCT_FLAGS, '--import', preload, entry, 'replay', logs, '--format', 'ndjson', '--quiet'], {
    env: { ...process.env, PROCESS_USAGE_FILE: usageFile },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const code = await new Promise<number | null>((done, failed) => child.on('error', failed).on('close', done));
  if (code !== 1) throw new Error(`replay ended with ${code}`);
  const { maxRSS, userCPUTime, systemCPUTime } = JSON.parse(readFileSync(usageFile, 'utf8'));
  return {
    seconds: (performance.now() - started) / 1000,
    cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
    peakMb: Math.round(maxRSS / 1024),
  };
}
