// What a run costs: requests, time as a ratio to what it can't be faster than, memory, and the size of the install;
// then the same job done by others. Run it with: npm run bench
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import { install, pack, sizeOf } from '../package/install.mjs';
import { besideOthers } from './beside.mjs';
import { editLargeFile } from './editing.mjs';
import { writeHistory } from './history.mjs';
import { writeNewPartners, writePartners } from './partners.mjs';
import { previews } from './preview.mjs';
import { measure, median, pairedRatio, time, tool, withSandbox } from './run.mjs';
import { table } from './table.mjs';
import { applyInWindows } from './windows.mjs';

const home = mkdtempSync(join(tmpdir(), 'introwctl-bench-'));
const { tarball, bytes } = pack(home);
const rows = [];

/** A figure reaches its goal when it isn't above it, or with `exactly` when it is that. */
function row(what, figure, goal, { unit = '', exactly = false } = {}) {
  const reached = exactly ? figure === goal : figure <= goal;
  const shown = (number) => (Number.isInteger(number) ? number : number.toFixed(2));
  rows.push({
    what,
    measured: `${shown(figure)}${unit}`,
    goal: `${exactly ? '' : '≤ '}${shown(goal)}`,
    'of the goal': goal === 0 ? '' : `${Math.round((figure / goal) * 100)}%`,
    reached: reached ? 'yes' : 'NO',
  });
}

async function startUp() {
  const { file } = writePartners(home, 10);
  const ratio = (...args) => pairedRatio(21, [tool, ...args], ['-e', '0']);
  row('`introwctl --version`', ratio('--version'), 1.1, { unit: ' × `node -e 0`' });
  row('`introwctl --help`', ratio('--help'), 1.4, { unit: ' × `node -e 0`' });
  row('`validate` of 10 partners', ratio('validate', '-f', file), 1.75, { unit: ' × `node -e 0`' });
}

/** A plan of a small team against a server that answers at once: what the tool itself takes. */
async function smallPlan() {
  const { file, seed } = writePartners(home, 10);
  await withSandbox(['--seed', seed, '--rate-limit', '100000'], async (env) => {
    const ratios = [];
    for (let i = 0; i < 21; i++)
      ratios.push(time([tool, 'plan', '-f', file], { env }) / time(['-e', '0'], { env }));
    row('`plan` of 10 partners on loopback', median(ratios), 3, { unit: ' × `node -e 0`' });
  });
}

/** What a thousand pages take: time that grows faster than the list, and memory. */
async function hugePlan() {
  const run = async (count) => {
    const { file, seed } = writePartners(home, count);
    return withSandbox(['--seed', seed, '--rate-limit', '100000'], (env) =>
      measure([tool, 'plan', '-f', file], { home, env }),
    );
  };
  const small = await run(10_000);
  const large = await run(100_000);
  row('peak memory of a plan of 100,000', Math.round(large.mb), 700, { unit: ' MB' });
  row('its time, against 10,000', large.wall / small.wall, 11, { unit: ' ×' });
}

async function largePlan() {
  const { file, text, seed } = writePartners(home, 10_000);
  const args = ['--seed', seed, '--latency-ms', '50', '--rate-limit', '100000'];
  await withSandbox(args, async (env) => {
    const runs = [];
    for (let i = 0; i < 5; i++) {
      const floor = Math.max(parsing(text), await fetching(env));
      const plan = await measure([tool, 'plan', '-f', file, '--format', 'json'], { home, env });
      runs.push({ ...plan, ratio: plan.wall / floor });
    }
    row('requests of a plan of 10,000', JSON.parse(runs[0].out).cost.requestsSpent, 100, { exactly: true });
    row('its time, 50 ms a page', median(runs.map(({ ratio }) => ratio)), 1.14, {
      unit: ` × the larger of parsing and fetching (${spread(runs.map(({ ratio }) => ratio))})`,
    });
    row('its peak memory', Math.round(Math.max(...runs.map(({ mb }) => mb))), 350, { unit: ' MB' });
  });
}

/** The least and the most of them. */
function spread(numbers) {
  return `${Math.min(...numbers).toFixed(2)} to ${Math.max(...numbers).toFixed(2)}`;
}

/** Seconds to parse the file with yaml and nothing else. */
function parsing(text) {
  const begun = performance.now();
  parseDocument(text, { lineCounter: new LineCounter(), uniqueKeys: false });
  return (performance.now() - begun) / 1000;
}

/** Seconds to fetch all pages one after the other and do nothing with them. */
async function fetching({ INTROW_API_URL: url, INTROW_API_KEY: key }) {
  const begun = performance.now();
  for (let query = ''; query !== null; ) {
    const answer = await fetch(`${url}/api/v1/partners?limit=100${query}`, { headers: { 'x-api-key': key } });
    const { nextCursor } = await answer.json();
    query = nextCursor === null ? null : `&cursor=${encodeURIComponent(nextCursor)}`;
  }
  return (performance.now() - begun) / 1000;
}

