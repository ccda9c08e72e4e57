import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Estate } from './estate.ts';
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
  readonly exitCode: number;
}

/** A first `posture scan` of an imagined account, as its own process: command line, checks, SQLite store and JSON output. */
export async function benchScan(estate: Estate, latency: number): Promise<ScanFigures> {
  const aws = await startSimulatedAws(estate, latency);
  const folder = mkdtempSync(join(tmpdir(), 'posture-bench-'));
  try {
    const output = join(folder, 'scan.json');
    const started = performance.now();
    const child = await scanProcess(['scan', '--format', 'json', '--output', output, '--store', join(folder, 'findings.db')], aws.endpoint);
    const seconds = (performance.now() - started) / 1000;
    const { run, coverage } = JSON.parse(readFileSync(output, 'utf8'));
    return {
      ...{ seconds, peakMb: child.peakMb, exitCode: child.code, throttled: aws.throttled() },
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

function scanProcess(argv: readonly string[], endpoint: string): Promise<{ readonly code: number; readonly peakMb: number }> {
  const env = {
    ...process.env,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'AKIABENCH',
    AWS_SECRET_ACCESS_KEY: 'bench',
    AWS_REGION: 'us-east-1',
  };
  const child = spawn(process.execPath, [join(import.meta.dirname, 'scan-child.ts'), ...argv], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString('utf8');
  });
  return new Promise((done, failed) => {
    child.on('error', failed);
    child.on('close', () => (said === '' ? failed(new Error('the scan ended without a word')) : done(JSON.parse(said))));
  });
}
