/** Bodies as proxies and gateways send them: read as what they are, or refused in one request with what is wrong. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createSocketServer } from 'node:net';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { Writer } from '../../src/introw/api.ts';
import { openConnection } from '../../src/introw/connection.ts';
import { reader } from '../../src/introw/reader.ts';
import { writer } from '../../src/introw/writer.ts';
import { Failure } from '../../src/problem.ts';

type Sent = {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body: string | Buffer;
};

/** Opens a connection to a server that answers everything alike. */
async function answeredWith<T>(
  { status = 200, headers = {}, body }: Sent,
  use: (connection: ReturnType<typeof openConnection>) => Promise<T>,
): Promise<readonly [T, requests: number]> {
  let requests = 0;
  const server = createServer((request, response) => {
    request.resume();
    requests++;
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const connection = openConnection({
    url: `http://127.0.0.1:${port}`,
    key: 'key-of-the-test',
    userAgent: 'test',
    retries: { baseMs: 1, longestWaitMs: 2 },
  });
  try {
    return [await use(connection), requests];
  } finally {
    await connection.close();
    server.close();
  }
}

async function list(sent: Sent): Promise<readonly [string, number]> {
  return answeredWith(sent, (connection) =>
    reader(connection)
      .list()
      .then((partners) => partners.map(({ name }) => name).join(', '))
      .catch((error: unknown) =>
        error instanceof Failure ? `${error.problems[0].code}: ${error.problems[0].message}` : String(error),
      ),
  );
}

const partners = JSON.stringify({ data: [{ id: 'ptn_1', name: 'Café' }], hasMore: false });
const compressed = (encoding: string, body: Buffer): Sent => ({
  headers: { 'content-encoding': encoding },
  body,
});

test.concurrent.each<[name: string, sent: Sent, read: string | RegExp, requests: number]>([
  ['plain', { body: partners }, 'Café', 1],
  ['a byte order mark', { body: `\uFEFF${partners}` }, 'Café', 1],
  ['JSON called text', { headers: { 'content-type': 'text/plain' }, body: partners }, 'Café', 1],
  ['Latin-1', { body: Buffer.from(partners, 'latin1') }, /^UNREADABLE_ANSWER: .* text that is not UTF-8/, 1],
  ['UTF-16', { body: Buffer.from(`\uFEFF${partners}`, 'utf16le') }, /^UNREADABLE_ANSWER: .*not UTF-8/, 1],
  ['gzip', compressed('gzip', gzipSync(partners)), 'Café', 1],
  ['brotli', compressed('br', brotliCompressSync(partners)), 'Café', 1],
  ['deflate', compressed('deflate', deflateSync(partners)), 'Café', 1],
  ['deflate without its header', compressed('deflate', deflateRawSync(partners)), 'Café', 1],
  ['gzip and brotli', compressed('gzip, br', brotliCompressSync(gzipSync(partners))), 'Café', 1],
  ['called gzip', compressed('gzip', Buffer.from(partners)), /^UNREADABLE.* can't be decompressed/, 1],
  ['called brotli', compressed('br', Buffer.from(partners)), /^UNREADABLE.* can't be decompressed/, 1],
  ['gzip of nothing', compressed('gzip', Buffer.alloc(0)), /^UNREADABLE_ANSWER: .* sent nothing/, 1],
  ['gzip cut off', compressed('gzip', gzipSync(partners).subarray(0, 30)), /^NETWORK: .*in the middle/, 5],
  ['null for a list', { body: '{"data":null}' }, /with null under "data" instead of a list/, 1],
  ['an object for a list', { body: '{"data":{"items":[]}}' }, /with an object under "data"/, 1],
  ['text for a list', { body: '{"data":"none"}' }, /with a string under "data"/, 1],
])('%s', async (_, sent, read, requests) => {
  const [what, count] = await list(sent);
  if (typeof read === 'string') expect(what).toBe(read);
  else expect(what).toMatch(read);
  expect(count).toBe(requests);
});

const reported: [body: string, says: string][] = [
  ['{"error":{"code":"INTERNAL","message":"boom"}}', 'boom'],
  ['{"data":[],"hasMore":false,"error":"half of it failed"}', 'half of it failed'],
  ['{"data":[],"hasMore":false,"errors":[{"message":"shard down"}]}', 'shard down'],
  ['{"data":[],"hasMore":false,"success":false,"message":"maintenance"}', 'maintenance'],
  ['{"data":[],"hasMore":false,"ok":false}', 'it says that it failed'],
  ['{"data":[],"hasMore":false,"status":"error"}', 'it says that it failed'],
  ['{"data":[],"error":"the key key-of-the-test is odd"}', 'the key [key] is odd'],
];

test.concurrent.each(reported)('a success with an error inside is no list: %s', async (body, says) => {
  const [what, count] = await list({ body });
  expect(what).toMatch(/^SERVER_ERROR: Introw answered with an error inside a success/);
  expect(what).toContain(says);
  expect(what).not.toContain('key-of-the-test');
  expect(count).toBe(1);
});

test.concurrent.each([
  '{"data":[{"id":"ptn_1","name":"Café"}],"hasMore":false,"error":null,"errors":[],"success":true}',
  '{"data":[{"id":"ptn_1","name":"Café"}],"hasMore":false,"error":{},"errors":{},"ok":true,"status":"ok"}',
  '{"data":[{"id":"ptn_1","name":"Café","error":"of the CRM"}],"hasMore":false,"error":false,"error_count":0}',
])('a list that reports no error is read: %s', async (body) => {
  expect(await list({ body })).toEqual(['Café', 1]);
});

test.concurrent.each(reported)('nor is a write done by one: %s', async (body) => {
  const calls: ((introw: Writer) => ReturnType<Writer['create']>)[] = [
    (introw) => introw.create({ name: 'Acme' }),
    (introw) => introw.update('ptn_1' as Parameters<Writer['update']>[0], { name: 'Acme' }),
  ];
  for (const call of calls) {
    const [written, requests] = await answeredWith({ body }, (connection) => call(writer(connection)));
    expect(written).toMatchObject({ kind: 'lost', ended: 'no usable answer' });
    expect(requests).toBe(1);
  }
});

test.concurrent.each<[name: string, sent: Sent, read: RegExp]>([
  [
    'a gateway in text',
    { status: 403, body: 'RBAC: access denied' },
    /^UNEXPECTED_STATUS: Something between.*RBAC/,
  ],
  ['a page for 402', { status: 402, body: '<h1>Pay</h1>' }, /^UNEXPECTED_STATUS: Something between/],
  ['the login of a network', { status: 511, body: '{}' }, /^UNEXPECTED_STATUS: Something between/],
  ['Introw in JSON', { status: 403, body: '{"message":"no"}' }, /^FORBIDDEN: .*403, no/],
  ['no body', { status: 403, body: '' }, /^FORBIDDEN: /],
  ['a method that is never served', { status: 501, body: '' }, /^SERVER_ERROR: /],
  ['not modified', { status: 304, body: '' }, /^UNEXPECTED_STATUS: Introw answered in an unexpected way/],
  [
    'credits back in a time without a date',
    { status: 402, headers: { 'retry-after': '9'.repeat(18) }, body: '' },
    /^API_CREDITS/,
  ],
])('refused once, by who it is: %s', async (_, sent, read) => {
  const [what, count] = await list(sent);
  expect(what).toMatch(read);
  expect(count).toBe(1);
});

const head = `Content-Length: ${Buffer.byteLength(partners)}\r\n\r\n${partners}`;

test.concurrent.each<[name: string, bytes: string, read: string | RegExp, requests: number]>([
  ['HTTP/1.0', `HTTP/1.0 200 OK\r\n\r\n${partners}`, 'Café', 1],
  ['early hints', `HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 200 OK\r\n${head}`, 'Café', 1],
  ['100 Continue', `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n${head}`, 'Café', 1],
  [
    'a switch of protocols',
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n',
    /not valid HTTP/,
    1,
  ],
  ['another protocol', 'SSH-2.0-OpenSSH_9\r\n', /not valid HTTP/, 1],
  ['nothing but JSON', partners, /not valid HTTP/, 1],
  ['two lengths', `HTTP/1.1 200 OK\r\nContent-Length: 5\r\n${head}`, /not valid HTTP/, 1],
  ['endless headers', `HTTP/1.1 200 OK\r\nX: ${'a'.repeat(100_000)}\r\n${head}`, /not valid HTTP/, 1],
  ['no answer', '', /^NETWORK: The connection to .* broke/, 5],
])('on the wire: %s', async (_, bytes, read, requests) => {
  let count = 0;
  const server = createSocketServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', () => {
      count++;
      socket.end(bytes);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const what = await listAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  server.close();
  if (typeof read === 'string') expect(what).toBe(read);
  else expect(what).toMatch(read);
  expect(count).toBe(requests);
});

async function listAt(url: string): Promise<string> {
  const connection = openConnection({
    url,
    key: 'key',
    userAgent: 'test',
    retries: { baseMs: 1, longestWaitMs: 2 },
  });
  try {
    return (await reader(connection).list()).map(({ name }) => name).join(', ');
  } catch (error) {
    return error instanceof Failure
      ? `${error.problems[0].code}: ${error.problems[0].message}`
      : String(error);
  } finally {
    await connection.close();
  }
}
