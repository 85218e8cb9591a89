/** However an apply ends, it says what became of each change, and the next run finishes the work without doubles. */
import { execFile, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Outcome } from '../../src/plan/outcome.ts';
import { parseFault } from '../../src/sandbox/faults.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { environment, folder, introwctl, sandbox, tool } from './command.ts';

const names = Array.from({ length: 8 }, (_, index) => `partner-${index}`);
const files = {
  'partners.yaml': `version: 1\npartners:\n${names.map((name) => `  ${name}: { name: ${name} }\n`).join('')}`,
};

/** Starts an apply, sends the signals once so many writes have come in, and collects what it said. */
async function interrupted(
  introw: Sandbox,
  cwd: string,
  writes: number,
  ...signals: NodeJS.Signals[]
): Promise<{ exit: number | null; out: string }> {
  const child = spawn(process.execPath, [tool, 'apply', '--auto-approve', '--format', 'json'], {
    cwd,
    env: environment(introw.url),
  });
  let out = '';
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  while (introw.log.filter(({ method }) => method === 'POST').length < writes)
    await new Promise((resolve) => setTimeout(resolve, 10));
  for (const signal of signals) {
    child.kill(signal);
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  return { exit: await ended, out };
}

async function converges(introw: Sandbox, cwd: string): Promise<void> {
  const again = await introwctl(cwd, ['apply', '--auto-approve'], environment(introw.url));
  expect(again.exit).toBe(0);
  expect(
    introw
      .partners()
      .map(({ name }) => name)
      .sort(),
  ).toEqual(names);
}

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s once: what is under way is finished, the rest is not tried',
  async (signal) => {
    const introw = await sandbox({ latencyMs: 250 });
    const cwd = folder(files);
    const { exit, out } = await interrupted(introw, cwd, 2, signal);
    const outcome: Outcome = JSON.parse(out);
    expect(exit).toBe(130);
    expect(outcome.stopped?.code).toBe('INTERRUPTED');
    expect(outcome.summary.failed).toBe(0);
    expect(outcome.summary.applied).toBe(introw.partners().length);
    expect(outcome.summary.applied + outcome.summary.skipped).toBe(names.length);
    await converges(introw, cwd);
  },
);

test('Ctrl-C twice: leaves at once, and still says what became of each change', async () => {
  const introw = await sandbox({ faults: [parseFault('slow=20000@create:3')] });
  const cwd = folder(files);
  const running = interrupted(introw, cwd, 2, 'SIGINT', 'SIGINT');
  const { exit, out } = await running;
  const { summary, stopped, results }: Outcome = JSON.parse(out);
  expect([exit, stopped?.code]).toEqual([130, 'INTERRUPTED']);
  expect(summary).toEqual({ applied: 2, failed: 0, unknown: 1, skipped: 5 });
  expect(results[2]).toMatchObject({ status: 'unknown', error: { code: 'ANSWER_LOST' } });
  await converges(introw, cwd);
});

test('Ctrl-C while a create whose answer was lost waits to be sent again: it may have happened', async () => {
  const introw = await sandbox({ faults: [parseFault('drop-after@create')] });
  const cwd = folder(files);
  const { exit, out } = await interrupted(introw, cwd, 3, 'SIGINT');
  const { summary, stopped }: Outcome = JSON.parse(out);
  expect([exit, stopped?.code]).toEqual([130, 'INTERRUPTED']);
  expect(summary).toEqual({ applied: 0, failed: 0, unknown: 1, skipped: 7 });
  expect(introw.partners()).toHaveLength(1);
});

test('Ctrl-C while a create that was refused for now waits to be sent again: it failed', async () => {
  const introw = await sandbox({ faults: [parseFault('status=503@create')] });
  const { exit, out } = await interrupted(introw, folder(files), 3, 'SIGINT');
  const { summary, results }: Outcome = JSON.parse(out);
  expect([exit, results[0]?.httpStatus]).toEqual([130, 503]);
  expect(summary).toEqual({ applied: 0, failed: 1, unknown: 0, skipped: 7 });
});

