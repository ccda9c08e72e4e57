import { cpSync, existsSync, mkdirSync, renameSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inject } from 'vitest';
import { bundleFunctions } from '../cdk/bundle.ts';
import type { WrittenConfig } from '../config/written-config.ts';

/** What {@link bundleFunctions} writes, bundled once for all test files of a run: it takes seconds, and only the configuration differs. */
export async function copyBundle({ outdir, config }: { readonly outdir: string; readonly config: WrittenConfig }): Promise<void> {
  cpSync(await bundledOnce(inject('sharedFolder')), outdir, { recursive: true });
  writeFileSync(join(outdir, 'posture.json'), `${JSON.stringify(config)}\n`);
}

async function bundledOnce(shared: string): Promise<string> {
  const folder = join(shared, 'functions');
  const lock = `${folder}.lock`;
  while (!existsSync(folder)) {
    if (isTaken(lock)) {
      await sleep(100);
      continue;
    }
    try {
      if (!existsSync(folder)) await bundleInto(folder);
    } finally {
      rmdirSync(lock);
    }
  }
  return folder;
}

/** Whole, or not at all. */
async function bundleInto(folder: string): Promise<void> {
  const unfinished = `${folder}.unfinished`;
  await bundleFunctions({ outdir: unfinished, config: {} });
  renameSync(unfinished, folder);
}

function isTaken(lock: string): boolean {
  try {
    mkdirSync(lock);
    return false;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return true;
    throw error;
  }
}
