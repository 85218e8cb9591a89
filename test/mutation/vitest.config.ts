import { defineConfig } from 'vitest/config';

/** The in-process tests of the folders that are measured. They run for each mutant: few runs of each property must do. */
export default defineConfig({
  test: {
    include: ['test/{plan,apply,introw,edit,desired}/**/*.test.ts'],
    setupFiles: ['test/cleanups.ts', 'test/mutation/setup.ts'],
    env: { INTROWCTL_TEST_RUNS: '0.005' },
    // One process loads the sources once for all test files: half the time.
    isolate: false,
    testTimeout: 30_000,
  },
});
