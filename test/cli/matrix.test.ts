/** Every way of paging, with everything that can go wrong, for every command that talks to Introw. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseFault } from '../../src/sandbox/faults.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import type { Run } from './command.ts';
import { type GivenArgs, runCommand } from './in-process.ts';

const key = 'k3y-that-must-not-show';
const keys = [{ key, scopes: ['partners:read', 'partners:write'] as const }];
const windowMs = 400;

const partners = Array.from({ length: 130 }, (_, index) => ({
  id: `ptn_${index}`,
  name: `Partner ${index}`,
  tierId: 't1',
}));
const file = [
  'version: 1',
  'partners:',
  ...[3, 64, 127].map((index) => `  p${index}: { id: ptn_${index}, name: Partner ${index}, tierId: t2 }`),
  ...['alpha', 'beta', 'gamma'].map((name) => `  ${name}: { name: ${name}, domain: ${name}.example }`),
].join('\n');
const home = mkdtempSync(join(tmpdir(), 'introwctl-'));
const files = join(home, 'partners.yaml');
writeFileSync(files, file);
// Hundreds of runs in this process ask git for the commit, which none of them is about.
const checkout = process.cwd();
beforeAll(() => process.chdir(home));
afterAll(() => {
  process.chdir(checkout);
  rmSync(home, { recursive: true });
});

const planned = new Set([
  ...[3, 64, 127].map((index) => `PATCH /api/v1/partners/ptn_${index} {"tierId":"t2"}`),
  ...['alpha', 'beta', 'gamma'].map(
    (name) => `POST /api/v1/partners {"name":"${name}","domain":"${name}.example"}`,
  ),
]);

/** Faults that a client gets over, and those that must end the run without a lie. */
const faults: readonly { fault: string; overcome: boolean }[] = [
  { fault: 'slow=20', overcome: true },
  { fault: 'extra', overcome: true },
  { fault: 'status=503@any:2', overcome: true },
  { fault: 'status=500@write:1', overcome: true },
  { fault: 'drop-before@any:1', overcome: true },
  { fault: 'drop-after@write:every:2', overcome: true },
  { fault: 'drop-after@list:2', overcome: true },
  { fault: 'rate=119@any:2', overcome: true },
  { fault: 'html@list:2', overcome: false },
  { fault: 'half@any:2', overcome: false },
  { fault: 'half@create:2', overcome: false },
  { fault: 'bad-error@write:1', overcome: false },
  { fault: 'redirect=https://elsewhere.example@any:2', overcome: false },
  { fault: 'revoke@any:after:4', overcome: false },
  { fault: 'spend@any:after:4', overcome: false },
];

/** Faults of single answers, which the way of paging has no part in. */
const faultsOfAnswers: typeof faults = [
  { fault: 'encoding=gzip', overcome: true },
  { fault: 'header=x-ratelimit-remaining-minute:many', overcome: true },
  { fault: 'header=x-ratelimit-remaining-minute:0@any:2', overcome: true },
  { fault: 'cut@any:2', overcome: true },
  { fault: 'status=408@any:2', overcome: true },
  { fault: 'status-after=204@write', overcome: true },
  { fault: 'body={}@write:1', overcome: true },
  { fault: 'crm-first', overcome: true },
  { fault: 'status=409@write:1', overcome: false },
  { fault: 'dead@any:2', overcome: false },
];

const commands: readonly { name: string; args: GivenArgs; done: number }[] = [
  { name: 'plan', args: {}, done: 0 },
  { name: 'drift', args: {}, done: 2 },
  { name: 'apply', args: { 'auto-approve': true, concurrency: 2 }, done: 0 },
];

const pagings = ['cursor', 'token', 'page-info', 'link', 'links', 'page', 'offset'];

const runs = [
  ...pagings.flatMap((paging) => faults.map((fault) => ({ paging, ...fault }))),
  ...faultsOfAnswers.map((fault) => ({ paging: 'cursor' as const, ...fault })),
].flatMap((conditions) => commands.map((command) => ({ ...conditions, ...command })));

test.concurrent.each(runs)(
  '$name, paging by $paging, with $fault',
  async ({ name, args, done, paging, fault, overcome }) => {
    const given = { file: [files], ...args };
    const struck = await startSandbox({
      seed: { partners },
      keys,
      paging,
      windowMs,
      credits: 500,
      faults: [parseFault(fault)],
    });
    const untouched = struck.partners();
    const first = await runCommand(name, given, environmentOf(struck.url));
    await struck.close();
    const writes = struck.log
      .filter(({ method }) => method !== 'GET')
      .map(({ method, path, body }) => `${method} ${path} ${body}`);
    expect(writes.filter((write) => !planned.has(write))).toEqual([]);
    if (name !== 'apply') expect(writes).toEqual([]);
    noLeak(first);
    if (overcome)
      expect({ exit: first.exit, err: first.exit === done ? '' : first.err + first.out }).toEqual({
        exit: done,
        err: '',
      });
    else expect([done, 1]).toContain(first.exit);

    if (name !== 'apply') return expect(struck.partners()).toEqual(untouched);
    const clean = await startSandbox({ seed: { partners: struck.partners() }, keys, paging, windowMs });
    const again = await runCommand(
      'apply',
      { file: given.file, 'auto-approve': true },
      environmentOf(clean.url),
    );
    const settled = await runCommand('drift', { file: given.file }, environmentOf(clean.url));
    await clean.close();
    expect([again.exit, settled.exit]).toEqual([0, 0]);
    const names = clean.partners().map(({ name: called }) => called);
    expect(names).toHaveLength(133);
    expect(new Set(names).size).toBe(133);
  },
);

function environmentOf(url: string): Record<string, string> {
  return { INTROW_API_URL: url, INTROW_API_KEY: key, INTROW_RATE_WINDOW_MS: String(windowMs) };
}

function noLeak({ out, err }: Run): void {
  expect(out + err).not.toContain(key);
}
