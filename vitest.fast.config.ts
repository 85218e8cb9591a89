import { defineConfig } from 'vitest/config';
import { projects } from './vitest.config.ts';

const slow = [
  'test/{cli,git,examples,editor,package,browser,docs,code-host,fuzz}/**',
  ...['library', 'files/write', 'sheet/spreadsheet', 'apply/faults', 'edit/format', 'yaml/limits'].map(
    (name) => `test/${name}.test.ts`,
  ),
];

/**
 * What needs no built command, no git, no browser or other program, and waits for nothing that is slow on purpose; with few
 * runs of each property: an answer while one works.
 */
export default defineConfig({
  test: {
    projects: projects(slow),
    setupFiles: ['test/cleanups.ts'],
    env: { INTROWCTL_TEST_RUNS: '0.02' },
    testTimeout: 120_000,
    maxWorkers: 4,
  },
});
