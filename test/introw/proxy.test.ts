import { afterEach, describe, expect, test } from 'vitest';
import { NotConnected } from '../../src/introw/connect-to.ts';
import { openConnection } from '../../src/introw/connection.ts';
import { unsentFailure } from '../../src/introw/network-errors.ts';
import { proxyFor } from '../../src/introw/proxy.ts';
import { reader } from '../../src/introw/reader.ts';
import { Failure } from '../../src/problem.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { startConnectProxy } from './connect-proxy.ts';

const introw = 'https://api.introw.io';

test.each<[env: Record<string, string>, proxy: string | null, address?: string]>([
  [{}, null],
  [{ HTTPS_PROXY: 'http://proxy:3128' }, 'http://proxy:3128'],
  [{ https_proxy: 'http://proxy:3128' }, 'http://proxy:3128'],
  [{ HTTPS_PROXY: 'proxy:3128' }, 'http://proxy:3128'],
  [{ HTTPS_PROXY: 'https://proxy' }, 'https://proxy'],
  [{ HTTPS_PROXY: '' }, null],
  [{ HTTPS_PROXY: ' ' }, null],
  [{ https_proxy: '', HTTPS_PROXY: 'http://proxy:3128' }, 'http://proxy:3128'],
  [{ https_proxy: 'http://lower:1', HTTPS_PROXY: 'http://upper:1' }, 'http://lower:1'],
  [{ HTTP_PROXY: 'http://proxy:3128' }, null],
  [{ HTTP_PROXY: 'http://proxy:3128' }, 'http://proxy:3128', 'http://introw.internal'],
  [{ HTTPS_PROXY: 'http://proxy:3128' }, null, 'http://introw.internal'],
  // Its password is for connecting alone.
  [{ HTTPS_PROXY: 'http://jo:s3cret@proxy:3128' }, 'http://proxy:3128'],
  // This machine
  [{ HTTPS_PROXY: 'http://proxy:3128' }, null, 'https://localhost:4010'],
  [{ HTTPS_PROXY: 'http://proxy:3128' }, null, 'https://127.0.0.2'],
  [{ HTTP_PROXY: 'http://proxy:3128' }, null, 'http://[::1]:4010'],
])('%j: %s', (env, proxy, address = introw) => {
  expect(proxyFor(new URL(address), env)?.shown ?? null).toBe(proxy);
});

test.each<[noProxy: string, isDirect: boolean, address?: string]>([
  ['*', true],
  ['api.introw.io', true],
  ['API.Introw.IO.', true],
  ['introw.io', true],
  ['.introw.io', true],
  ['*.introw.io', true],
  ['ntrow.io', false],
  ['introw.com', false],
  ['example.com, introw.io', true],
  ['example.com introw.io', true],
  ['api.introw.io:443', true],
  ['api.introw.io:8443', false],
  ['api.introw.io:8443', true, 'https://api.introw.io:8443'],
  ['10.0.0.0/8', true, 'https://10.1.2.3'],
  ['10.0.0.0/8', false, 'https://11.1.2.3'],
  ['10.0.0.0/99', false, 'https://10.1.2.3'],
  ['10.1.2.3', true, 'https://10.1.2.3'],
  ['0.1.2.3', false, 'https://10.1.2.3'],
  ['fd00::/8', true, 'https://[fd00::1]'],
  ['fd00::1', true, 'https://[fd00::1]'],
  ['[fd00::1]:443', true, 'https://[fd00::1]'],
  ['[fd00::1]:444', false, 'https://[fd00::1]'],
  [',, ,', false],
  ['.', false],
])('NO_PROXY=%s', (noProxy, isDirect, address = introw) => {
  for (const name of ['NO_PROXY', 'no_proxy'])
    expect(proxyFor(new URL(address), { HTTPS_PROXY: 'http://proxy:3128', [name]: noProxy }) === null).toBe(
      isDirect,
    );
});

