/** Runs the built command as a user would, in a folder of its own, against a sandbox over real HTTP. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/sandbox.ts';
import { refuseStaleBuild } from '../built.ts';
import { afterThisTest } from '../cleanups.ts';
import { runInResident } from './resident.ts';

export const tool = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

refuseStaleBuild();

export type Run = { readonly exit: number | null; readonly out: string; readonly err: string };

/** A folder with these files, gone after the test. */
export function folder(files: Readonly<Record<string, string | Buffer>>): string {
  const path = mkdtempSync(join(tmpdir(), 'introwctl-'));
  afterThisTest(() => rmSync(path, { recursive: true, force: true }));
  write(path, files);
  return path;
}

export function write(path: string, files: Readonly<Record<string, string | Buffer>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), content);
  }
}

/** A sandbox that is closed after the test. */
export async function sandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const started = await startSandbox(options);
  afterThisTest(started.close);
  return started;
}

export const testKey = 'sandbox-key';

/** The environment of a run: nothing from outside but what node and git need. */
export function environment(
  url: string | null,
  more: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const { PATH = '', HOME = '' } = process.env;
  return { PATH, HOME, INTROW_API_KEY: testKey, ...(url === null ? {} : { INTROW_API_URL: url }), ...more };
}

/** Which commands each test file has run. */
const ran = new Set<string>();

/**
 * Runs the built command. The first run of a command in a test file, and what asks for it, gets a process of its own; the
 * others are run by one that stays, unless it is at work.
 */
export async function introwctl(
  cwd: string,
  args: readonly string[],
  env: Record<string, string>,
  as: { readonly uid?: number; readonly gid?: number; readonly program?: string } = {},
): Promise<Run> {
  const command = `${expect.getState().testPath} ${args[0]}`;
  const needsItsOwn = Object.keys(as).length > 0 || Object.keys(env).some((name) => name.startsWith('NODE_'));
  const isFirst = !ran.has(command);
  ran.add(command);
  const run = needsItsOwn || isFirst ? null : await runInResident(tool, { cwd, args, env });
  return run ?? spawned(cwd, args, env, as);
}

function spawned(
  cwd: string,
  args: readonly string[],
  env: Record<string, string>,
  { program = tool, ...who }: { readonly uid?: number; readonly gid?: number; readonly program?: string },
): Promise<Run> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [program, ...args],
      { cwd, env, ...who, maxBuffer: 64 * 1024 * 1024 },
      (error, out, err) => {
        const failed = typeof error?.code === 'number' ? error.code : null;
        resolve({ exit: error === null ? 0 : failed, out, err });
      },
    );
  });
}