test('a reader of the output that leaves early ends nothing: all is applied, and the outcome saved', async () => {
  const introw = await sandbox();
  const cwd = folder(files);
  const command = `"${process.execPath}" "${tool}" apply --auto-approve --verbose --out outcome.json 2>&1 | head -3`;
  await new Promise((resolve) =>
    execFile('sh', ['-c', command], { cwd, env: environment(introw.url) }, resolve),
  );
  expect(introw.partners()).toHaveLength(names.length);
  const { summary }: Outcome = JSON.parse(readFileSync(join(cwd, 'outcome.json'), 'utf8'));
  expect(summary).toEqual({ applied: names.length, failed: 0, unknown: 0, skipped: 0 });
});

test('killed in the middle: the next run finishes the work', async () => {
  const introw = await sandbox({ latencyMs: 100 });
  const cwd = folder(files);
  await interrupted(introw, cwd, 3, 'SIGKILL');
  await converges(introw, cwd);
});

test('more changes than credits: refused before the first write, or with --partial as many as fit, in file order', async () => {
  const introw = await sandbox({ credits: 5 });
  const cwd = folder(files);
  const refused = await introwctl(cwd, ['apply', '--auto-approve'], environment(introw.url));
  expect(refused.exit).toBe(1);
  expect(refused.err).toContain('CREDITS_SHORT\n  Not enough credits for 8 changes: 4 are left this month.');
  expect(introw.log.map(({ method }) => method)).toEqual(['GET']);
  const partial = await introwctl(
    cwd,
    ['apply', '--auto-approve', '--partial', '--format', 'json'],
    environment(introw.url),
  );
  const outcome: Outcome = JSON.parse(partial.out);
  expect([partial.exit, outcome.stopped?.code]).toEqual([1, 'CREDITS_SHORT']);
  expect(outcome.results.map(({ status }) => status)).toEqual([
    'applied',
    'applied',
    'applied',
    ...names.slice(3).map(() => 'skipped'),
  ]);
});

test('a create whose answer got lost is sent again, and is our own partner, not an adopted one', async () => {
  const introw = await sandbox({ faults: [parseFault('drop-after@create:2')] });
  const { exit, out } = await introwctl(
    folder(files),
    ['apply', '--auto-approve', '--format', 'json'],
    environment(introw.url),
  );
  const outcome: Outcome = JSON.parse(out);
  expect(exit).toBe(0);
  expect(outcome.results.map(({ httpStatus, adopted }) => [httpStatus, adopted])[1]).toEqual([200, false]);
  expect(introw.partners()).toHaveLength(names.length);
});

test.each(['accept', 'pin', 'import'])(
  '%s that is interrupted while it reads writes nothing',
  async (command) => {
    const introw = await sandbox({
      latencyMs: 20_000,
      seed: { partners: [{ id: 'p1', name: 'partner-0' }] },
    });
    const cwd = folder(files);
    const approve = command === 'import' ? ['--into', 'new.yaml'] : ['--auto-approve'];
    const child = spawn(process.execPath, [tool, command, ...approve], { cwd, env: environment(introw.url) });
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    await new Promise<void>((resolve) => child.stderr.on('data', () => resolve()));
    await new Promise((resolve) => setTimeout(resolve, 200));
    child.kill('SIGINT');
    expect(await ended).toBe(130);
    expect(readdirSync(cwd)).toEqual(['partners.yaml']);
    expect(readFileSync(join(cwd, 'partners.yaml'), 'utf8')).toBe(files['partners.yaml']);
  },
);

test('an apply that waits for the rate limit sends nothing more once it is interrupted', async () => {
  const introw = await sandbox({ rateLimit: 4, windowMs: 60_000 });
  const { exit, out } = await interrupted(introw, folder(files), 3, 'SIGINT');
  const { summary }: Outcome = JSON.parse(out);
  expect({ exit, summary }).toEqual({
    exit: 130,
    summary: { applied: 3, failed: 0, unknown: 0, skipped: 5 },
  });
  expect(introw.partners()).toHaveLength(3);
});
