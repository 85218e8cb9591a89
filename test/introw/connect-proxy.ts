/** A proxy as companies have them: tunnels by CONNECT, or refuses to. */
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, connect } from 'node:net';

export type ConnectProxy = {
  readonly host: string;
  /** What was asked for: the host that it was to connect to, and the credentials that came along. */
  readonly asked: { readonly target: string; readonly credentials: string | null }[];
  readonly close: () => Promise<void>;
};

/**
 * Whatever host is asked for, the tunnel leads to `port` on this machine. `refuse` is a status to refuse with; with a
 * certificate, the proxy itself speaks TLS.
 */
export async function startConnectProxy(
  port: number,
  refuse?: number,
  certificate?: { readonly key: Buffer; readonly cert: Buffer },
): Promise<ConnectProxy> {
  const asked: ConnectProxy['asked'][number][] = [];
  const server = certificate === undefined ? createServer() : createSecureServer(certificate);
  server.on('request', (_, response) => response.writeHead(405).end());
  server.on('connect', (request, socket) => {
    const given = request.headers['proxy-authorization'];
    const credentials =
      given === undefined ? null : Buffer.from(given.replace('Basic ', ''), 'base64').toString();
    asked.push({ target: request.url ?? '', credentials });
    socket.on('error', () => undefined);
    if (refuse !== undefined) {
      socket.end(`HTTP/1.1 ${refuse} No\r\ncontent-type: text/html\r\ncontent-length: 6\r\n\r\n<html>`);
      return;
    }
    const tunnel = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      tunnel.pipe(socket).pipe(tunnel);
    });
    tunnel.on('error', () => socket.destroy());
    socket.on('close', () => tunnel.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port: own } = server.address() as AddressInfo;
  return {
    host: `127.0.0.1:${own}`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
