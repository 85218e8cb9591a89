/** One handle in doubt keeps no command from the others: import, accept and pin do the clear ones and name the rest. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { environment, folder, introwctl, sandbox } from './command.ts';

const seed = {
  partners: [
    { id: 'ptn_1', name: 'Acme', domain: 'acme.example', tierId: 't1' },
    { id: 'ptn_2', name: 'Globex', tierId: 't1' },
    { id: 'ptn_3', name: 'Hooli' },
  ],
};
const file = (tier: string) =>
  `version: 1\npartners:\n  acme: { name: Acme, domain: other.example, tierId: t2 }\n  globex: { name: Globex, tierId: ${tier} }\n`;
const doubt =
  'Left out: acme has the name of Acme <acme.example> ptn_1, and another domain: other.example. (partners.yaml:3)\n  Correct the domain, or pin the handle if it is the same partner. To pin it: introwctl pin acme=ptn_1.\n';

test.each([
  ['import', 0, { imported: ['hooli'] }],
  ['accept --auto-approve', 0, { taken: [{ address: 'globex' }] }],
  ['accept globex --auto-approve', 0, { taken: [{ address: 'globex' }], doubts: [] }],
  ['accept acme --auto-approve', 1, { taken: [] }],
  ['pin --auto-approve', 0, { pinned: { globex: 'ptn_2' } }],
  ['pin --target acme --auto-approve', 1, { pinned: {} }],
])('%s', async (line, exit, expected) => {
  const { url } = await sandbox({ seed });
  const path = folder({ 'partners.yaml': file('t2') });
  const run = await introwctl(path, [...line.split(' '), '--format', 'json'], environment(url));
  expect(run.exit).toBe(exit);
  expect(JSON.parse(run.out)).toMatchObject(expected);
  // acme is left as it is.
  expect(readFileSync(join(path, 'partners.yaml'), 'utf8')).toContain(file('t2').split('\n')[2]);
  const { out, err } = await introwctl(
    folder({ 'partners.yaml': file('t2') }),
    line.split(' '),
    environment(url),
  );
  expect(`${out}${err}`.includes(doubt)).toBe(!line.includes('globex'));
});

test('what a server changes in a name is no endless difference, and beyond that it is reported with both values', async () => {
  const { url } = await sandbox({ keeping: ['shrink', 'fold'] });
  const path = folder({
    'partners.yaml':
      'version: 1\npartners:\n  acme: { name: "Ac\u200bme  Inc" }\n  globex: { name: "globex  inc" }\n',
  });
  const apply = await introwctl(path, ['apply', '--auto-approve'], environment(url));
  expect(apply.exit).toBe(0);
  expect(apply.out).toContain(
    'Introw kept another value of name: ac\\u{200b}me inc instead of "Ac\\u{200b}me  Inc".',
  );
  const plan = await introwctl(path, ['plan', '--format', 'json'], environment(url));
  expect(JSON.parse(plan.out).changes.map(({ address }: { address: string }) => address)).toEqual(['acme']);
});
