/** A hint that names a command is to help as it is: with the files that were given. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { environment, folder, introwctl, sandbox, write } from './command.ts';

const seed = {
  partners: [
    { id: 'ptn_1', name: 'Acme', domain: 'acme.example' },
    { id: 'ptn_2', name: 'Acme', domain: 'acme.test' },
    { id: 'ptn_3', name: 'Globex GmbH' },
  ],
};
const partners = 'version: 1\npartners:\n  acme: { name: Acme }\n  globex: { name: Globex }\n';

test.each([
  ['a folder', { 'our partners/a.yaml': partners }, ['our partners'], "'our partners'"],
  ['a file', { 'a.yaml': partners }, ['a.yaml'], 'a.yaml'],
  ['two', { 'a.yaml': partners, 'b.yaml': 'version: 1\n' }, ['a.yaml', 'b.yaml'], 'a.yaml -f b.yaml'],
] as const)(
  '%s: pin in every hint reads what was read, and so does one that a saved plan keeps',
  async (...row) => {
    const [, files, given, shown] = row;
    const { url } = await sandbox({ seed });
    const path = folder(files);
    const env = environment(url);
    const options = given.flatMap((each) => ['-f', each]);
    const planned = await introwctl(
      path,
      ['plan', ...options, '--out', 'plan.json', '--format', 'json'],
      env,
    );
    const { blocked, changes } = JSON.parse(planned.out);
    expect(blocked[0].hint).toContain(
      `introwctl pin -f ${shown} acme=ptn_1, or introwctl pin -f ${shown} acme=ptn_2`,
    );
    expect(changes[0].warnings[0].message).toContain(`introwctl pin -f ${shown} globex=ptn_3`);
    const applied = await introwctl(path, ['apply', 'plan.json', '--auto-approve'], env);
    expect(applied.exit).toBe(1);
    expect(applied.err).toContain(
      `introwctl pin -f ${shown} acme=ptn_2. Then make the plan again with introwctl plan --out, and apply that.`,
    );
  },
);

test.each([
  [['-f', 'p.yaml'], '-f p.yaml'],
  [['--into', 'new.yaml'], '-f new.yaml'],
  [
    ['-f', 'p.yaml', '--into', 'sub/new.yaml', '--pins', 'pins.yaml'],
    '-f p.yaml -f sub/new.yaml -f pins.yaml',
  ],
  [[], null],
])('what follows import %j reads what it read and wrote', async (words, shown) => {
  const { url } = await sandbox({
    seed: { partners: [...seed.partners, { id: 'ptn_4', name: 'New', tierId: 't1' }] },
  });
  const path = folder(shown?.includes('p.yaml') ? { 'p.yaml': partners } : {});
  const { exit, err } = await introwctl(path, ['import', ...words], environment(url));
  expect(exit).toBe(0);
  expect(err).toContain(`run introwctl fmt${shown === null ? '' : ` ${shown}`} --names`);
  if (shown?.includes('p.yaml')) expect(err).toContain('To pin it: introwctl pin -f p.yaml acme=ptn_1, or');
});

test('doctor names the files that are wrong', async () => {
  const { url } = await sandbox({ seed });
  const path = folder({ 'p.yaml': 'version: 2\n' });
  const { err } = await introwctl(path, ['doctor', '-f', 'p.yaml'], environment(url));
  expect(err).toContain('introwctl validate -f p.yaml says why.');
});

test('without -f, with or without INTROW_FILES, commands in hints have none', async () => {
  const { url } = await sandbox({ seed });
  const path = folder({ 'partners.yaml': partners, 'p.yaml': partners });
  for (const more of [{}, { INTROW_FILES: 'p.yaml' }]) {
    const { out } = await introwctl(path, ['plan', '--format', 'json'], environment(url, more));
    expect(JSON.parse(out).blocked[0].hint).toContain('To pin it: introwctl pin acme=ptn_1, or');
  }
});

test('what apply leaves unpinned is named in one line, for people only', async () => {
  const { url } = await sandbox({ seed });
  const partnersIn = (phase: string) =>
    `version: 1\ndefaults: { phaseId: ${phase} }\npartners:\n  a: { name: A }\n  globex: { name: Globex GmbH }\n`;
  const path = folder({ 'p.yaml': partnersIn('ph1') });
  const env = environment(url);
  const apply = (...words: string[]) => introwctl(path, ['apply', ...words, '--auto-approve'], env);
  await introwctl(path, ['plan', '-f', 'p.yaml', '--target', 'a', '--out', 'plan.json'], env);
  expect((await apply('plan.json')).err).toContain(
    "a isn't pinned yet; introwctl pin writes its id into the files.\n",
  );
  write(path, { 'p.yaml': partnersIn('ph2') });
  expect((await apply('-f', 'p.yaml')).err).toContain(
    "a and globex aren't pinned yet; introwctl pin -f p.yaml writes their ids into the files.\n",
  );
  write(path, { 'p.yaml': partnersIn('ph3') });
  const json = await apply('-f', 'p.yaml', '--format', 'json');
  expect([json.exit, json.out + json.err]).toEqual([0, expect.not.stringContaining('pinned yet')]);
  write(path, { 'p.yaml': partnersIn('ph4') });
  await introwctl(path, ['pin', '-f', 'p.yaml', '--auto-approve'], env);
  const pinned = await apply('-f', 'p.yaml');
  expect(pinned).toMatchObject({ exit: 0, err: expect.not.stringContaining('pinned yet') });
});

test.each([
  [['apply'], 'Look first with introwctl plan, then pass --auto-approve.'],
  [
    ['apply', '-f', 'partners.yaml'],
    'Look first with introwctl plan -f partners.yaml, then pass --auto-approve.',
  ],
  [['apply', 'my plan.json'], "Look first with introwctl show 'my plan.json', then pass --auto-approve."],
])('%j without anybody to ask names what shows what it would do', async (words, hint) => {
  const { url } = await sandbox({ seed });
  const path = folder({ 'partners.yaml': partners });
  const env = environment(url);
  await introwctl(path, ['plan', '--target', 'globex', '--out', join(path, 'my plan.json')], env);
  const { exit, err } = await introwctl(path, words, env);
  expect([exit, err]).toEqual([1, expect.stringContaining(hint)]);
});
