import { expect, test } from 'vitest';
import { openConnection } from '../../src/introw/connection.ts';
import { answered, freshPace, refused, sent, waitFor } from '../../src/introw/rate-window.ts';
import { reader } from '../../src/introw/reader.ts';
import { parseFault } from '../../src/sandbox/faults.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';

test.each([1, 8])(
  'with %i at once, a full minute is waited out and no 429 is earned',
  async (concurrency) => {
    const windowMs = 600;
    const introw = await startSandbox({
      seed: { partners: [{ id: 'ptn_1', name: 'Acme' }] },
      rateLimit: 40,
      windowMs,
    });
    const connection = openConnection({
      url: introw.url,
      key: 'sandbox-key',
      userAgent: 'test',
      concurrency,
      windowMs,
    });
    await Promise.all(Array.from({ length: 150 }, () => reader(connection).get('ptn_1')));
    await connection.close();
    await introw.close();
    expect(introw.log).toHaveLength(150);
    expect(introw.log.filter(({ status }) => status === 429)).toEqual([]);
  },
);

test('a 429 that somebody else caused is waited out', async () => {
  const windowMs = 400;
  const introw = await startSandbox({
    seed: { partners: [] },
    rateLimit: 10,
    windowMs,
    faults: [parseFault('rate=10@list:1')],
  });
  const waits: string[] = [];
  const connection = openConnection({
    url: introw.url,
    key: 'sandbox-key',
    userAgent: 'test',
    windowMs,
    onEvent: (event) => waits.push(event.kind),
  });
  expect(await reader(connection).list()).toEqual([]);
  await connection.close();
  await introw.close();
  expect(introw.log.map(({ status }) => status)).toEqual([429, 200]);
  expect(waits).toContain('waiting');
});

test('answers that overtake each other are not taken for a new minute', () => {
  const windowMs = 1000;
  let pace = freshPace;
  pace = answered(sent(pace, 0, windowMs), 3, 0, 10);
  pace = sent(sent(sent(pace, 11, windowMs), 12, windowMs), 13, windowMs);
  pace = answered(pace, 0, 13, 20);
  pace = answered(pace, 1, 12, 21);
  pace = answered(pace, 2, 11, 22);
  expect(pace.remaining).toBe(0);
  expect(waitFor(pace, 30, windowMs)).toBe(980);
});

test('after a 429 without Retry-After a whole minute is counted from the first answer seen in it', () => {
  const pace = refused(sent(answered(sent(freshPace, 100, 1000), 5, 100, 110), 200, 1000), 210, null, 1000);
  expect(waitFor(pace, 210, 1000)).toBe(900);
});
