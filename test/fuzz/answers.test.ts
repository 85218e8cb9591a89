/** Answers of a server that says anything at all, and Link headers. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openConnection } from '../../src/introw/connection.ts';
import { parseLinkHeader } from '../../src/introw/link-header.ts';
import { readLive } from '../../src/introw/reader.ts';
import { writer } from '../../src/introw/writer.ts';
import { endsWell, runs } from './ends-well.ts';
import { mutated } from './mutated.ts';
import { type Reply, replyingServer } from './replying-server.ts';

const server = replyingServer();

const page = (from: number, rest: object) =>
  JSON.stringify({
    data: Array.from({ length: 10 }, (_, at) => ({
      id: `ptn_${from + at}`,
      name: `P${from + at}`,
      tierId: 't1',
      owner: { id: 'u1' },
    })),
    ...rest,
  });
const bodies = [
  page(0, { nextCursor: 'b' }),
  page(10, { nextCursor: null }),
  page(0, { page: 1, totalPages: 2 }),
  page(0, { pageInfo: { hasNextPage: true, endCursor: 'x' } }),
  page(0, { offset: 0, total: 20, limit: 10 }),
  page(0, { hasMore: true }),
  page(0, { links: { next: '/api/v1/partners?page=2' } }),
  JSON.stringify({ data: { id: 'ptn_1', name: 'Acme' } }),
  JSON.stringify({ error: { code: 'RATE_LIMITED', message: 'slow down', details: [{ path: 'x' }] } }),
];
const bodyTokens = [
  ...[
    '"',
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    'null',
    'true',
    '-1',
    '1e999',
    '"nextCursor":',
    '"data":',
    '"id":""',
  ],
  ...['"id":null', '"total":0', '"hasMore":true', '"__proto__":', '\u0000', '<html>', '"page":1'],
];
const links = [
  '</api/v1/partners?page=2>; rel="next"',
  '<https://elsewhere.example/?page=2>; rel=next; title="a, b", </?page=1>; rel="prev first"',
];
const linkTokens = [
  '<',
  '>',
  ';',
  ',',
  '"',
  '\\',
  'rel=',
  'rel="next"',
  ' ',
  '\t',
  '=',
  '/',
  '?page=2',
  'http://[',
];
const printable = (text: string) => text.replace(/[^\t\x20-\x7e]/g, '').slice(0, 4000);

const reply: fc.Arbitrary<Reply> = fc.record({
  status: fc.constantFrom(200, 200, 200, 200, 201, 204, 206, 302, 400, 401, 402, 404, 409, 422, 429, 500),
  headers: fc.record(
    {
      'content-type': fc.constantFrom('application/json', 'text/html', 'nonsense'),
      link: mutated(links, linkTokens).map(printable),
      'content-encoding': fc.constantFrom('identity', 'gzip', 'br'),
      'retry-after': fc.constantFrom('0', '-1', '1e9', 'x', 'Thu, 01 Jan 1970 00:00:00 GMT'),
      'x-ratelimit-remaining-minute': fc.constantFrom('100', 'NaN', '1e99', ''),
      'x-introw-credits-remaining-month': fc.constantFrom('5000', '-1', 'x'),
    },
    { requiredKeys: ['content-type'] },
  ),
  body: mutated(bodies, bodyTokens),
});

test('whatever a server answers, reading and writing end soon, in a result or a problem', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(reply, { minLength: 1, maxLength: 4 }), async (all) => {
      server.replies = all;
      server.requests = 0;
      const connection = openConnection({
        url: server.url,
        key: 'a-key-of-tests',
        userAgent: 'test',
        windowMs: 20,
        timeoutMs: 1000,
        retries: { baseMs: 1, longestWaitMs: 5 },
      });
      try {
        await endsWell(() => readLive(connection, { kind: 'list' }));
        await endsWell(() => writer(connection).create({ name: 'Acme' }));
      } finally {
        await connection.close();
      }
      // Four answers are followed to their end and tried again; a reader in a circle asks far more often.
      expect(server.requests).toBeLessThan(100);
    }),
    runs(60),
  );
}, 120_000);

test('any Link header is links or none', async () => {
  await fc.assert(
    fc.asyncProperty(mutated(links, linkTokens), async (header) => {
      await endsWell(() => parseLinkHeader(header));
    }),
    runs(120),
  );
});
