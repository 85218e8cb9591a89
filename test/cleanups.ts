/** What tests leave behind is removed after each. A setup file: workers run many files, and load what those import once. */
import { afterEach } from 'vitest';

const cleanups: (() => unknown)[] = [];

/** Runs `cleanup` after the test that is running. */
export function afterThisTest(cleanup: () => unknown): void {
  cleanups.push(cleanup);
}

afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});
