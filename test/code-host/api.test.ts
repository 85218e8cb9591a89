import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { openApi, pagesOf } from '../../src/code-host/api.ts';

const open: Server[] = [];
afterAll(() => {
  for (const server of open) server.close().closeAllConnections();
});

async function listening(server: Server): Promise<number> {
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** A code host, and a proxy that leads every address to it and notes which it was asked for. */
async function network() {
  const asked: (string | undefined)[] = [];
  const host = await listening(createServer((_, answer) => answer.end('{"id":7}')));
  const proxy = createServer();
  proxy.on('connect', ({ url, headers }, socket, head) => {
    asked.push(url, headers['proxy-authorization']);
    const upstream = connect(host, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      upstream.write(head);
      socket.pipe(upstream).pipe(socket);
    });
  });
  return { asked, host, proxy: await listening(proxy) };
}

const host = (url: string, env: Record<string, string>) => openApi({ name: 'GitHub', url, headers: {}, env });

test('a code host is reached through the proxy that HTTP_PROXY names, and a NO_PROXY one directly', async () => {
  const { asked, proxy, host: port } = await network();
  const env = { HTTP_PROXY: `http://me:pass@127.0.0.1:${proxy}` };
  const through = await host('http://github.acme.example/api', env).send('GET', '/user');
  expect(through.json).toEqual({ id: 7 });
  expect(asked).toEqual(['github.acme.example:80', `Basic ${btoa('me:pass')}`]);
  const direct = await host(`http://127.0.0.1:${port}`, env).send('GET', '/user');
  expect(direct.json).toEqual({ id: 7 });
  expect(asked).toHaveLength(2);
});

test('a proxy that does not answer is named, without its password', async () => {
  const env = { HTTP_PROXY: 'http://me:secret@127.0.0.1:1' };
  const failed = host('http://github.acme.example', env).send('GET', '/user?q=1');
  await expect(failed).rejects.toMatchObject({
    problems: [{ message: "GitHub couldn't be reached through the proxy http://127.0.0.1:1 (GET /user)." }],
  });
});

const answering = async (answers: readonly (readonly [status: number, text: string])[]) => {
  const asked: string[] = [];
  const server = createServer(({ method }, answer) => {
    const [status, text] = answers[Math.min(asked.length, answers.length - 1)] ?? [500, ''];
    asked.push(String(method));
    answer.writeHead(status).end(text);
  });
  return { asked, api: host(`http://127.0.0.1:${await listening(server)}`, {}) };
};

test.each([
  ['a page of a login', 200, '<html>Sign in</html>'],
  ['nothing', 200, ''],
  ['JSON cut in half', 200, '[{"id":'],
  ['an object where a list belongs', 200, '{"message":"hello"}'],
])('%s in place of a list is a problem, and no empty list', async (_, status, text) => {
  const { api } = await answering([[status, text]]);
  const read = async () => {
    for await (const _ of pagesOf(api, '/comments', () => false)) throw new Error('there is none');
  };
  await expect(read()).rejects.toMatchObject({
    problems: [
      { code: 'CODE_HOST_FAILED', message: expect.stringContaining('GET /comments with something') },
    ],
  });
});

test('what fails for the moment is tried again, but never a POST', async () => {
  const moment = await answering([
    [502, '<html>'],
    [429, '{}'],
    [200, '{"id":7}'],
  ]);
  expect((await moment.api.send('GET', '/user')).json).toEqual({ id: 7 });
  const down = await answering([[500, '<html>']]);
  await expect(down.api.send('POST', '/issues', {})).rejects.toMatchObject({
    problems: [{ message: 'GitHub refused POST /issues (500).' }],
  });
  await expect(down.api.send('PATCH', '/issues/1', {})).rejects.toMatchObject({
    problems: [{ message: 'GitHub refused PATCH /issues/1 (500).' }],
  });
  expect(down.asked).toEqual(['POST', 'PATCH', 'PATCH', 'PATCH']);
});

test('an address that is none is refused, not a crash', () => {
  expect(() => host('github', {})).toThrow('"github" is not an address of GitHub.');
});
