import { expect, test } from 'vitest';
import { paths } from '../../src/introw/api.ts';
import { openConnection, readOnly } from '../../src/introw/connection.ts';
import { writer } from '../../src/introw/writer.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';

test('a connection for reading has neither a type nor a way for a write', async () => {
  const introw = await startSandbox({ seed: { partners: [{ id: 'ptn_1', name: 'Acme' }] } });
  const connection = openConnection({ url: introw.url, key: 'sandbox-key', userAgent: 'test' });
  const reading = readOnly(connection);
  try {
    // @ts-expect-error: its requests are of type GET
    await reading.request({ method: 'PATCH', path: paths.partner('ptn_1'), body: { name: 'Globex' } });
    // @ts-expect-error: nor can a writer be made of it
    await expect(writer(reading).update('ptn_1', { name: 'Globex' })).rejects.toThrow(TypeError);
    expect(introw.log.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /api/v1/partners/ptn_1']);
  } finally {
    await connection.close();
    await introw.close();
  }
});
