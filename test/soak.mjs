// Random applies with random faults and signals. Every outcome is compared with what the server did, and after each round
// a clean run must converge. Run it with: npm run soak [rounds] [seed]
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseFault } from '../.emitted/sandbox/faults.js';
import { startSandbox } from '../dist/index.js';

const tool = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const [rounds = 200, seed = Date.now() % 1_000_000] = process.argv.slice(2).map(Number);
const home = mkdtempSync(join(tmpdir(), 'introwctl-soak-'));

/** Rounds mostly wait, so that some can go at the same time. */
const lanes = 4;

const faults = [
  'slow=50',
  'slow=1500@write:3',
  'status=500@write:2',
  'status=503@any:every:4',
  'status=503@write:after:3',
  'status=409@write:2',
  'status-after=502@write:every:3',
  'status-after=504@write:2',
  'drop-before@any:3',
  'drop-after@create:1',
  'drop-after@write:every:3',
  'drop-after@write:after:2',
  'hang@write:3',
  'hang-after@write:2',
  'half@write:2',
  'cut@write:every:2',
  'html@any:4',
  'html@write:2',
  'body={}@write:1',
  'another@write:4',
  'odd-id@write:3',
  'encoding=gzip',
  'header=retry-after:0',
  'crm-first@create:2',
  'revoke@any:after:5',
  'spend@any:after:6',
  'rate=15@any:3',
  'bad-error@write:1',
  'dead@write:4',
  'extra',
];
const pagings = ['cursor', 'cursor-snake', 'cursor-object', 'has-more', 'page', 'offset', 'link'];
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL'];

const tally = { rounds: 0, requests: 0, refused: 0 };
const count = (what, by = 1) => {
  tally[what] = (tally[what] ?? 0) + by;
};
let slowestEnd = 0;
let next = 1;
const wrongs = [];

await Promise.all(Array.from({ length: lanes }, work));
rmSync(home, { recursive: true });
if (wrongs.length > 0) {
  console.error(wrongs.join('\n'));
  process.exitCode = 1;
} else {
  console.log(`Seed ${seed}: ${JSON.stringify(tally)}, slowest end after a signal ${slowestEnd} ms.`);
  console.log(
    'Every outcome was true, every clean run converged, no partner was doubled, no write was sent that was not planned.',
  );
}

async function work() {
  while (next <= rounds && wrongs.length === 0) await playRound(next++);
}

async function playRound(round) {
  const random = generator(seed + round);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const { live, planned, text, creates } = makeWorld(random);
  const file = join(home, `partners-${round}.yaml`);
  writeFileSync(file, text);
  const options = { paging: pick(pagings), windowMs: 500, rateLimit: 20 };
  const chosen = [pick(faults), pick(faults)];
  const first = random() < 0.5 ? { signal: pick(signals), after: 250 + random() * 2000 } : null;
  const second = first !== null && random() < 0.3 ? { signal: 'SIGINT', after: first.after + 100 } : null;
  const concurrency = 1 + Math.floor(random() * 8);

  const struck = await startSandbox({ ...options, seed: { partners: live }, faults: chosen.map(parseFault) });
  const signalled = [first, second].filter((each) => each !== null);
  const ended = await apply(file, struck.url, concurrency, signalled);
  // Work that the server had begun may end after the command did.
  await new Promise((resolve) =>
    setTimeout(resolve, chosen.some((fault) => fault.startsWith('slow')) ? 1600 : 50),
  );
  await struck.close();
  const clean = await startSandbox({ ...options, seed: { partners: struck.partners() } });
  const again = await apply(file, clean.url, 1, []);
  const settled = await run(['drift', '-f', file], clean.url);
  await clean.close();

  const writes = struck.log.filter(({ method }) => method !== 'GET').map(sentAs);
  const names = clean.partners().map(({ name }) => name);
  const wrong = [
    again.exit === 0 ? [] : `the clean run exited ${again.exit}`,
    settled.exit === 0 ? [] : `drift exited ${settled.exit}`,
    new Set(names).size === names.length && names.length === live.length + creates
      ? []
      : `${names.length} partners, ${live.length + creates} expected`,
    writes.every((write) => planned.includes(write)) ? [] : 'a write that was not planned',
    liesOf(ended, struck.log, planned, first),
  ].flat();
  if (wrong.length > 0)
    wrongs.push(
      `Round ${round} (seed ${seed}, ${chosen}, ${options.paging}, ${concurrency} at once, ${JSON.stringify(signalled)}): ${wrong.join('; ')}.`,
    );
  count('rounds');
  count('requests', struck.log.length);
  count('refused', struck.log.filter(({ status }) => status === 429).length);
  count(first === null ? `exit${ended.exit}` : first.signal);
}

