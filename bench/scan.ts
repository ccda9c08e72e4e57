import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Estate } from './estate.ts';
import { PRODUCT_FLAGS } from './product-flags.ts';
import { startSimulatedAws } from './simulated-aws.ts';

export interface ScanFigures {
  readonly seconds: number;
  readonly peakMb: number;
  readonly calls: number;
  readonly callsByOperation: Readonly<Record<string, number>>;
  /** Throttling answers that the simulated AWS gave. */
  readonly throttled: number;
  readonly evaluations: number;
  readonly unknown: number;
  readonly exitCode: number | null;
}

/** A first `posture scan` of an imagined account, as its own process: command line, checks, SQLite store and JSON output. */
export async function benchScan(estate: Estate, latency: number): Promise<ScanFigures> {
  const aws = await startSimulatedAws(estate, latency);
  const folder = mkdtempSync(join(tmpdir(), 'posture-bench-'));
  try {
    const output = join(folder, 'scan.json');
    const peakFile = join(folder, 'peak');
    const started = performance.now();
    const exitCode = await scanProcess(
      ['scan', '--format', 'json', '--output', output, '--store', join(folder, 'findings.db')],
      aws.endpoint,
      peakFile,
    );
    const seconds = (performance.now() - started) / 1000;
    const peakMb = Math.round(Number(readFileSync(peakFile, 'utf8')) / 1024);
    const { run, coverage } = JSON.parse(readFileSync(output, 'utf8'));
    return {
      ...{ seconds, peakMb, exitCode, throttled: aws.throttled() },
      calls: run.calls.total,
      callsByOperation: run.calls.byOperation,
      evaluations: coverage.evaluations,
      unknown: coverage.unknown,
    };
  } finally {
    await aws.stop();
    rmSync(folder, { recursive: true });
  }
}

/** Runs the command line as a user would; gives its exit code. */
function scanProcess(argv: readonly string[], endpoint: string, peakFile: string): Promise<number | null> {
  const credentials = { AWS_ACCESS_KEY_ID: 'AKIABENCH', AWS_SECRET_ACCESS_KEY: 'bench', AWS_REGION: 'us-east-1' };
  const env = { ...process.env, ...credentials, AWS_ENDPOINT_URL: endpoint, PEAK_MEMORY_FILE: peakFile };
  const preload = join(import.meta.dirname, 'peak-memory.ts');
  const entry = join(import.meta.dirname, '..', 'cli', 'main.ts');
  const child = spawn(process.execPath, [...PRODUCT_FLAGS, '--import', preload, entry, ...argv], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return new Promise((done, failed) => child.on('error', failed).on('close', done));
}
