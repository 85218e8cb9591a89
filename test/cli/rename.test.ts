/** Renaming through the command: every use follows, in all files, and nothing else changes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { environment, folder, introwctl } from './command.ts';
import { runCommand } from './in-process.ts';

const offline = environment(null);
const catalog = `version: 1
catalog:
  tiers: { silver: t1, gold: t2 } # gold is best
settings: { tierOrder: [silver, gold] }
defaults: { tier: "gold" }
pins: { acme: ptn_1 }
`;
const partners = `version: 1
x-top: &top { tier: gold }
partners:
  acme: { name: acme, domain: gold.example, tier: &g gold } # acme
  globex: { <<: *top, name: gold }
  hooli: { name: Hooli, tier: *g }
  acme.x: { name: Other, tier: silver }
`;
const files = { 'catalog.yaml': catalog, 'partners.yaml': partners };
const rename = (path: string, ...positionals: string[]) =>
  runCommand('rename', { file: [path], positionals, 'auto-approve': true }, offline);
const read = (path: string, name: string) => readFileSync(join(path, name), 'utf8');

test('a handle, with its pin in another file', async () => {
  const path = folder(files);
  expect((await rename(path, 'acme', 'acme-emea')).exit).toBe(0);
  expect(read(path, 'catalog.yaml')).toBe(catalog.replace('acme:', 'acme-emea:'));
  expect(read(path, 'partners.yaml')).toBe(partners.replace('  acme:', '  acme-emea:'));
});

test('a catalog name: partners, defaults, the order of tiers, anchors and merges', async () => {
  const path = folder(files);
  expect((await rename(path, 'tiers.gold', 'platinum')).exit).toBe(0);
  expect(read(path, 'catalog.yaml')).toBe(
    catalog
      .replace('gold: t2', 'platinum: t2')
      .replace('silver, gold]', 'silver, platinum]')
      .replace('"gold"', '"platinum"'),
  );
  expect(read(path, 'partners.yaml')).toBe(
    partners.replace('{ tier: gold }', '{ tier: platinum }').replace('&g gold', '&g platinum'),
  );
});

test.each([
  [['acmee', 'x'], '"acmee" isn\'t among the handles. Did you mean acme?'],
  [['acme', 'globex'], '"globex" is among the handles already.'],
  [['tiers.gold', 'silver'], '"silver" is among catalog.tiers already.'],
  [['tiers.golf', 'x'], 'Did you mean gold?'],
  [['acme', 'Not A Handle'], '"Not A Handle" can\'t be a handle.'],
  [['acme'], 'rename takes the old name and the new one.'],
])('%j is refused, and nothing is written', async (words, message) => {
  const path = folder(files);
  const { exit, err } = await rename(path, ...words);
  expect(exit).toBe(1);
  expect(err).toContain(message);
  expect([read(path, 'catalog.yaml'), read(path, 'partners.yaml')]).toEqual([catalog, partners]);
});

test('an anchor that serves a name and a tier is not torn apart', async () => {
  const text =
    'version: 1\ncatalog: { tiers: { gold: t1 } }\npartners:\n  acme: { name: &g gold, tier: *g }\n';
  const path = folder({ 'p.yaml': text });
  expect(await rename(path, 'tiers.gold', 'top')).toMatchObject({
    exit: 1,
    err: expect.stringContaining('EDIT_UNSAFE'),
  });
  expect(read(path, 'p.yaml')).toBe(text);
});

test('through the built command, --check says 2', async () => {
  const args = ['rename', 'acme', 'acme-emea', '-f', '.', '--check'];
  expect((await introwctl(folder(files), args, offline)).exit).toBe(2);
});
