import { readFile } from 'node:fs/promises';
import { refuseIrregular } from '../../files/regular-file.ts';
import { listPageSize } from '../../partner.ts';
import { Failure, failure } from '../../problem.ts';
import { parseFault } from '../../sandbox/faults.ts';
import { parseKeeping } from '../../sandbox/keeping.ts';
import { defaultKey, parseKey } from '../../sandbox/keys.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { parseSeed, type Seed } from '../../sandbox/seed.ts';
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
  await terminal.out(terminal.doors.ownKeys({ url: sandbox.url, keys: sandbox.keys.map(({ key }) => key) }));
  await new Promise<void>((resolve) =>
    terminal.stop.addEventListener('abort', () => resolve(), { once: true }),
  );
  await sandbox.close();
  return 0;
};

async function readSeed(path: string, extraMembers: boolean): Promise<Seed> {
  let json: unknown;
  try {
    await refuseIrregular(path);
    json = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw failure('FILE_UNREADABLE', `The seed ${path} could not be read as JSON.`, { cause: error });
  }
  return parseSeed(json, { extraMembers });
}
