/** A local server that answers as an API does, for as long as the test runs. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { afterThisTest } from '../cleanups.ts';

export type ApiCall = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Readonly<Record<string, unknown>>;
};

export type ApiReply = {
  readonly status: number;
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

export async function serveApi(answer: (call: ApiCall) => ApiReply): Promise<string> {
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const url = new URL(request.url ?? '/', 'http://localhost');
    const { status, json, headers } = answer({
      method: request.method ?? 'GET',
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      body: text === '' ? {} : JSON.parse(text),
    });
    response.writeHead(status, headers).end(JSON.stringify(json ?? { message: `answered ${status}` }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterThisTest(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
}

/** One page of a list, as an API cuts it; whether another follows. */
export function pageOf<T>(
  items: readonly T[],
  query: URLSearchParams,
): { page: T[]; more: boolean; number: number } {
  const size = Math.min(100, Number(query.get('per_page') ?? query.get('pagelen') ?? 30));
  const number = Number(query.get('page') ?? 1);
  const page = items.slice((number - 1) * size, number * size);
  return { page, more: items.length > number * size, number };
}
