/**
 * A place where pipelines run as they do on their servers: a bare repository to clone from and push to, the packed
 * command installed from its lockfile, a local Introw with a key for each scope, and folders that come and go.
 */
import { execFile, execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inject, vi } from 'vitest';
import type { Sandbox, SandboxOptions } from '../../src/sandbox/sandbox.ts';
import { folder, sandbox, write } from '../cli/command.ts';
import { commit, git, gitEnvironment } from '../cli/repository.ts';

// A story runs dozens of processes, one after the other, and the machine may have others to run.
vi.setConfig({ testTimeout: 180_000 });

export type Place = {
  readonly root: string;
  /** The bare repository. */
  readonly origin: string;
  /** A colleague's clone: commit here, and push. */
  readonly work: string;
  readonly introw: Sandbox;
  /** A folder of the runner's path, with npm; more may be put there. */
  readonly bin: string;
  /** A new, empty folder next to the others, so that the lockfile's relative path to introwctl holds. */
  readonly newFolder: () => string;
};

export const keys = { read: 'key-that-reads', write: 'key-that-writes' } as const;

export async function openPlace(
  files: Readonly<Record<string, string>>,
  options: SandboxOptions,
): Promise<Place> {
  const root = folder({});
  const introw = await sandbox({
    ...options,
    keys: [
      { key: keys.read, scopes: ['partners:read'] },
      { key: keys.write, scopes: ['partners:read', 'partners:write'] },
    ],
  });
  const { path, lockfile } = packed();
  symlinkSync(path, join(root, 'introwctl'));
  const origin = join(root, 'origin.git');
  const work = join(root, 'work');
  mkdirSync(work);
  git(root, 'init', '--quiet', '--bare', '-b', 'main', origin);
  git(work, 'init', '--quiet', '-b', 'main');
  git(work, 'remote', 'add', 'origin', origin);
  write(work, {
    '.gitignore': 'node_modules\n',
    'package.json': manifest,
    'package-lock.json': lockfile,
    ...files,
  });
  commit(work, 'Take over the partners');
  git(work, 'push', '--quiet', 'origin', 'main');
  const bin = join(root, 'bin');
  putCommand(bin, 'npm', 'npm.sh');
  // What is pushed to the code host by its address arrives here.
  write(root, {
    gitconfig: `[maintenance]\n  auto = false\n[gc]\n  auto = 0\n[receive]\n  autogc = false\n[url "file://${origin}"]\n  insteadOf = https://github.com/example/partners.git\n  insteadOf = https://gitlab.example/example/partners.git\n`,
  });
  let count = 0;
  return {
    root,
    bin,
    origin,
    work,
    introw,
    newFolder: () => {
      const path = join(root, `job-${++count}`);
      mkdirSync(path);
      return path;
    },
  };
}

const manifest = '{ "private": true, "devDependencies": { "introwctl": "file:../introwctl" } }\n';

type Packed = { readonly path: string; readonly lockfile: string; readonly installed: string };

let once: Packed | null = null;

/** The package as npm would publish it. What it depends on is linked, so that no test needs the registry. */
function packed(): Packed {
  once ??= packedIn(inject('sharedFolder'));
  return once;
}

