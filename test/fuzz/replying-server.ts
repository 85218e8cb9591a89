import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterAll, beforeAll } from 'vitest';

export type Reply = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** A server for the tests of a file: it gives the replies one after the other, and begins again after the last. */
export function replyingServer() {
  const state = { url: '', replies: [] as readonly Reply[], requests: 0 };
  const server = createServer((request, response) => {
    const { status, headers, body } = state.replies[state.requests++ % state.replies.length] ?? {
      status: 200,
      headers: {},
      body: '',
    };
    request.resume().on('end', () => response.writeHead(status, headers).end(body));
  });
  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    state.url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return state;
}