test.each(['socks5://proxy:1080', 'http://', 'ftp://proxy', 'http://jo:s3cret@', 'http://jo:s3 cret@pro xy'])(
  'HTTPS_PROXY=%s is refused, and not repeated',
  (value) => {
    const open = () => proxyFor(new URL(introw), { HTTPS_PROXY: value });
    expect(open).toThrow('HTTPS_PROXY');
    expect(open).not.toThrow('s3');
  },
);

describe('through a proxy', () => {
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });

  async function read(
    refuse: number | undefined,
    url: (introw: Sandbox) => string,
    proxyUrl?: (host: string) => string,
  ) {
    const introw = await startSandbox({ seed: { partners: [{ id: 'ptn_1', name: 'Acme' }] } });
    const proxy = await startConnectProxy(Number(new URL(introw.url).port), refuse);
    const value = proxyUrl?.(proxy.host) ?? `http://jo:s%40cret@${proxy.host}`;
    const connection = openConnection({
      url: url(introw),
      key: 'sandbox-key',
      userAgent: 'test',
      insecureHttp: true,
      env: { HTTP_PROXY: value, HTTPS_PROXY: value },
      retries: { baseMs: 1 },
    });
    closing.push(connection.close, proxy.close, introw.close);
    const problem = await reader(connection)
      .get('ptn_1')
      .then((partner) => ({ message: partner?.name, hint: '' }))
      .catch((error: unknown) =>
        error instanceof Failure ? error.problems[0] : { message: String(error), hint: '' },
      );
    return { told: `${problem.message} ${problem.hint}`, asked: proxy.asked, requests: introw.log.length };
  }

  const far = () => 'http://introw.internal';

  test('the request is tunnelled, with the credentials of the address', async () => {
    const { told, asked } = await read(undefined, far);
    expect(told).toBe('Acme ');
    expect(asked).toEqual([{ target: 'introw.internal:80', credentials: 'jo:s@cret' }]);
  });

  test('this machine is reached directly', async () => {
    const { told, asked } = await read(undefined, ({ url }) => url);
    expect(told).toBe('Acme ');
    expect(asked).toEqual([]);
  });

  test.each([
    [407, /refused to connect .*407.*user and password in HTTP_PROXY/],
    [403, /refused to connect .*403.*leave it out with NO_PROXY/],
    [502, /refused to connect .*502/],
  ])('a proxy that answers %i', async (status, says) => {
    const { told, asked, requests } = await read(status, far);
    expect(told).toMatch(says);
    expect(told).not.toContain('cret');
    expect(asked).toHaveLength(status === 502 ? 5 : 1);
    expect(requests).toBe(0);
  });

  test('a proxy that is down', async () => {
    const { told } = await read(undefined, far, () => 'http://jo:s3cret@127.0.0.1:9');
    expect(told).toMatch(/Nothing answers at the proxy http:\/\/127\.0\.0\.1:9 .*It is named in HTTP_PROXY/);
    expect(told).not.toContain('s3cret');
  });

  test('a tunnel that leads to something other than TLS', async () => {
    const { told } = await read(undefined, () => 'https://introw.internal');
    expect(told).toMatch(/introw\.internal does not speak TLS/);
  });
});

test.each([
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])('%s: the hint names NODE_EXTRA_CA_CERTS', (code) => {
  const route = { host: 'api.introw.io', proxy: null };
  const cause = Object.assign(new Error(code), { code });
  const unsent = unsentFailure(new NotConnected(code, { cause }), 'GET /', route);
  expect(unsent?.failure.problems[0].hint).toContain('NODE_EXTRA_CA_CERTS');
  expect(unsent?.passing).toBe(false);
});

test.each([
  ['127.0.0.1:4010', false],
  ['127.8.0.1:4010', false],
  ['localhost:4010', false],
  ['localhost', false],
  ['[::1]:4010', false],
  ['api.introw.io', true],
  ['10.0.0.1:4010', true],
])('whether a refused connection to %s may get through a moment later: %s', (host, passing) => {
  const cause = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
  const unsent = unsentFailure(new NotConnected('refused', { cause }), 'GET /', { host, proxy: null });
  expect(unsent?.passing).toBe(passing);
  expect(unsent?.failure.problems[0].hint.includes('introwctl sandbox')).toBe(!passing);
});
