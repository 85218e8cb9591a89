import { expect, test } from 'vitest';
import { startConnectProxy } from '../introw/connect-proxy.ts';
import { environment, sandbox } from './command.ts';
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
