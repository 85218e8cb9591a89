/** A folder that all test files of a run share, for what is dear to make and the same for each: gone at its end. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    sharedFolder: string;
  }
}

export default function setup({ provide }: TestProject): () => void {
  const path = mkdtempSync(join(tmpdir(), 'introwctl-shared-'));
  provide('sharedFolder', path);
  return () => rmSync(path, { recursive: true, force: true });
}