/** Partners in Introw, and files that update some of them and create others. */
function makeWorld(random) {
  const creates = 3 + Math.floor(random() * 10);
  const live = Array.from({ length: Math.floor(random() * 120) }, (_, i) => ({
    id: `ptn_${i}`,
    name: `Partner ${i}`,
    tierId: 't1',
  }));
  const changes = [
    ...live
      .filter(() => random() < 0.05)
      .map(({ id, name }, i) => ({
        handle: `u${i}`,
        text: `{ id: ${id}, name: ${name}, tierId: t2 }`,
        sent: `PATCH /api/v1/partners/${id} {"tierId":"t2"}`,
      })),
    ...Array.from({ length: creates }, (_, i) => ({
      handle: `c${i}`,
      text: `{ name: New ${i} }`,
      sent: `POST /api/v1/partners {"name":"New ${i}"}`,
    })),
  ];
  const lines = changes.map(({ handle, text }) => `  ${handle}: ${text}\n`);
  return {
    live,
    creates,
    planned: changes.map(({ sent }) => sent),
    text: `version: 1\npartners:\n${lines.join('')}`,
  };
}

/** What an outcome says that isn't so, by the log of the server. */
function liesOf({ out, exit, endedAfterSignal }, log, planned, signal) {
  if (signal?.signal === 'SIGKILL') return [];
  if (endedAfterSignal > 6_000) return [`it took ${endedAfterSignal} ms to end after a signal`];
  slowestEnd = Math.max(slowestEnd, endedAfterSignal);
  let document;
  try {
    document = JSON.parse(out);
  } catch {
    // A signal that comes before anything listens ends the process as it ends any.
    return log.length === 0 && signal !== null ? [] : [`no outcome, exit ${exit}`];
  }
  if (document.error !== undefined)
    return log.some(({ method }) => method !== 'GET') ? ['an error after the first write'] : [];
  const lies = document.results.flatMap(({ address, status }, index) => {
    const asked = log.filter((entry) => sentAs(entry) === planned[index]);
    const happened = asked.some(({ done }) => done);
    count(status);
    const isTrue = {
      applied: happened,
      failed: asked.length > 0 && !happened,
      skipped: asked.length === 0,
      // Sent as far as the client knows; a server that went away never saw it.
      unknown: true,
    }[status];
    return isTrue
      ? []
      : [`${address} is said to be ${status}, sent ${asked.length} times, ${happened ? 'done' : 'not done'}`];
  });
  const summed = Object.values(document.summary).reduce((sum, n) => sum + n, 0);
  const isGood = document.stopped === null && document.summary.failed + document.summary.unknown === 0;
  return [
    ...lies,
    summed === planned.length && document.results.length === planned.length
      ? []
      : 'the summary does not add up',
    (exit === 0) === isGood ? [] : `exit ${exit} with ${JSON.stringify(document.summary)}`,
  ].flat();
}

function sentAs({ method, path, body }) {
  return `${method} ${path} ${body}`;
}

function apply(file, url, concurrency, signalled) {
  const options = ['--auto-approve', '--format', 'json', '--max-changes', '1000'];
  return run(['apply', '-f', file, '--concurrency', String(concurrency), ...options], url, signalled);
}

function run(args, url, signalled = []) {
  const env = {
    ...process.env,
    INTROW_API_URL: url,
    INTROW_API_KEY: 'sandbox-key',
    INTROW_RATE_WINDOW_MS: '500',
    INTROW_TIMEOUT_MS: '2500',
  };
  const child = spawn(process.execPath, [tool, ...args], { env, stdio: ['ignore', 'pipe', 'ignore'] });
  let out = '';
  let signalledAt = null;
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  const timers = signalled.map(({ signal, after }) =>
    setTimeout(() => {
      signalledAt ??= performance.now();
      child.kill(signal);
    }, after),
  );
  return new Promise((resolve) => {
    child.on('close', (exit) => {
      for (const timer of timers) clearTimeout(timer);
      const endedAfterSignal = signalledAt === null ? 0 : Math.round(performance.now() - signalledAt);
      resolve({ exit, out, endedAfterSignal });
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
