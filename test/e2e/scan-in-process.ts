import { awsWorld } from '../../cli/aws-world.ts';
import { run } from '../../cli/program.ts';
import { type ScanDocument, scanSchema } from '../../cli/scan-schema.ts';
import type { World } from '../../cli/world.ts';
import type { LocalAws } from '../../emulator/local-aws.ts';

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
    cwd: process.cwd(),
    now: () => new Date(),
    interrupted: new AbortController().signal,
  };
  const code = await run(['scan', '--format', 'json', '--all', ...argv], io, world);
  return { code, document: stdout === '' ? undefined : scanSchema.parse(JSON.parse(stdout)), stderr };
}

/** Makes the SDK's default chain of this process find the local AWS, and nothing of the machine it runs on. */
export function useLocalAws(local: LocalAws, accountId: string): void {
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
  Object.assign(process.env, local.environment(accountId), { AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null' });
}
