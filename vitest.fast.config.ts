import { defineConfig } from 'vitest/config';
import { projects } from './vitest.config.ts';

const slow = ['test/{cli,git,examples,editor,package,browser,docs,code-host}/**', 'test/library.test.ts'];

/** What needs no built command, no git and no browser, with few runs of each property: an answer while one works. */
export default defineConfig({
  test: {
    projects: projects(slow),
    setupFiles: ['test/cleanups.ts'],
    env: { INTROWCTL_TEST_RUNS: '0.02' },
    testTimeout: 120_000,
  },
});