/** Packed and installed by the first test file that needs it; the others, which may run at the same time, wait for it. */
function packedIn(root: string): Packed {
  const path = join(root, 'introwctl');
  const done = join(root, 'lockfile.json');
  if (claimed(join(root, 'packing'))) pack(root, path, done);
  while (!existsSync(done)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
  return { path, lockfile: readFileSync(done, 'utf8'), installed: join(root, 'project/node_modules') };
}

function claimed(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch {
    return false;
  }
}

function pack(root: string, path: string, done: string): void {
  const project = fileURLToPath(new URL('../..', import.meta.url));
  npm(project, 'pack', '--ignore-scripts', '--silent', '--pack-destination', root);
  const { name, version, type, bin, exports } = JSON.parse(
    readFileSync(join(project, 'package.json'), 'utf8'),
  );
  mkdirSync(path);
  execFileSync('tar', ['xzf', join(root, `${name}-${version}.tgz`), '--strip-components=1', '-C', path]);
  write(path, { 'package.json': JSON.stringify({ name, version, type, bin, exports }) });
  symlinkSync(join(project, 'node_modules'), join(path, 'node_modules'));
  const lockfile = JSON.stringify(lockfileOf({ version, bin }), null, 2);
  write(root, { 'project/package.json': manifest, 'project/package-lock.json': lockfile });
  npm(join(root, 'project'), 'ci', '--ignore-scripts');
  write(root, { 'lockfile.part': lockfile });
  renameSync(join(root, 'lockfile.part'), done);
}

/** What npm writes for the manifest; npm ci refuses one that doesn't fit it. */
function lockfileOf(introwctl: object) {
  const packages = {
    '': { devDependencies: { introwctl: 'file:../introwctl' } },
    '../introwctl': { dev: true, ...introwctl },
    'node_modules/introwctl': { resolved: '../introwctl', link: true },
  };
  return { lockfileVersion: 3, requires: true, packages };
}

function npm(cwd: string, ...args: string[]): void {
  execFileSync('npm', args, { cwd, env: { ...process.env, ...offline }, stdio: 'pipe' });
}

const offline = { npm_config_offline: 'true', npm_config_update_notifier: 'false' };

/** Puts a script of this folder on the path of the runner. */
export function putCommand(bin: string, name: string, file: string): void {
  mkdirSync(bin, { recursive: true });
  cpSync(fileURLToPath(new URL(file, import.meta.url)), join(bin, name));
}

/** What a runner's environment has from outside: the path, a home, and where Introw is; nobody's git settings. */
export function runnerEnvironment({ introw, bin, root }: Place): Record<string, string> {
  const { PATH = '', HOME = '' } = process.env;
  const real = PATH.split(delimiter).find((path) => existsSync(join(path, 'npm'))) ?? '';
  return {
    PATH: `${bin}${delimiter}${PATH}`,
    HOME,
    REAL_NPM: join(real, 'npm'),
    INSTALLED: packed().installed,
    GIT_CONFIG_GLOBAL: join(root, 'gitconfig'),
    GIT_CONFIG_SYSTEM: gitEnvironment.GIT_CONFIG_SYSTEM,
    INTROW_API_URL: introw.url,
    CI: 'true',
    ...offline,
  };
}

export type ScriptRun = { readonly exit: number; readonly log: string };

/** Runs a script as a step of its own; the log is what people would see of it. */
export function runScript(
  script: string,
  shell: readonly string[],
  cwd: string,
  env: Record<string, string>,
  cancel: (() => boolean) | null = null,
): Promise<ScriptRun> {
  const file = join(cwd, '..', `script-${Math.random().toString(36).slice(2)}.sh`);
  writeFileSync(file, script);
  const [command = 'bash', ...args] = shell;
  return new Promise((resolve) => {
    const child = execFile(command, [...args, file], { cwd, env }, (error, out, err) => {
      rmSync(file, { force: true });
      clearInterval(watch);
      const failed = typeof error?.code === 'number' ? error.code : 1;
      const exit = error === null ? 0 : failed;
      resolve({ exit, log: `${out}${err}` });
    });
    // As GitHub's runner does it: an interrupt to the one process that it has started, and to none of its children.
    const watch = setInterval(() => {
      if (cancel?.() !== true) return;
      clearInterval(watch);
      child.kill('SIGINT');
    }, 20);
  });
}

/** Somebody changes a partner in Introw by hand. */
export async function changeByHand(place: Place, id: string, values: object): Promise<void> {
  const answer = await fetch(`${place.introw.url}/api/v1/partners/${id}`, {
    method: 'PATCH',
    headers: { 'x-api-key': keys.write },
    body: JSON.stringify(values),
  });
  if (answer.status !== 200) throw new Error(`the sandbox answered ${answer.status}`);
}
