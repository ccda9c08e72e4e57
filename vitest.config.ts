import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    reporters: ['default', './test/summary-reporter.ts'],
    maxWorkers: 2,
    // The first call on a fresh local AWS may take seconds on a busy machine.
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
