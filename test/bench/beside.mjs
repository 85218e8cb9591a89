// The same job done by others against the same sandbox: what it takes them, and what they don't see.
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startSandbox } from '../../dist/index.js';
import { install } from '../package/install.mjs';
import { contenders } from './contenders.mjs';
import { measure } from './run.mjs';

const count = 200;
const latencyMs = 20;

/** One row for each; one that npm can't install says so and has no figures. `tarball` is the tool, packed. */
export async function besideOthers(home, tarball) {
  const rows = [];
  for (const contender of contenders)
    rows.push(await compete({ packages: [tarball], ...contender }, join(home, contender.name)));
  return rows;
}

async function compete({ name, packages, needsNode, files = [], ...how }, folder) {
  mkdirSync(folder, { recursive: true });
  for (const file of files) copyFileSync(fileURLToPath(new URL(file, import.meta.url)), join(folder, file));
  let installed;
  let node;
  try {
    installed = packages.length === 0 ? 0 : install(folder, ...packages).length;
    node = nodeOf(needsNode, join(folder, 'node'));
  } catch {
    return rowOf(`${name}: npm could not install it`, {});
  }
  return rowOf(name, { installed, ...(await measured({ node, ...how }, folder)) });
}

/** The Node that runs the bench, or where that is too old, one from npm; as a path. */
function nodeOf(major = 0, folder) {
  if (Number.parseInt(process.versions.node, 10) >= major) return process.execPath;
  const [{ path }] = install(folder, `node-${process.platform}-${process.arch}@${major}`);
  return join(path, 'bin', 'node');
}

async function measured({ node, run, check = run, write = writeJson, handChange = /tier_9/ }, folder) {
  const introw = await startSandbox({ latencyMs, rateLimit: 100_000 });
  const env = {
    ...process.env,
    INTROW_API_URL: introw.url,
    INTROW_API_KEY: introw.keys[0].key,
    ALCHEMY_CI_STATE_STORE_CHECK: 'false',
    ALCHEMY_TELEMETRY_DISABLED: '1',
  };
  const spent = async (args) => {
    const before = introw.log.length;
    const { wall, mb, out, err } = await measure(args, { home: folder, node, cwd: folder, env });
    return { requests: introw.log.length - before, wall, mb, says: out + err };
  };

  write(folder, partnersWith('tier_1'));
  const first = await spent(run);
  write(folder, partnersWith('tier_2'));
  const change = await spent(run);
  const nothing = await spent(run);
  await byHand(introw);
  const found = await spent(check);
  const overwritten = tierByHand(introw) !== 'tier_9';
  await introw.close();
  const unseen = overwritten ? 'no, overwrites it' : 'no';
  return {
    first,
    change,
    nothing,
    found,
    byHand: handChange.test(found.says) ? 'yes' : unseen,
    unmanaged: found.says.includes('Stranger') ? 'yes' : 'no',
  };
}

function rowOf(name, { installed = '', first, change, nothing, found, byHand = '', unmanaged = '' }) {
  return {
    [`requests, time and peak memory for ${count} partners, ${latencyMs} ms an answer`]: name,
    packages: installed,
    'to create all': cost(first),
    'one tier changes': cost(change),
    'nothing changes': cost(nothing),
    'look for drift': cost(found),
    'sees a tier set by hand': byHand,
    'sees a partner in no file': unmanaged,
  };
}

function cost(spent) {
  return spent === undefined
    ? ''
    : `${spent.requests}, ${spent.wall.toFixed(1)} s, ${Math.round(spent.mb)} MB`;
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

function tierByHand({ partners }) {
  return partners().find(({ name }) => name === 'Partner 7').tierId;
}
