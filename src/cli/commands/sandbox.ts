import { readOne } from '../../files/read-one.ts';
import { listPageSize } from '../../partner.ts';
import { failure } from '../../problem.ts';
import { parseFault } from '../../sandbox/faults.ts';
import { parseKeeping } from '../../sandbox/keeping.ts';
import { defaultKey, parseKey } from '../../sandbox/keys.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { parseSeed, type Seed } from '../../sandbox/seed.ts';
import { shellWord } from '../../shell-word.ts';
import type { Run } from '../command.ts';

const highestPort = 65_535;

/** Serves until it is interrupted. */
export const run: Run<'sandbox'> = async (args, terminal) => {
  if (args.port > highestPort) throw failure('USAGE', `--port takes a number up to ${highestPort}.`);
  if (!Number.isInteger(args['page-size']) || args['page-size'] < 1 || args['page-size'] > listPageSize)
    throw failure('USAGE', `--page-size takes a whole number from 1 to ${listPageSize}.`);
  const sandbox = await startSandbox({
    port: args.port,
    seed: args.seed === undefined ? { partners: [] } : await readSeed(args.seed, args['extra-members']),
    keys: args.key === undefined ? [defaultKey] : args.key.map(parseKey),
    credits: args.credits ?? null,
    rateLimit: args['rate-limit'],
    windowMs: args['window-ms'],
    latencyMs: args['latency-ms'],
    paging: args.paging ?? 'cursor',
    maxPageSize: args['page-size'],
    keeping: (args.keep ?? []).map(parseKeeping),
    faults: (args.fault ?? []).map(parseFault),
  });
  const keys = sandbox.keys.map(({ key }) => key);
  await terminal.out(terminal.doors.ownKeys({ url: sandbox.url, keys }));
  // The JSON is for programs; a person needs what to type in the next terminal.
  if (terminal.canAsk) {
    const [key = ''] = keys;
    terminal.err(terminal.doors.ownKeyLine(useLine(sandbox.url, key)));
    terminal.note('Run this in another terminal to use it. Ctrl-C ends it.');
  }
  await new Promise<void>((resolve) =>
    terminal.stop.addEventListener('abort', () => resolve(), { once: true }),
  );
  await sandbox.close();
  return 0;
};

function useLine(url: string, key: string): string {
  return `export INTROW_API_URL=${url} INTROW_API_KEY=${shellWord(key)}`;
}

async function readSeed(path: string, extraMembers: boolean): Promise<Seed> {
  return parseSeed(jsonIn(await readOne(path, seedHint), path), { extraMembers });
}

function jsonIn(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const what = text.trim() === '' ? 'is empty' : 'is not JSON';
    throw failure('FILE_UNREADABLE', `${path} ${what}.`, { hint: seedHint, cause: error });
  }
}

const seedHint = 'Name a JSON file with --seed, such as { "partners": [ { "name": "Acme" } ] }.';
