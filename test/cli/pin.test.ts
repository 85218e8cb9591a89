/** introwctl pin acme=ptn_…: the way out of a doubt, wherever the pin is written. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { environment, folder, introwctl, sandbox } from './command.ts';

const seed = {
  partners: [
    { id: 'ptn_1', name: 'Acme', domain: 'acme.example', externalId: 'crm_1' },
    { id: 'ptn_2', name: 'Acme', domain: 'acme.test' },
    { id: 'ptn_3', name: 'Globex' },
  ],
};
const file = (acme: string, more = '') =>
  `version: 1\n${more}partners:\n  acme: { ${acme} } # ours\n  globex: { name: Globex }\n`;

test('a doubt prints the command that ends it, and the others are pinned in spite of it', async () => {
  const { url } = await sandbox({ seed });
  const path = folder({ 'partners.yaml': file('name: Acme') });
  const env = environment(url);
  const all = await introwctl(path, ['pin', '--auto-approve', '--format', 'json'], env);
  expect(all.exit).toBe(0);
  const { pinned, doubts } = JSON.parse(all.out);
  expect([pinned, doubts.length]).toEqual([{ globex: 'ptn_3' }, 1]);
  const [, command = ''] = /introwctl (pin acme=ptn_2)/.exec(doubts[0].hint) ?? [];
  expect((await introwctl(path, [...command.split(' '), '--auto-approve'], env)).exit).toBe(0);
  expect(readFileSync(join(path, 'partners.yaml'), 'utf8')).toBe(
    'version: 1\npartners:\n  acme: { id: ptn_2, name: Acme } # ours\n  globex: { id: ptn_3, name: Globex }\n',
  );
  expect((await introwctl(path, ['plan', '--detailed-exitcode'], env)).exit).toBe(0);
});

test.each([
  ['the pin by id', file('id: ptn_9, name: Acme'), file('id: ptn_2, name: Acme')],
  ['the pin by external id', file('externalId: "crm_1", name: Acme'), file('id: "ptn_2", name: Acme')],
  [
    'the row under pins',
    file('name: Acme', 'pins: { acme: ptn_9 }\n'),
    file('name: Acme', 'pins: { acme: ptn_2 }\n'),
  ],
])('%s is replaced where it is written', async (_, before, after) => {
  const introw = await sandbox({ seed });
  const path = folder({ 'partners.yaml': before });
  const { exit, err } = await introwctl(
    path,
    ['pin', 'acme=ptn_2', '--auto-approve'],
    environment(introw.url),
  );
  expect({ exit, err: exit === 0 ? '' : err }).toEqual({ exit: 0, err: '' });
  expect(readFileSync(join(path, 'partners.yaml'), 'utf8')).toBe(after);
  expect(introw.log.map(({ path: asked }) => asked)).toEqual(['/api/v1/partners/ptn_2']);
});

test.each([
  ['acme=ptn_9', 'PARTNER_NOT_FOUND\n  Introw has no partner ptn_9'],
  [
    'acme=crm_1',
    "USAGE\n  crm_1 is an external id; the partner's Introw id is ptn_1.\n  Pin by Introw's id: introwctl pin acme=ptn_1.",
  ],
  ['acmee=ptn_1', 'UNKNOWN_HANDLE\n  "acmee" isn\'t in any file. Did you mean acme?'],
  ['acme', 'USAGE\n  A pin is written as handle=id, not "acme".'],
  ['acme=', 'USAGE\n  A pin is written as handle=id, not "acme=".'],
  ['acme=ptn_1 acme=ptn_2', 'USAGE\n  acme is given two pins.'],
  ['acme=ptn_1 globex=ptn_1', "SAME_PIN\n  globex can't be pinned to ptn_1, since acme is."],
])('pin %s: a clear problem, and the file stays', async (line, says) => {
  const { url } = await sandbox({ seed });
  const path = folder({ 'partners.yaml': file('name: Acme') });
  const { exit, err } = await introwctl(
    path,
    ['pin', ...line.split(' '), '--auto-approve'],
    environment(url),
  );
  expect(exit).toBe(1);
  expect(err).toContain(says);
  expect(readFileSync(join(path, 'partners.yaml'), 'utf8')).toBe(file('name: Acme'));
});

test('a partner that another handle is pinned to is refused before anything is sent, and free once that one moves', async () => {
  const introw = await sandbox({ seed });
  const pinned = file('id: ptn_3, name: Acme');
  const path = folder({ 'partners.yaml': pinned });
  const env = environment(introw.url);
  const { exit, err } = await introwctl(path, ['pin', 'globex=ptn_3', '--auto-approve'], env);
  expect(exit).toBe(1);
  expect(err).toBe(
    "SAME_PIN\n  globex can't be pinned to ptn_3, since acme (partners.yaml:3) is.\n  If acme is another partner, pin it to its own in the same command.\n",
  );
  expect(introw.log).toEqual([]);
  const swapped = ['pin', 'globex=ptn_3', 'acme=ptn_2', '--auto-approve'];
  expect((await introwctl(path, swapped, env)).exit).toBe(0);
  expect(readFileSync(join(path, 'partners.yaml'), 'utf8')).toBe(
    pinned.replace('ptn_3', 'ptn_2').replace('{ name: Globex }', '{ id: ptn_3, name: Globex }'),
  );
});
