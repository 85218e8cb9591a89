// The same job done by others against the same sandbox: what it takes them, and what they don't see.
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startSandbox } from '../../dist/index.js';
import { install } from '../package/install.mjs';
import { measure, tool } from './run.mjs';

const count = 200;
const latencyMs = 20;

/** How each is installed, given its partners, run, and asked for drift. */
const contenders = [
  {
    name: 'introwctl',
    run: [tool, 'apply', '--auto-approve'],
    check: [tool, 'drift'],
    write: (folder, partners) => {
      const lines = partners.map(
        ({ handle, name, tierId }) => `  ${handle}: { name: ${name}, tierId: ${tierId} }\n`,
      );
      const settings = 'settings: { maxChanges: 100% }\n';
      writeFileSync(join(folder, 'partners.yaml'), `version: 1\n${settings}partners:\n${lines.join('')}`);
    },
  },
  {
    name: 'alchemy 0.94.0',
    packages: ['alchemy@0.94.0'],
    program: 'alchemy-program.mjs',
    // It has no command for drift; this is its way to run without changing anything.
    check: ['alchemy-program.mjs', '--read'],
  },
  { name: 'a `fetch` script', packages: [], program: 'fetch-script.mjs' },
];

/** `tarball` is the tool, packed. */
export async function besideOthers(home, tarball) {
  const rows = [];
  for (const contender of contenders)
    rows.push(await compete({ packages: [tarball], ...contender }, join(home, contender.name)));
  return rows;
}

async function compete({ name, packages, program, run = [program], check = run, write = writeJson }, folder) {
  mkdirSync(folder, { recursive: true });
  if (program !== undefined)
    copyFileSync(fileURLToPath(new URL(program, import.meta.url)), join(folder, program));
  const installed = packages.length === 0 ? [] : install(folder, ...packages);
  const introw = await startSandbox({ latencyMs, rateLimit: 100_000 });
  const env = {
    ...process.env,
    INTROW_API_URL: introw.url,
    INTROW_API_KEY: introw.keys[0].key,
    ALCHEMY_CI_STATE_STORE_CHECK: 'false',
  };
  const spent = async (args) => {
    const before = introw.log.length;
    const { wall, out, err } = await measure(args, { home: folder, cwd: folder, env });
    return { requests: introw.log.length - before, wall, says: out + err };
  };

  write(folder, partnersWith('tier_1'));
  const first = await spent(run);
  write(folder, partnersWith('tier_2'));
  const change = await spent(run);
  const nothing = await spent(run);
  await byHand(introw);
  const found = seen(await spent(check), introw);
  await introw.close();
  return {
    [`requests and time for ${count} partners, ${latencyMs} ms an answer`]: name,
    packages: installed.length,
    'to create all': cost(first),
    'one tier changes': cost(change),
    'nothing changes': cost(nothing),
    ...found,
  };
}

function cost({ requests, wall }) {
  return `${requests}, ${wall.toFixed(1)} s`;
}

/** All partners; the tier of the first is `tierId`. */
function partnersWith(tierId) {
  return Array.from({ length: count }, (_, i) => ({
    handle: `partner-${i}`,
    name: `Partner ${i}`,
    tierId: i === 0 ? tierId : 'tier_1',
  }));
}

function writeJson(folder, partners) {
  writeFileSync(join(folder, 'partners.json'), JSON.stringify(partners));
}

/** Somebody changes a tier in Introw, and adds a partner that no file names. */
async function byHand({ url, keys, partners }) {
  const headers = { 'x-api-key': keys[0].key, 'content-type': 'application/json' };
  const { id } = partners().find(({ name }) => name === 'Partner 7');
  const send = (method, path, body) =>
    fetch(`${url}/api/v1/partners${path}`, { method, headers, body: JSON.stringify(body) });
  await send('PATCH', `/${id}`, { tierId: 'tier_9' });
  await send('POST', '', { name: 'Stranger' });
}

function seen({ says }, { partners }) {
  const overwritten = partners().find(({ name }) => name === 'Partner 7').tierId === 'tier_1';
  const unseen = overwritten ? 'no, overwrites it' : 'no';
  return {
    'sees a tier set by hand': says.includes('tier_9') ? 'yes' : unseen,
    'sees a partner in no file': says.includes('Stranger') ? 'yes' : 'no',
  };
}
