import { expect, test } from 'vitest';
import { openConnection } from '../../src/introw/connection.ts';
import { reader } from '../../src/introw/reader.ts';
import { parseFault } from '../../src/sandbox/faults.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';

const seed = { partners: [{ id: 'ptn_1', name: 'Acme' }] };
const basics = { key: 'sandbox-key', userAgent: 'test' };

test('a server that never answers: tried again so often, then a problem', async () => {
  const introw = await startSandbox({ seed, faults: [parseFault('hang')] });
  const connection = openConnection({
    ...basics,
    url: introw.url,
    timeoutMs: 100,
    retries: { baseMs: 1 },
  });
  await expect(reader(connection).list()).rejects.toMatchObject({ problems: [{ code: 'TIMED_OUT' }] });
  expect(introw.log).toHaveLength(2);
  expect(connection.budget().requestsSpent).toBe(2);
  await connection.close();
  await introw.close();
});

test('an answer that is too large is not read to its end, nor asked for again', async () => {
  const introw = await startSandbox({ seed });
  const connection = openConnection({ ...basics, url: introw.url, maxBodyBytes: 50 });
  await expect(reader(connection).list()).rejects.toMatchObject({ problems: [{ code: 'ANSWER_TOO_LARGE' }] });
  expect(introw.log).toHaveLength(1);
  await connection.close();
  await introw.close();
});

test('reserved credits are left to others', async () => {
  const partners = Array.from({ length: 300 }, (_, index) => ({ id: `ptn_${index}`, name: `P${index}` }));
  const introw = await startSandbox({ seed: { partners }, credits: 21 });
  const connection = openConnection({ ...basics, url: introw.url, reserveCredits: 20 });
  await expect(reader(connection).list()).rejects.toMatchObject({ problems: [{ code: 'CREDITS_RESERVED' }] });
  expect(introw.log).toHaveLength(1);
  await connection.close();
  await introw.close();
});

test.each(['a/b', 'a b', '?x=1', '#x', 'ä', '%2e'])('an id such as %s stays one path segment', async (id) => {
  const introw = await startSandbox({ seed: { partners: [{ id, name: 'Odd' }] } });
  const connection = openConnection({ ...basics, url: introw.url });
  expect((await reader(connection).get(id))?.id).toBe(id);
  expect(await reader(connection).get('..')).toBeNull();
  await connection.close();
  await introw.close();
});
