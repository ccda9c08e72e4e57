import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { bundleFunctions, FUNCTIONS } from '../cdk/bundle.ts';

export interface FunctionFigures {
  /** Median milliseconds that the import of a function's module takes in a fresh process, by function. */
  readonly importMs: Readonly<Record<string, number>>;
  /** Bytes of the asset as Lambda is sent it. */
  readonly zipBytes: number;
}

const RUNS = 10;

/** Bundles the functions as a deployment does, and measures them. */
export async function benchFunctions(): Promise<FunctionFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'posture-bench-'));
  try {
    await bundleFunctions({ outdir: folder, config: {} });
    // In turns, so that a busy moment of the machine is shared by all of them.
    const runs = Array.from({ length: RUNS }, () => FUNCTIONS.map((name) => importMs(folder, name)));
    return {
      importMs: Object.fromEntries(FUNCTIONS.map((name, index) => [name, median(runs.map((run) => run[index] ?? 0))])),
      zipBytes: zipBytes(folder),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** All the environment that a deployed function has, and Lambda's own. */
const ENVIRONMENT = {
  AWS_REGION: 'eu-west-1',
  AWS_LAMBDA_FUNCTION_NAME: 'bench',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
  POSTURE_TABLE: 'cloud-posture',
  POSTURE_TOPIC: 'arn:aws:sns:eu-west-1:111122223333:cloud-posture',
  POSTURE_BUCKET: 'cloud-posture-jobs',
  POSTURE_EVENTS: 'https://sqs.eu-west-1.amazonaws.com/111122223333/cloud-posture-events',
  POSTURE_ROLE: 'cloud-posture-audit',
  POSTURE_EXTERNAL_ID: 'bench',
  POSTURE_PARTITION: 'aws',
  POSTURE_SECURITY_HUB: 'on',
  POWERTOOLS_SERVICE_NAME: 'cloud-posture',
  POWERTOOLS_METRICS_NAMESPACE: 'CloudPosture',
};

function importMs(folder: string, name: string): number {
  const { stdout, status } = spawnSync(process.execPath, [join(import.meta.dirname, 'import-time.ts'), join(folder, `${name}.mjs`)], {
    env: { ...ENVIRONMENT, LAMBDA_TASK_ROOT: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${name} cannot be imported`);
  return Number(stdout);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}

/** Headers of an archive of the ZIP format, besides the name that stands in each: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT */
const HEADERS = { local: 30, central: 46, end: 22 };

/** What the folder takes as a ZIP archive. */
export function zipBytes(folder: string): number {
  return readdirSync(folder).reduce((sum, name) => {
    const headers = HEADERS.local + HEADERS.central + 2 * Buffer.byteLength(name);
    return sum + headers + deflateRawSync(readFileSync(join(folder, name)), { level: 9 }).length;
  }, HEADERS.end);
}
