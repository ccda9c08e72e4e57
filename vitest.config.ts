import { globSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take minutes, the longest first: begun last, one would run on alone when all else is done. */
const LONG = [
  'e2e/function-faults',
  'e2e/fault-sweep',
  'e2e/deployed.test',
  'e2e/deployed-crashes',
  'e2e/least-privilege',
  'e2e/reacting',
  'e2e/',
  'findings/summarize',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const index = LONG.findIndex((name) => moduleId.includes(`/test/${name}`));
      return index < 0 ? LONG.length : index;
    };
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other));
  }
}

/** Tests that change what others in the same process see: modules, the environment, globals. */
const CHANGES_PROCESS = /\bvi\.(mock|hoisted|stub\w+|spyOn|useFakeTimers)\(|\bprocess\.(env\b|chdir|exitCode)|\buseLocalAws\(/;
const files = globSync('test/**/*.test.ts', { cwd: import.meta.dirname });
const { apart = [], together = [] } = Object.groupBy(files, (file) =>
  file.includes('/e2e/') || CHANGES_PROCESS.test(readFileSync(`${import.meta.dirname}/${file}`, 'utf8')) ? 'apart' : 'together',
);

export default defineConfig({
  test: {
    projects: [
      { extends: true, test: { name: 'apart', include: apart } },
      // What one file has imported, the next need not.
      { extends: true, test: { name: 'together', include: together, isolate: false } },
    ],
    globalSetup: './test/shared-folder.ts',
    reporters: ['default', './test/summary-reporter.ts'],
    sequence: { sequencer: LongestFirst },
    maxWorkers: 2,
    // The first call on a fresh local AWS may take seconds on a busy machine.
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
