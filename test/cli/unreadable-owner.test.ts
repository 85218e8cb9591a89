import { expect, test } from 'vitest';
import { environment, folder, introwctl, sandbox } from './command.ts';

test('an owner that cannot be read gets a warning, and is not compared', async () => {
  const seed = { partners: [{ id: 'ptn_1', name: 'Acme', owner: { id: 'user_1', name: 'Jamie' } }] };
  const introw = await sandbox({ seed, ownerShape: 'object-without-id' });
  const cwd = folder({
    'partners.yaml': 'version: 1\npartners:\n  acme: { id: ptn_1, name: Acme, ownerId: user_2 }\n',
  });
  const { exit, out } = await introwctl(cwd, ['plan', '--detailed-exitcode'], environment(introw.url));
  expect(exit).toBe(0);
  expect(out).toContain(
    "Introw didn't return the owner of 1 partner in a form that can be read, so it was not compared. [NOT_READABLE]",
  );
});
