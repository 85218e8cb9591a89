import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { openApi, type Pages, pagesOf, userOf } from '../../src/code-host/api.ts';
import { azure } from '../../src/code-host/azure.ts';
import { bitbucket } from '../../src/code-host/bitbucket.ts';
import { listAt } from '../../src/code-host/read-json.ts';

const pages: Pages = {
  size: 'per_page',
  items: (json) => listAt(json),
  hasNext: () => false,
};

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
  const url = `http://127.0.0.1:${await listening(server)}`;
  return { asked, url, api: host(url, {}) };
};

test.each([
  ['a page of a login', 200, '<html>Sign in</html>'],
  ['nothing', 200, ''],
  ['JSON cut in half', 200, '[{"id":'],
  ['an object where a list belongs', 200, '{"message":"hello"}'],
])('%s in place of a list is a problem, and no empty list', async (_, status, text) => {
  const { api } = await answering([[status, text]]);
  const read = async () => {
    for await (const _ of pagesOf(api, '/comments', pages)) throw new Error('there is none');
  };
  await expect(read()).rejects.toMatchObject({
    problems: [
      { code: 'CODE_HOST_FAILED', message: expect.stringContaining('GET /comments with something') },
    ],
  });
});

test.each(['{}', '{"uuid":null}', '{"uuid":""}', '[]'])(
  '%s does not say who the token is, and nobody is not us',
  async (text) => {
    const { api } = await answering([[200, text]]);
    await expect(userOf(api, 'uuid')).rejects.toMatchObject({
      problems: [{ code: 'CODE_HOST_FAILED', message: expect.stringContaining('GET /user with something') }],
    });
  },
);

test('a token that may not ask who it is writes as whom it is said to', async () => {
  const { api } = await answering([[403, '{"message":"no"}']]);
  expect(await userOf(api, 'login', 'bot')).toBe('bot');
});

test.each(['bitbucket', 'azure'] as const)(
  '%s: JSON without a list is a problem, and no empty list',
  async (host) => {
    const { url } = await answering([
      [200, '{"uuid":"me"}'],
      [200, '{"message":"in maintenance"}'],
    ]);
    const { comments } = { bitbucket, azure }[host]({
      ...{
        BITBUCKET_REPO_FULL_NAME: 'a/b',
        BITBUCKET_PR_ID: '7',
        INTROW_BITBUCKET_TOKEN: 't',
        INTROW_BITBUCKET_URL: url,
      },
      ...{ SYSTEM_COLLECTIONURI: url, SYSTEM_TEAMPROJECT: 'p', SYSTEM_ACCESSTOKEN: 't' },
      SYSTEM_PULLREQUEST_PULLREQUESTID: '7',
    });
    await expect(comments?.own()[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      problems: [{ code: 'CODE_HOST_FAILED' }],
    });
  },
);

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
