import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take minutes, the longest first: begun last, one would run on alone when all else is done. */
const LONG = ['e2e/function-faults', 'e2e/deployed-crashes', 'e2e/deployed.test', 'e2e/killed-scan', 'e2e/fault-sweep', 'e2e/'];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const index = LONG.findIndex((name) => moduleId.includes(`/test/${name}`));
      return index < 0 ? LONG.length : index;
    };
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other));
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    reporters: ['default', './test/summary-reporter.ts'],
    sequence: { sequencer: LongestFirst },
    maxWorkers: 2,
    // The first call on a fresh local AWS may take seconds on a busy machine.
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
