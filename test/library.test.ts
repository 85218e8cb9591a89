import { expect, test } from 'vitest';
import {
  applyPlan,
  loadDesired,
  makePlan,
  openConnection,
  reader,
  startSandbox,
  writer,
} from '../src/index.ts';

test('a program takes the same steps as the commands: load, read, plan, apply', async () => {
  const introw = await startSandbox();
  const connection = openConnection({ url: introw.url, key: 'sandbox-key', userAgent: 'my-program/1.0' });
  const desired = loadDesired([
    { path: 'partners.yaml', text: 'version: 1\npartners:\n  acme: { name: Acme }\n' },
  ]);
  const plan = async () =>
    makePlan({
      kind: 'plan',
      desired,
      base: null,
      live: { partners: await reader(connection).list(), complete: true },
      selection: null,
      options: {
        publish: new Set(),
        only: 'all',
        overwriteConflicts: false,
        recreate: false,
        maxChanges: null,
      },
    });
  const { changes } = await plan();
  const applied = await applyPlan(changes, writer(connection), {
    concurrency: 1,
    limit: changes.length,
    began: new Date().toISOString(),
    stop: new AbortController().signal,
    onResult: () => undefined,
  });
  expect(applied.summary).toEqual({ applied: 1, failed: 0, skipped: 0 });
  expect((await plan()).summary).toMatchObject({ create: 0, update: 0, unchanged: 1 });
  await connection.close();
  await introw.close();
});
