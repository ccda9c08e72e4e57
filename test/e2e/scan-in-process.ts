import { devNull } from 'node:os';
import { awsWorld } from '../../cli/aws-world.ts';
import { run } from '../../cli/program.ts';
import { type ScanDocument, scanSchema } from '../../cli/scan-schema.ts';
import type { World } from '../../cli/world.ts';

export interface Scanned {
  readonly code: number;
  /** Absent when the scan stopped before it had anything to say. */
  readonly document: ScanDocument | undefined;
  readonly stderr: string;
}

/** Runs `posture scan --format json --all` in this process: the command line, the checks and the SDK are the real ones. */
export async function scanInProcess(argv: readonly string[], world: World = awsWorld): Promise<Scanned> {
  let stdout = '';
  let stderr = '';
  const sink = (write: (text: string) => void) => ({ write, isTTY: false, columns: 80 });
  const io = {
    stdout: sink((text) => {
      stdout += text;
    }),
    stderr: sink((text) => {
      stderr += text;
    }),
    env: {},
    // No posture.yaml is here.
    cwd: import.meta.dirname,
    now: () => new Date(),
    interrupted: new AbortController().signal,
  };
  const code = await run(['scan', '--format', 'json', '--all', ...argv], io, world);
  return { code, document: stdout === '' ? undefined : scanSchema.parse(JSON.parse(stdout)), stderr };
}

/** Makes this process look for AWS in this environment, and for nothing of the machine that it runs on. */
export function useLocalAws(environment: Readonly<Record<string, string>>): void {
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
  Object.assign(process.env, environment, { AWS_CONFIG_FILE: devNull, AWS_SHARED_CREDENTIALS_FILE: devNull });
}
