import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** A folder for what the test files of one run share. It is empty at the start of each run: nothing in it is older than the sources. */
    readonly sharedFolder: string;
  }
}

/** Vitest runs it once, before all test files. */
export function setup(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'posture-tests-'));
  project.provide('sharedFolder', folder);
  project.vitest.onTestsRerun(async () => {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
  });
  return () => rmSync(folder, { recursive: true, force: true });
}
