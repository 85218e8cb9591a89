/** Answers as they come over a real network: compressed, cut off, a byte at a time, from something that isn't Introw. */
import { expect, test } from 'vitest';
import { openConnection } from '../../src/introw/connection.ts';
import { reader } from '../../src/introw/reader.ts';
import { Failure } from '../../src/problem.ts';
import { parseFault } from '../../src/sandbox/faults.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';

/** Reads one partner; what came of it: its name, or the code and the message, and how many requests that took. */
async function read(...faults: string[]): Promise<readonly [string, number]> {
  const introw = await startSandbox({
    seed: { partners: [{ id: 'ptn_1', name: 'Acme' }] },
    faults: faults.map(parseFault),
    windowMs: 300,
  });
  const connection = openConnection({
    url: introw.url,
    key: 'sandbox-key',
    userAgent: 'test',
    windowMs: 300,
    timeoutMs: 400,
    retries: { baseMs: 1, longestWaitMs: 20 },
  });
  const told = await reader(connection)
    .get('ptn_1')
    .then((partner) => partner?.name ?? 'none')
    .catch((error: unknown) => (error instanceof Failure ? error.problems[0].message : String(error)));
  await connection.close();
  await introw.close();
  return [told, introw.log.length];
}

test.concurrent.each<[faults: string[], told: string | RegExp, requests: number]>([
  [['encoding=gzip'], 'Acme', 1],
  [['encoding=deflate'], 'Acme', 1],
  [['encoding=br'], 'Acme', 1],
  [['encoding=zstd'], /an encoding that nobody asked for/, 1],
  [['encoding=gzip', 'half'], /JSON that breaks off/, 1],
  [['cut@get:1'], 'Acme', 2],
  [['cut'], /connection broke in the middle of the answer/, 5],
  [['drip=50'], /The answer didn't arrive in time/, 2],
  [['drip=50@get:1'], 'Acme', 2],
  [['hang'], /didn't answer in time/, 2],
  [['status=408@get:1'], 'Acme', 2],
  [['status=425@get:1'], 'Acme', 2],
  [['status=409'], /conflicts with another change/, 1],
  [['status=423'], /has locked this partner/, 1],
  [['status=403', 'html'], /Something between here and Introw refused the request .*403, an HTML page/, 1],
  [['status=404', 'html'], /Introw's API is not at this address .*404/, 1],
  [['status=404'], 'none', 1],
  [['html'], /sent an HTML page/, 1],
  [['status=503', 'header=retry-after:0', 'header=retry-after:86400'], /503/, 5],
])('%j: %s', async (faults, told, requests) => {
  const [said, count] = await read(...faults);
  if (typeof told === 'string') expect(said).toBe(told);
  else expect(said).toMatch(told);
  expect(count).toBe(requests);
});

test.concurrent.each([
  ['header=retry-after:86400'],
  ['header=retry-after:0'],
  ['header=retry-after:-1'],
  ['header=retry-after:Thu, 01 Jan 1970 00:00:00 GMT'],
  ['header=retry-after:Thu, 01 Jan 2099 00:00:00 GMT'],
  ['header=x-other:1'],
])('429 with %s: tried again until the window has rolled over once, and no longer', async (header) => {
  const began = performance.now();
  const [said, count] = await read('status=429', header);
  const took = performance.now() - began;
  expect(said).toMatch(/too many requests/);
  expect(took).toBeGreaterThanOrEqual(295);
  expect(took).toBeLessThan(3_000);
  expect(count).toBeGreaterThanOrEqual(2);
  expect(count).toBeLessThanOrEqual(10);
});

test.each([
  ['before the answer', 'hang'],
  ['in the middle of the answer', 'drip=100'],
  ['while it waits to be sent again', 'status=503'],
])('a reading that is interrupted %s is reported as interrupted', async (_, fault) => {
  const introw = await startSandbox({
    seed: { partners: [{ id: 'ptn_1', name: 'Acme' }] },
    faults: [parseFault(fault)],
  });
  const stop = new AbortController();
  const connection = openConnection({
    url: introw.url,
    key: 'sandbox-key',
    userAgent: 'test',
    stop: stop.signal,
    retries: { baseMs: 60_000 },
  });
  const reading = reader(connection).get('ptn_1');
  setTimeout(() => stop.abort(), 300);
  await expect(reading).rejects.toMatchObject({ problems: [{ code: 'INTERRUPTED' }] });
  await connection.close();
  await introw.close();
});
