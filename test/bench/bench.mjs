// What a run costs: requests, time as a ratio to what it can't be faster than, memory. Run it with: npm run bench
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { LineCounter, parseDocument } from 'yaml';

const tool = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'introwctl-bench-'));
const rows = [];

/** Runs a command; seconds of wall time, seconds of CPU and megabytes at its peak. */
async function measure(args, env = {}) {
  const report =
    "process.on('exit',()=>{const u=process.resourceUsage();process.stderr.write('\\nUSED '+JSON.stringify({cpu:(u.userCPUTime+u.systemCPUTime)/1e6,mb:u.maxRSS/1024})+'\\n')})";
  const begun = performance.now();
  const child = await new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      ['--import', `data:text/javascript,${encodeURIComponent(report)}`, ...args],
      { env: { ...process.env, ...env }, maxBuffer: 1 << 28 },
      (error, out, err) =>
        error === null ? resolve({ out, err }) : reject(new Error(`${args.join(' ')}: ${err}`)),
    );
  });
  const wall = (performance.now() - begun) / 1000;
  const used = JSON.parse(/USED (.*)/.exec(child.err)[1]);
  return { wall, ...used, out: child.out };
}

async function median(times, run) {
  const all = [];
  for (let i = 0; i < times; i++) all.push(await run());
  return all.sort((one, other) => one.wall - other.wall)[Math.floor(times / 2)];
}

function row(what, figure, goal, fits) {
  rows.push({ what, figure, goal, fits: fits ? 'yes' : 'NO' });
}

function partnersFile(count) {
  const name = `partners-${count}.yaml`;
  const partners = Array.from(
    { length: count },
    (_, i) =>
      `  partner-${i}:\n    id: ptn_${i}\n    name: Partner ${i}\n    domain: partner${i}.example\n    tierId: tier_${i % 3}\n`,
  );
  writeFileSync(join(home, name), `version: 1\npartners:\n${partners.join('')}`);
  const seed = {
    partners: Array.from({ length: count }, (_, i) => ({
      id: `ptn_${i}`,
      name: `Partner ${i}`,
      domain: `partner${i}.example`,
      tierId: `tier_${i % 3}`,
    })),
  };
  writeFileSync(join(home, `seed-${count}.json`), JSON.stringify(seed));
  return {
    file: join(home, name),
    seed: join(home, `seed-${count}.json`),
    text: `version: 1\npartners:\n${partners.join('')}`,
  };
}

async function withSandbox(args, use) {
  const child = spawn(process.execPath, [tool, 'sandbox', '--rate-limit', '100000', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  const { url, keys } = JSON.parse(line);
  try {
    return await use({ INTROW_API_URL: url, INTROW_API_KEY: keys[0] });
  } finally {
    child.kill();
  }
}

async function fetchAll({ INTROW_API_URL: url, INTROW_API_KEY: key }) {
  const begun = performance.now();
  let pages = 0;
  for (let cursor = null; pages === 0 || cursor !== null; pages++) {
    const more = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const answer = await fetch(`${url}/api/v1/partners?limit=100${more}`, { headers: { 'x-api-key': key } });
    cursor = (await answer.json()).nextCursor;
  }
  return (performance.now() - begun) / 1000;
}

function parseTime(text) {
  const begun = performance.now();
  parseDocument(text, { lineCounter: new LineCounter(), uniqueKeys: false });
  return (performance.now() - begun) / 1000;
}

const node = await median(9, () => measure(['-e', '0']));
const ratio = async (what, args, goal) => {
  const { wall } = await median(9, () => measure([tool, ...args]));
  row(what, `${(wall / node.wall).toFixed(2)} × node -e 0`, `≤ ${goal} ×`, wall / node.wall <= goal);
};
const ten = partnersFile(10);
await ratio('introwctl --version', ['--version'], 1.25);
await ratio('introwctl --help', ['--help'], 1.7);
await ratio('validate, 10 partners', ['validate', '-f', ten.file], 2.2);

const large = partnersFile(10_000);
const parsing = Math.min(...Array.from({ length: 3 }, () => parseTime(large.text)));
await withSandbox(['--seed', large.seed, '--latency-ms', '50'], async (env) => {
  const fetching = await fetchAll(env);
  const plan = await measure([tool, 'plan', '-f', large.file, '--format', 'json'], env);
  const { cost } = JSON.parse(plan.out);
  const floor = Math.max(parsing, fetching);
  row('requests, plan of 10,000', String(cost.requestsSpent), '100', cost.requestsSpent === 100);
  row(
    'time, plan of 10,000 at 50 ms a page',
    `${(plan.wall / floor).toFixed(2)} × max(parse ${parsing.toFixed(2)} s, fetch ${fetching.toFixed(2)} s)`,
    '≤ 1.15 ×',
    plan.wall / floor <= 1.15,
  );
  row('peak memory of that plan', `${Math.round(plan.mb)} MB`, '≤ 350 MB', plan.mb <= 350);
});

const cpu = async (count) => {
  const { file, seed } = partnersFile(count);
  return withSandbox(
    ['--seed', seed],
    async (env) => (await median(3, () => measure([tool, 'plan', '-f', file], env))).cpu - node.cpu,
  );
};
const growth = (await cpu(10_000)) / (await cpu(1_000));
row('CPU, 10,000 partners against 1,000', `${growth.toFixed(1)} ×`, '≤ 11 ×', growth <= 11);

console.log('| what | measured | goal | reached |\n|---|---|---|---|');
for (const each of rows) console.log(`| ${each.what} | ${each.figure} | ${each.goal} | ${each.fits} |`);
rmSync(home, { recursive: true });
