/**
 * HTTP over Node's own client, which follows Node's own security fixes and starts in a quarter of the time that a package
 * takes to load.
 */
import { Agent, type IncomingMessage, request } from 'node:http';
import type { Duplex } from 'node:stream';
import { connectTo } from './connect-to.ts';
import type { ProxyServer } from './proxy.ts';

export type HttpRequest = {
  readonly method: string;
  /** With its query, as it goes out. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** Leaves it at once, whether or not something came back. */
  readonly signal: AbortSignal;
};

export type HttpAnswer = {
  readonly status: number;
  /** A list where one was sent more than once. */
  readonly headers: Readonly<Record<string, string | string[]>>;
  /** The rest of the answer. Throws BodyTooLarge, or what broke the connection. */
  readonly bytes: (most: number) => Promise<Buffer>;
};

export type HttpClient = {
  /** Throws NotConnected where nothing was sent, and whatever error there is where something may have been. */
  readonly send: (asked: HttpRequest) => Promise<HttpAnswer>;
  /** Closes all connections, also those in use. */
  readonly close: () => void;
};

/** The answer has more bytes than are read. */
export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}

/** What answers speaks another protocol, or wants to. */
export class NotHttp extends Error {
  override readonly name = 'NotHttp';
}

/** An idle connection is closed by us, before servers close theirs just as the next request goes out. */
const idleMs = 4000;

/** `proxy` is on the way, if any; nothing is sent yet. */
export function openHttp(address: URL, proxy: ProxyServer | null, connectMs: number): HttpClient {
  const agent = new Agent({ keepAlive: true, timeout: idleMs });
  const closing = new AbortController();
  agent.createConnection = (_, done) => {
    // The types want both an error and a connection; Node takes one of the two.
    const report = done as (error: Error | null, connection?: Duplex) => void;
    connectTo(address, proxy, connectMs, closing.signal).then((each) => report(null, each), report);
    return null;
  };
  return {
    send: (asked) => send(asked, address.host, agent),
    close: () => {
      closing.abort();
      agent.destroy();
    },
  };
}

function send(asked: HttpRequest, host: string, agent: Agent): Promise<HttpAnswer> {
  const { method, path, body, signal } = asked;
  return new Promise((resolve, reject) => {
    const sending = request({ agent, method, path, headers: { host, ...asked.headers } });
    // As long as there is no connection, nothing but this ends it.
    const leave = () => {
      sending.destroy();
      reject(signal.reason);
    };
    signal.addEventListener('abort', leave, { once: true });
    sending
      .on('error', reject)
      // Only when it is idle is a connection closed for being so.
      .on('socket', (socket) => socket.setTimeout(0))
      // Without these two, an answer that switches protocols would leave nothing to wait for, and the run would just end.
      .on('upgrade', (_, socket) => {
        socket.destroy();
        reject(new NotHttp('It wants to switch protocols.'));
      })
      .on('close', () => {
        signal.removeEventListener('abort', leave);
        reject(new Error('It was closed without an answer.'));
      })
      .on('response', (answer) => resolve(answerOf(answer)))
      .end(body ?? undefined);
    if (signal.aborted) leave();
  });
}

function answerOf(answer: IncomingMessage): HttpAnswer {
  const headers = Object.entries(answer.headersDistinct).map(([name, values = []]) => {
    const [first = '', ...more] = values;
    return [name, more.length === 0 ? first : values] as const;
  });
  return {
    status: answer.statusCode ?? 0,
    headers: Object.fromEntries(headers),
    bytes: (most) => bytesOf(answer, most),
  };
}

async function bytesOf(answer: AsyncIterable<Buffer>, most: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer) {
    size += chunk.length;
    if (size > most) throw new BodyTooLarge(`It has more than ${most} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
