// Runs commands as whole processes and says what they took.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const tool = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/** Seconds of wall time from a Node program's start to its end; it must exit with 0. */
export function time(args, options = {}) {
  const begun = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', ...options });
  if (status !== 0) throw new Error(`${args.join(' ')}: ${stderr}`);
  return (performance.now() - begun) / 1000;
}

/** How many times as long one takes as another: the two in turn, and the median, so that a busy machine slows both. */
export function pairedRatio(pairs, one, other) {
  time(one);
  return median(Array.from({ length: pairs }, () => time(one) / time(other)));
}

/** Runs a Node program (with the `node` at that path) that ends well or with differences; its output, seconds of wall time and CPU, and its megabytes at the most. */
export async function measure(args, { home, node = process.execPath, ...options }) {
  const report = join(home, 'report.cjs');
  writeFileSync(
    report,
    `process.on('exit', () => {
      const used = process.resourceUsage();
      const cpu = (used.userCPUTime + used.systemCPUTime) / 1e6;
      process.stderr.write('\\nUSED ' + JSON.stringify({ cpu, mb: used.maxRSS / 1024 }) + '\\n');
    });`,
  );
  const begun = performance.now();
  const child = spawn(node, ['--require', report, ...args], options);
  const [out, err, [status]] = await Promise.all([
    textOf(child.stdout),
    textOf(child.stderr),
    once(child, 'close'),
  ]);
  const wall = (performance.now() - begun) / 1000;
  if (status !== 0 && status !== 2) throw new Error(`${args.join(' ')}: ${err}`);
  return { out, err, wall, ...JSON.parse(/USED (.*)/.exec(err)[1]) };
}

/** Gives the environment for a sandbox of its own to `use`. */
export async function withSandbox(args, use) {
  const child = spawn(process.execPath, [tool, 'sandbox', ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  const { url, keys } = JSON.parse(line);
  try {
    return await use({ ...process.env, INTROW_API_URL: url, INTROW_API_KEY: keys[0] });
  } finally {
    child.kill();
  }
}

export function median(numbers) {
  return [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)];
}

async function textOf(stream) {
  let text = '';
  for await (const chunk of stream.setEncoding('utf8')) text += chunk;
  return text;
}
