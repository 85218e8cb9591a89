// Packs the tool, installs it into an empty folder and uses it on every Node that it promises. Run it with: npm run package
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { install, npm, pack, sizeOf } from './install.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'introwctl-package-'));
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const { version, engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const oldest = engines.node.replace('>=', '');

/** What people download and install, at most: the bytes of the tarball and of all files, and the packages. */
const mostTarball = 450_000;
const mostInstalled = 4_000_000;
const mostPackages = 4;

try {
  const { tarball, bytes } = pack(home);
  npm(root, 'exec', '--', 'publint', 'run', tarball, '--strict');
  npm(root, 'exec', '--', 'attw', tarball, '--profile', 'esm-only');
  console.log(`The package and its types are sound; the tarball has ${Math.round(bytes / 1000)} kB.`);

  const tool = join(home, 'tool');
  const packages = install(tool, tarball);
  assert.deepEqual(
    packages.filter(({ hasInstallScript }) => hasInstallScript),
    [],
  );
  const installed = sizeOf(join(tool, 'node_modules'));
  const megabytes = (installed / 1e6).toFixed(1);
  console.log(`Installed: ${packages.length} packages, ${megabytes} MB, no install scripts.`);
  assert.ok(bytes <= mostTarball && packages.length <= mostPackages && installed <= mostInstalled);

  await firstSteps();
  console.log('The first steps of the README lead to a first file.');

  for (const wanted of [oldest, '20', '22', '24']) {
    const folder = join(home, `node-${wanted}`);
    install(folder, `node@${wanted}`);
    const node = join(folder, 'node_modules', 'node', 'bin', 'node');
    await use(tool, node);
    console.log(`Works on Node ${execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()}.`);
  }
} finally {
  rmSync(home, { recursive: true, force: true });
}

/** The block under Install in the README, word for word, next to a clone of what is committed. */
async function firstSteps() {
  const block = /<!-- install -->\n```sh\n(.*?)```/s.exec(readme)[1];
  const steps = join(home, 'first steps');
  mkdirSync(join(steps, 'partners'), { recursive: true });
  execFileSync('git', ['clone', '--quiet', root, join(steps, 'introwctl')]);
  execFileSync('bash', ['-e', '-c', block], { cwd: steps, stdio: 'pipe' });
  assert.match(readFileSync(join(steps, 'partners', 'partners.yaml'), 'utf8'), /^version: 1$/m);
}

/** The command and the library, from what is installed in `cwd`. */
async function use(cwd, node) {
  const command = join(cwd, 'node_modules', 'introwctl', 'dist', 'cli', 'main.js');
  const introwctl = (env, ...args) => {
    const options = { cwd, env: { ...process.env, ...env }, encoding: 'utf8', stdio: 'pipe' };
    return execFileSync(node, [command, ...args], options);
  };
  assert.equal(introwctl({}, '--version'), `${version}\n`);
  assert.match(introwctl({}, '--help'), /^introwctl <command>/);
  assert.equal(introwctl({}, 'schema'), readFileSync(join(root, 'schemas', 'partners.schema.json'), 'utf8'));

  introwctl({}, 'init', 'pipelines', '--ci', 'github');
  const workflow = readFileSync(join(cwd, 'pipelines/.github/workflows/introw-apply.yml'), 'utf8');
  assert.equal(workflow, readFileSync(join(root, 'examples/github/introw-apply.yml'), 'utf8'));

  const sandbox = spawn(node, [command, 'sandbox'], { cwd, stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [line] = await once(createInterface({ input: sandbox.stdout }), 'line');
    const { url, keys } = JSON.parse(line);
    const env = { INTROW_API_URL: url, INTROW_API_KEY: keys[0] };
    const partners = 'version: 1\npartners:\n  acme: { name: Ünïcode 株式会社 }\n';
    writeFileSync(join(cwd, 'partners.yaml'), partners);
    introwctl(env, 'plan', '--out', 'plan.json');
    introwctl(env, 'apply', 'plan.json', '--auto-approve');
    introwctl(env, 'drift');
    rmSync(join(cwd, 'live.yaml'), { force: true });
    introwctl(env, 'import', '-f', 'live.yaml');
    assert.match(readFileSync(join(cwd, 'live.yaml'), 'utf8'), /^ {2}unicode-.*:$/m);

    const example = /```js\n(import [^`]*? from 'introwctl';.*?)```/s.exec(readme)[1];
    writeFileSync(join(cwd, 'program.mjs'), example);
    const options = { cwd, env: { ...process.env, ...env }, encoding: 'utf8' };
    assert.match(execFileSync(node, ['program.mjs'], options), /\n0 applied, 0 failed\n$/);
  } finally {
    sandbox.kill();
  }
}
