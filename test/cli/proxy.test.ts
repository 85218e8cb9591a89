import { readFileSync } from 'node:fs';
import { type AddressInfo, connect } from 'node:net';
import { createServer } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { startConnectProxy } from '../introw/connect-proxy.ts';
import { environment, folder, introwctl, sandbox } from './command.ts';
import { runCommand } from './in-process.ts';

test('doctor and --verbose name the proxy, and never its password', async () => {
  const introw = await sandbox({ seed: { partners: [{ id: 'ptn_1', name: 'Acme' }] } });
  const proxy = await startConnectProxy(Number(new URL(introw.url).port));
  const env = environment(null, { HTTP_PROXY: `http://jo:s3cret@${proxy.host}` });
  const far = { 'api-url': 'http://introw.internal', 'insecure-http': true, verbose: true };
  const text = await runCommand('doctor', far, env);
  const json = await runCommand('doctor', { ...far, format: 'json' }, env);
  const direct = await runCommand('doctor', { ...far, 'api-url': introw.url }, env);
  await proxy.close();
  expect(text.out).toContain(`\n  proxy         http://${proxy.host} (HTTP_PROXY)\n`);
  expect(text.err).toContain(`Through the proxy http://${proxy.host} (HTTP_PROXY).`);
  expect(JSON.parse(json.out).proxy).toEqual({ url: `http://${proxy.host}`, from: 'HTTP_PROXY' });
  expect(direct.out).not.toContain('proxy');
  expect(`${text.out}${text.err}${json.out}${json.err}`).not.toContain('s3cret');
  expect(proxy.asked).toHaveLength(2);
});

/** For introw.internal, localhost and 127.0.0.1; nobody trusts it unless NODE_EXTRA_CA_CERTS names it. */
const certificateAt = (name: string) =>
  fileURLToPath(new URL(`../introw/certificate/${name}.pem`, import.meta.url));
const certificate = { key: readFileSync(certificateAt('key')), cert: readFileSync(certificateAt('cert')) };

/** TLS in front of what listens on `port`; returns its own port. */
async function secured(port: number): Promise<number> {
  const server = createServer(certificate, (socket) => {
    const plain = connect(port, '127.0.0.1');
    socket.pipe(plain).pipe(socket);
    socket.on('error', () => plain.destroy());
    plain.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

test('over TLS: directly, and through a proxy that speaks it or not', async () => {
  const partners = Array.from({ length: 150 }, (_, n) => ({ id: `ptn_${n}`, name: `Partner ${n}` }));
  const introw = await sandbox({ seed: { partners } });
  const port = await secured(Number(new URL(introw.url).port));
  const plain = await startConnectProxy(port);
  const secure = await startConnectProxy(port, undefined, certificate);
  onTestFinished(async () => void (await Promise.all([plain.close(), secure.close()])));
  const cwd = folder({ 'partners.yaml': 'version: 1\npartners: {}\n' });
  const run = (url: string, proxy?: string, trust = true) =>
    introwctl(cwd, ['drift', '--format', 'json'], {
      ...environment(url, proxy === undefined ? {} : { HTTPS_PROXY: proxy }),
      ...(trust ? { NODE_EXTRA_CA_CERTS: certificateAt('cert') } : {}),
    });
  const trusting = await Promise.all([
    run(`https://localhost:${port}`),
    run(`https://127.0.0.1:${port}`),
    run('https://introw.internal', `http://jo:100%@${plain.host}`),
    run('https://introw.internal', `https://${secure.host}`),
  ]);
  for (const { out } of trusting) expect(JSON.parse(out).unmanaged).toHaveLength(150);
  // Two pages over one connection.
  expect(plain.asked).toEqual([{ target: 'introw.internal:443', credentials: 'jo:100%' }]);
  expect(secure.asked).toEqual([{ target: 'introw.internal:443', credentials: null }]);
  const [direct, tunnelled] = await Promise.all([
    run(`https://localhost:${port}`, undefined, false),
    run('https://other.internal', `http://${plain.host}`),
  ]);
  expect(direct.out).toContain('self-signed');
  expect(tunnelled.out).toContain('The certificate of other.internal is for another host');
});
