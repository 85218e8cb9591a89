/** Connections to a server, ready to speak HTTP on: TCP, where a proxy is on the way a tunnel through it, then TLS. */
import { request as askProxy } from 'node:http';
import { connect, isIP, type Socket } from 'node:net';
import { addAbortSignal, type Duplex } from 'node:stream';
import type { ProxyServer } from './proxy.ts';

/** There was no connection to send anything on; `cause` says what was in the way. */
export class NotConnected extends Error {
  override readonly name = 'NotConnected';
}

/** The proxy refused to connect us, with this status. */
export class ProxyRefusal extends Error {
  override readonly name = 'ProxyRefusal';
  readonly status: number;

  constructor(status: number) {
    super(`The proxy answered CONNECT with ${status}.`);
    this.status = status;
  }
}

/** How a connection that takes longer than it may is marked. */
export const connectTimeout = 'CONNECT_TIMEOUT';

/** Throws NotConnected, at the latest when `milliseconds` are over or `closing` is aborted. */
export async function connectTo(
  address: URL,
  proxy: ProxyServer | null,
  milliseconds: number,
  closing: AbortSignal,
): Promise<Duplex> {
  const late = new AbortController();
  const tooLong = Object.assign(new Error('It took too long.'), { code: connectTimeout });
  const timer = setTimeout(() => late.abort(tooLong), milliseconds);
  const signal = AbortSignal.any([late.signal, closing]);
  const open = async (server: URL, through?: Duplex) =>
    ready(addAbortSignal(signal, await socketTo(server, through)), server);
  try {
    if (proxy === null) return await open(address);
    const tunnel = await tunnelled(await open(proxy.url), address, proxy.url);
    return isSecure(address) ? await open(address, tunnel) : tunnel;
  } catch (error) {
    throw new NotConnected('There was no connection.', { cause: signal.aborted ? signal.reason : error });
  } finally {
    clearTimeout(timer);
  }
}

/** `through` is a connection that leads there already, on which only TLS is missing. */
async function socketTo(address: URL, through?: Duplex): Promise<Socket> {
  const host = hostOf(address);
  const place = { host, port: portOf(address), noDelay: true };
  if (!isSecure(address)) return connect(place);
  // Loaded where it is needed: it takes as long as a tenth of a small plan.
  const tls = await import('node:tls');
  const named = isIP(host) === 0 ? { servername: host } : {};
  return tls.connect({ ...named, ...(through === undefined ? place : { socket: through, host }) });
}

function ready(socket: Socket, address: URL): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const closed = () => reject(new Error('The connection was closed before it could be used.'));
    socket
      .once(isSecure(address) ? 'secureConnect' : 'connect', () => resolve(socket))
      .once('error', reject)
      .once('close', closed);
  });
}

function tunnelled(connection: Duplex, to: URL, proxy: URL): Promise<Duplex> {
  const target = `${to.hostname}:${portOf(to)}`;
  return new Promise((resolve, reject) => {
    askProxy({
      method: 'CONNECT',
      path: target,
      headers: { host: target, ...credentialsFor(proxy) },
      createConnection: () => connection,
    })
      .once('error', reject)
      .once('connect', ({ statusCode = 0 }, tunnel) => {
        if (statusCode >= 200 && statusCode < 300) resolve(tunnel);
        else {
          tunnel.destroy();
          reject(new ProxyRefusal(statusCode));
        }
      })
      .end();
  });
}

function credentialsFor({ username, password }: URL): { 'proxy-authorization'?: string } {
  if (username === '') return {};
  const both = `${unescaped(username)}:${unescaped(password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(both).toString('base64')}` };
}

/** A password with a bare % is meant as it is. */
function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function isSecure({ protocol }: URL): boolean {
  return protocol === 'https:';
}

function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '');
}

function portOf(address: URL): number {
  return Number(address.port || (isSecure(address) ? 443 : 80));
}
