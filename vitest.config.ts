import { configDefaults, defineConfig, type TestProjectConfiguration } from 'vitest/config';

/** They measure or set up their process: each file has one to itself. The others share a few, warm and loaded once. */
const alone = ['test/{examples,fuzz}/**/*.test.ts'];

/** The tests but those of `exclude`, by a file's need of a process. */
export function projects(exclude: readonly string[] = []): TestProjectConfiguration[] {
  const except = [...configDefaults.exclude, ...exclude];
  return [
    {
      extends: true,
      test: {
        name: 'alone',
        include: alone,
        exclude: except,
        globalSetup: 'test/shared-folder.ts',
      },
    },
    {
      extends: true,
      test: {
        name: 'together',
        include: ['test/**/*.test.ts'],
        exclude: [...except, ...alone],
        isolate: false,
      },
    },
  ];
}

export default defineConfig({
  test: {
    projects: projects(),
    setupFiles: ['test/cleanups.ts'],
    // Only what never ends is to fail, however busy the machine is.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Most tests wait for a process, a server or a limit: more of them at once than a small machine has cores.
    maxWorkers: 4,
  },
});
