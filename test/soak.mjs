// Random applies with random faults and kills: after each, a clean run must converge. Run it with: npm run soak [rounds] [seed]
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseFault } from '../dist/sandbox/faults.js';
import { startSandbox } from '../dist/sandbox/sandbox.js';

const tool = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const [rounds = 200, seed = Date.now() % 1_000_000] = process.argv.slice(2).map(Number);
const random = generator(seed);
const pick = (list) => list[Math.floor(random() * list.length)];
const home = mkdtempSync(join(tmpdir(), 'introwctl-soak-'));
const tally = { rounds: 0, killed: 0, interrupted: 0, exit0: 0, exit1: 0, requests: 0, refused: 0 };

const faults = [
  'slow=50',
  'status=500@write:2',
  'status=503@any:every:4',
  'drop-before@any:3',
  'drop-after@create:1',
  'drop-after@write:every:3',
  'half@write:2',
  'html@any:4',
  'revoke@any:after:5',
  'spend@any:after:6',
  'rate=15@any:3',
  'bad-error@write:1',
  'extra',
];
const pagings = [
  'cursor',
  'cursor-snake',
  'cursor-object',
  'has-more',
  'token',
  'page-info',
  'links',
  'next-page',
  'page',
  'offset',
  'link',
];

for (let round = 1; round <= rounds; round++) {
  const count = 3 + Math.floor(random() * 10);
  const live = Array.from({ length: Math.floor(random() * 120) }, (_, i) => ({
    id: `ptn_${i}`,
    name: `Partner ${i}`,
    tierId: 't1',
  }));
  const updates = live
    .filter(() => random() < 0.05)
    .map(({ id, name }, i) => ({
      handle: `u${i}`,
      text: `{ id: ${id}, name: ${name}, tierId: t2 }`,
      sent: `PATCH /api/v1/partners/${id} {"tierId":"t2"}`,
    }));
  const creates = Array.from({ length: count }, (_, i) => ({
    handle: `c${i}`,
    text: `{ name: New ${i} }`,
    sent: `POST /api/v1/partners {"name":"New ${i}"}`,
  }));
  const file = join(home, 'partners.yaml');
  writeFileSync(
    file,
    `version: 1\npartners:\n${[...updates, ...creates].map(({ handle, text }) => `  ${handle}: ${text}\n`).join('')}`,
  );
  const planned = new Set([...updates, ...creates].map(({ sent }) => sent));
  const options = { paging: pick(pagings), windowMs: 500, rateLimit: 20 };
  const chosen = [pick(faults), pick(faults)];
  const struck = await startSandbox({ ...options, seed: { partners: live }, faults: chosen.map(parseFault) });
  const signal = random() < 0.4 ? pick(['SIGKILL', 'SIGINT']) : null;
  const exit = await apply(file, struck.url, 1 + Math.floor(random() * 8), signal, 200 + random() * 1200);
  await struck.close();
  const clean = await startSandbox({ ...options, seed: { partners: struck.partners() } });
  const again = await apply(file, clean.url, 1, null, 0);
  const settled = await run(['drift', '-f', file], clean.url);
  await clean.close();

  const writes = struck.log
    .filter(({ method }) => method !== 'GET')
    .map(({ method, path, body }) => `${method} ${path} ${body}`);
  const names = clean.partners().map(({ name }) => name);
  const wrong = [
    again === 0 ? [] : `the clean run exited ${again}`,
    settled === 0 ? [] : `drift exited ${settled}`,
    new Set(names).size === names.length && names.length === live.length + count
      ? []
      : `${names.length} partners, ${live.length + count} expected`,
    writes.every((write) => planned.has(write)) ? [] : 'a write that was not planned',
  ].flat();
  if (wrong.length > 0) {
    console.error(
      `Round ${round} (seed ${seed}, ${chosen}, ${options.paging}, ${signal ?? 'no signal'}): ${wrong.join('; ')}.`,
    );
    process.exit(1);
  }
  tally.rounds++;
  tally.requests += struck.log.length;
  tally.refused += struck.log.filter(({ status }) => status === 429).length;
  if (signal === 'SIGKILL') tally.killed++;
  else if (signal === 'SIGINT') tally.interrupted++;
  else tally[`exit${exit}`]++;
}
rmSync(home, { recursive: true });
console.log(
  `Seed ${seed}: ${JSON.stringify(tally)}. Every clean run converged, no partner was doubled, no write was sent that was not planned.`,
);

function apply(file, url, concurrency, signal, after) {
  return run(
    ['apply', '-f', file, '--auto-approve', '--concurrency', String(concurrency), '--max-changes', '1000'],
    url,
    signal,
    after,
  );
}

function run(args, url, signal = null, after = 0) {
  const env = {
    ...process.env,
    INTROW_API_URL: url,
    INTROW_API_KEY: 'sandbox-key',
    INTROW_RATE_WINDOW_MS: '500',
  };
  const child = spawn(process.execPath, [tool, ...args], { env, stdio: 'ignore' });
  const timer = signal === null ? null : setTimeout(() => child.kill(signal), after);
  return new Promise((resolve) => {
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve(code);
    });
  });
}

/** Mulberry32: the same rounds for the same seed. */
function generator(start) {
  let state = start >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
