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

/** `posture replay` of a folder of about so many bytes by all checks, as its own process: from its start to its end, with NDJSON that nobody keeps. */
export async function benchReplay(bytes: number): Promise<ReplayFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'posture-bench-'));
  try {
    const logs = join(folder, 'AWSLogs');
    const written = writeLogFiles(logs, bytes);
    const usageFile = join(folder, 'usage');
    const started = performance.now();
    await replayed(logs, usageFile);
    const seconds = (performance.now() - started) / 1000;
    const { maxRSS, userCPUTime, systemCPUTime } = JSON.parse(readFileSync(usageFile, 'utf8'));
    return { ...written, seconds, cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakMb: Math.round(maxRSS / 1024) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @throws if it fails, or finds nothing */
async function replayed(logs: string, usageFile: string): Promise<void> {
  const preload = join(import.meta.dirname, 'process-usage.ts');
  const entry = join(import.meta.dirname, '..', 'cli', 'main.ts');
  const child = spawn(process.execPath, [...PRODUCT_FLAGS, '--import', preload, entry, 'replay', logs, '--format', 'ndjson', '--quiet'], {
    env: { ...process.env, PROCESS_USAGE_FILE: usageFile },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const code = await new Promise<number | null>((done, failed) => child.on('error', failed).on('close', done));
  if (code !== 1) throw new Error(`replay ended with ${code}`);
}
