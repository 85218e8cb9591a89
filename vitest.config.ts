import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // Most tests wait for a process, a server or a limit: more of them at once than a small machine has cores.
    maxWorkers: 4,
  },
});
