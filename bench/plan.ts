import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { bundleFunctions } from '../cdk/bundle.ts';
import { COMMERCIAL_REGIONS } from '../emulator/state.ts';
import { startSimulatedOrganization } from './simulated-organization.ts';

export interface PlanFigures {
  readonly seconds: number;
  readonly peakMb: number;
  readonly jobs: number;
  /** Of the job file. */
  readonly bytes: number;
  /** The largest piece of it that was sent at once. */
  readonly largestPart: number;
  /** Accounts that were listed and not yet planned, at most. */
  readonly ahead: number;
  readonly throttled: number;
}

/** Plans an audit of an imagined organization with the function as it is deployed, in a process of its own that has just started. */
export async function benchPlan(accounts: number, regions: number, latency: number): Promise<PlanFigures> {
  const organization = await startSimulatedOrganization(accounts, COMMERCIAL_REGIONS.enabled.slice(0, regions), latency);
  const folder = mkdtempSync(join(tmpdir(), 'posture-bench-'));
  try {
    const asset = join(folder, 'asset');
    await bundleFunctions({ outdir: asset, config: { organization: { id: 'o-exampleorgid', units: ['r-abcd'] } } });
    const peakFile = join(folder, 'peak');
    const started = performance.now();
    const printed = await invoked(asset, organization.endpoint, peakFile);
    const seconds = (performance.now() - started) / 1000;
    const { uploaded } = organization;
    return {
      seconds,
      peakMb: Math.round(Number(readFileSync(peakFile, 'utf8')) / 1024),
      jobs: JSON.parse(printed.split('\n').at(-1) ?? '{}').jobs.count,
      bytes: uploaded.reduce((sum, size) => sum + size, 0),
      largestPart: Math.max(...uploaded),
      ahead: organization.ahead(),
      throttled: organization.throttled(),
    };
  } finally {
    await organization.stop();
    rmSync(folder, { recursive: true });
  }
}

/** The heap that Lambda's runtime gives to a function of 256 MB: a tenth is for what is new, the rest for what is old. */
const HEAP = ['--max-semi-space-size=25', '--max-old-space-size=461'];

/** Gives what the function's process printed. */
async function invoked(asset: string, endpoint: string, peakFile: string): Promise<string> {
  const event = {
    execution: { id: 'arn:aws:states:eu-west-1:100000000000:execution:audit:bench', startTime: '2026-11-21T08:49:27.000Z' },
    round: 0,
  };
  const preload = join(import.meta.dirname, 'peak-memory.ts');
  const script = join(import.meta.dirname, 'invoke.ts');
  const child = spawn(process.execPath, [...HEAP, '--import', preload, script, join(asset, 'plan.mjs'), JSON.stringify(event)], {
    env: { ...process.env, ...ENVIRONMENT, LAMBDA_TASK_ROOT: asset, AWS_ENDPOINT_URL: endpoint, PEAK_MEMORY_FILE: peakFile },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((done, failed) => child.on('error', failed).on('close', done));
  const printed = await text(child.stdout);
  const code = await ended;
  if (code !== 0) throw new Error(`planning ended with ${code}`);
  return printed;
}

const ENVIRONMENT = {
  ...{ AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'AKIABENCH', AWS_SECRET_ACCESS_KEY: 'bench', AWS_LAMBDA_FUNCTION_NAME: 'bench' },
  ...{ POSTURE_TABLE: 'posture', POSTURE_BUCKET: 'jobs', POSTURE_ROLE: 'cloud-posture-audit', POSTURE_EXTERNAL_ID: 'bench' },
  ...{ POSTURE_PARTITION: 'aws', POWERTOOLS_SERVICE_NAME: 'cloud-posture', POWERTOOLS_METRICS_NAMESPACE: 'CloudPosture' },
};