async function requests() {
  const { file, seed } = writePartners(home, 250);
  const [changed, saved] = [join(home, 'changed.yaml'), join(home, 'plan.json')];
  writeFileSync(
    changed,
    readFileSync(file, 'utf8').replace(/(Partner (?:1|2|3)\n[^:]*: \S*\n\s*tierId: )\S*/g, '$1other'),
  );
  await withSandbox(['--seed', seed], async (env) => {
    const spent = async (...args) => {
      const { out } = await measure([tool, ...args, '--format', 'json'], { home, env });
      return JSON.parse(out).cost.requestsSpent;
    };
    const preview = await spent('plan', '-f', file, '--target', 'partner-1,partner-2,partner-3');
    row('requests of a preview of 3 pinned of 250', preview, 3, { exactly: true });
    await spent('plan', '-f', changed, '--out', saved);
    const apply = await spent('apply', saved, '--auto-approve');
    row('requests of applying a saved plan of 3 changes', apply, 6, { exactly: true });
  });
}

async function growth() {
  const begun = (await measure(['-e', '0'], { home })).cpu;
  const cpu = async (count) => {
    const { file, seed } = writePartners(home, count);
    return withSandbox(['--seed', seed, '--rate-limit', '100000'], async (env) => {
      const runs = [];
      for (let i = 0; i < 3; i++) runs.push((await measure([tool, 'plan', '-f', file], { home, env })).cpu);
      return median(runs) - begun;
    });
  };
  const small = await cpu(1000);
  row('CPU, 10,000 partners against 1,000', (await cpu(10_000)) / small, 11, { unit: ' ×' });
}

/** Aliases cost what they are: a file with anchors takes no longer than the same file written out. */
async function anchors() {
  const head = 'version: 1\n';
  const partners = (fields) =>
    Array.from(
      { length: 10_000 },
      (_, n) => `  p${n}:\n${fields}    name: P${n}\n    domain: p${n}.example\n`,
    ).join('');
  const fields = ['tierId: t1', 'phaseId: ph1', 'ownerId: u1'];
  const texts = {
    plain: `${head}partners:\n${partners(fields.map((field) => `    ${field}\n`).join(''))}`,
    merged: `${head}x-base: &base { ${fields.join(', ')} }\npartners:\n${partners('    <<: *base\n')}`,
  };
  const cpu = {};
  for (const [name, text] of Object.entries(texts)) {
    const file = join(home, `${name}.yaml`);
    writeFileSync(file, text);
    const runs = [];
    for (let i = 0; i < 3; i++) runs.push((await measure([tool, 'validate', '-f', file], { home })).cpu);
    cpu[name] = median(runs);
  }
  row('`validate` of 10,000 partners with anchors, against written out', cpu.merged / cpu.plain, 1.5, {
    unit: ' ×',
  });
}

async function editing() {
  for (const [what, ratio] of Object.entries(await editLargeFile(home)))
    row(what, ratio, 1.5, { unit: ' × (`validate` + writing)' });
}

async function longHistory() {
  const cwd = await writeHistory(join(home, 'history'), { partners: 1000, commits: 2000 });
  const { wall, mb } = await measure([tool, 'history', 'partner-7', '--field', 'tier'], { home, cwd });
  row('`history` of 2,000 commits of 1,000 partners', wall, 10, { unit: ' s' });
  row('its peak memory', Math.round(mb), 300, { unit: ' MB' });
  const merged = await writeHistory(join(home, 'merged'), { partners: 1000, commits: 2000, merged: true });
  const merges = await measure([tool, 'history', 'partner-7', '--field', 'tier'], { home, cwd: merged });
  row('the same with a merge for each', merges.wall, 15, { unit: ' s' });
}

async function rateLimit() {
  const {
    requests: sent,
    windows,
    leastWindows,
    refused,
    ratio,
  } = await applyInWindows(writeNewPartners(home, 600), 3000);
  row('requests of planning and applying 600 changes', sent, 601, { exactly: true });
  row('windows of 120 that they take', windows, leastWindows, { exactly: true });
  row('429s among them', refused, 0, { exactly: true });
  row('their time', ratio, 1.02, { unit: ' × the least' });
}

function installation() {
  const folder = join(home, 'installed');
  row('packages installed', install(folder, tarball).length, 4);
  row('their unpacked size', sizeOf(join(folder, 'node_modules')) / 1e6, 4, { unit: ' MB' });
  row('the published tarball', Math.round(bytes / 1000), 450, { unit: ' kB' });
}

try {
  time(['-e', '0']);
  await startUp();
  await smallPlan();
  await largePlan();
  await hugePlan();
  await growth();
  await anchors();
  await requests();
  await editing();
  await longHistory();
  await rateLimit();
  installation();
  console.log(table(rows));
  console.log(table(await besideOthers(home, tarball)));
  console.log(table(await previews(home)));
} finally {
  rmSync(home, { recursive: true, force: true });
}
