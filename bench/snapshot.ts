import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Estate } from './estate.ts';
import { PRODUCT_FLAGS } from './product-flags.ts';
import { startSimulatedAws } from './simulated-aws.ts';

/** What one command took. */
export interface CommandFigures {
  readonly seconds: number;
  readonly peakMb: number;
  readonly exitCode: number | null;
}

export interface SnapshotFigures {
  readonly collect: CommandFigures;
  readonly offline: CommandFigures;
  /** Of the file. */
  readonly bytes: number;
  readonly resources: number;
  readonly evaluations: number;
  /** A live scan gave the very same rows. */
  readonly same: boolean;
}

/** Collects an imagined account, judges the snapshot, and compares with a live scan; each as its own process. */
export async function benchSnapshot(estate: Estate, latency: number): Promise<SnapshotFigures> {
  const aws = await startSimulatedAws(estate, latency);
  const folder = mkdtempSync(join(tmpdir(), 'posture-bench-'));
  const at = (name: string) => join(folder, name);
  try {
    const collect = await measured(['collect', '-o', at('snapshot.json.gz'), '--quiet'], folder, aws.endpoint);
    const scan = ['scan', '--format', 'json', '--all', '--fail-on', 'none'];
    await measured([...scan, '--no-store', '--output', at('live.json')], folder, aws.endpoint);
    const offline = await measured(
      [...scan, '--snapshot', at('snapshot.json.gz'), '--output', at('offline.json')],
      folder,
      'http://127.0.0.1:1',
    );
    const [live, judged] = ['live.json', 'offline.json'].map((name) => JSON.parse(readFileSync(at(name), 'utf8')));
    return {
      ...{ collect, offline },
      bytes: statSync(at('snapshot.json.gz')).size,
      resources: judged.coverage.resources,
      evaluations: judged.coverage.evaluations,
      same: timeless(live.findings) === timeless(judged.findings),
    };
  } finally {
    await aws.stop();
    rmSync(folder, { recursive: true });
  }
}

/** The two scans are not of the same second. */
function timeless(findings: readonly object[]): string {
  return JSON.stringify(findings, (name, value: unknown) => (/^(firstSeenAt|openedAt|lastSeenAt)$/.test(name) ? undefined : value));
}

async function measured(argv: readonly string[], folder: string, endpoint: string): Promise<CommandFigures> {
  const peakFile = join(folder, 'peak');
  const credentials = { AWS_ACCESS_KEY_ID: 'AKIABENCH', AWS_SECRET_ACCESS_KEY: 'bench', AWS_REGION: 'us-east-1' };
  const env = { ...process.env, ...credentials, AWS_ENDPOINT_URL: endpoint, PEAK_MEMORY_FILE: peakFile };
  const preload = join(import.meta.dirname, 'peak-memory.ts');
  const entry = join(import.meta.dirname, '..', 'cli', 'main.ts');
  const started = performance.now();
  const child = spawn(process.execPath, [...PRODUCT_FLAGS, '--import', preload, entry, ...argv], {
    ...{ cwd: folder, env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const exitCode = await new Promise<number | null>((done, failed) => child.on('error', failed).on('close', done));
  const seconds = (performance.now() - started) / 1000;
  return { seconds, exitCode, peakMb: Math.round(Number(readFileSync(peakFile, 'utf8')) / 1024) };
}
