import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadDesired } from '../../src/desired/load.ts';
import type { DesiredState } from '../../src/desired/state.ts';
import { Failure } from '../../src/problem.ts';
import { repeated } from '../repeated.ts';
import { runs } from '../runs.ts';
import { said } from './said.ts';

// Cases and what they say are in one file, so that it can be read from top to bottom:
// a line `=== name`, the input with \t and \r written out, a line `....`, what is said.
const path = new URL('expected/problems.txt', import.meta.url);
const sections = readFileSync(path, 'utf8').split(/^(?==== )/m);

test('every problem is said as the book has it', async () => {
  const book = sections.map((section) => {
    const [input = ''] = section.split(/^\.\.\.\.\n/m);
    const text = input
      .slice(input.indexOf('\n') + 1)
      .replaceAll('\\t', '\t')
      .replaceAll('\\r', '\r')
      .replaceAll('\\uFEFF', '\uFEFF');
    return `${input}....\n${said(text)}\n\n`;
  });
  expect(book.length).toBeGreaterThan(35);
  await expect(`${book.join('').trimEnd()}\n`).toMatchFileSnapshot(path.pathname);
});

test.each(['problems', 'mistakes'])('no hint in the book of %s repeats its message', (name) => {
  const lines = readFileSync(new URL(`expected/${name}.txt`, import.meta.url), 'utf8').split('\n');
  const hints = lines.flatMap((line, index) =>
    /^[a-c]\.yaml:\d+:\d+ [A-Z]/.test(lines[index - 1] ?? '') ? [{ line, of: lines[index - 1] ?? '' }] : [],
  );
  expect(hints.length).toBeGreaterThan(35);
  expect(hints.flatMap(({ line, of }) => repeated(of, line))).toEqual([]);
});

test('all problems of all files come together, file by file and line by line', () => {
  const all = said('version: 1\npartners:\n  a: { nam: A }\n', 'version: 2\n', 'version: 1\nsetings: {}\n');
  expect(all.split('\n').filter((line) => !line.startsWith(' '))).toEqual([
    'a.yaml:3:8 UNKNOWN_KEY a has no key "nam". Did you mean name?',
    'b.yaml:1:10 INVALID_VALUE version is 2; this version of introwctl reads version 1.',
    'c.yaml:2:1 UNKNOWN_KEY The file has no key "setings". Did you mean settings?',
  ]);
});

test('the same handle in two files names both places', () => {
  const all = said(
    'version: 1\npartners:\n  acme: { name: A }\n',
    'version: 1\n\npartners:\n  acme: { name: B }\n',
  );
  expect(all).toContain('b.yaml:4:3 DEFINED_TWICE partners.acme is defined twice: also at a.yaml:3.');
});

test('a copy of a file is one problem for all that the two share', () => {
  const text = `version: 1\npartners:\n${['a', 'b', 'c', 'd'].map((handle) => `  ${handle}: { name: ${handle} }\n`).join('')}`;
  expect(said(text, text)).toBe(
    'b.yaml:3:3 DEFINED_TWICE b.yaml defines 4 entries that a.yaml has too, the first of them partners.a.\n' +
      '    Is one a copy of the other? Move b.yaml out of the folder, or pass only the file that counts with -f.',
  );
});

test('a name that the catalog lacks is one problem, however many partners have it', () => {
  const partners = Array.from({ length: 3000 }, (_, at) => `  p${at}: { name: P${at}, tier: glod }\n`).join(
    '',
  );
  const all = said(`version: 1\ncatalog: { tiers: { gold: t1 } }\npartners:\n${partners}`);
  expect(all.split('\n')).toHaveLength(2);
  expect(all).toContain('catalog.tiers has no "glod", which 3,000 values give. Did you mean gold?');
});

test('a key that no partner has is one problem, however many partners have it', () => {
  const partners = Array.from(
    { length: 3000 },
    (_, at) => `  p${at}: { name: P${at}, website: p${at}.example }\n`,
  );
  const all = said(`version: 1\npartners:\n${partners.join('')}`);
  expect(all.split('\n')[0]).toBe(
    'a.yaml:3:19 UNKNOWN_KEY p0 has no key "website". Did you mean domain? 2,999 more lines have the same problem.',
  );
});

test('a catalog, pins and defaults in files of their own come together', () => {
  const state = loadDesired([
    { path: 'partners.yaml', text: 'version: 1\npartners:\n  acme: { name: Acme, tier: gold }\n' },
    {
      path: 'production.yaml',
      text: 'version: 1\ncatalog: { tiers: { gold: tier_1 } }\npins: { acme: ptn_1 }\ndefaults: { phaseId: phase_1 }\n',
    },
  ]);
  const acme = [...state.partners.values()][0];
  expect(acme?.id).toBe('ptn_1');
  expect(
    [...(acme?.values ?? [])].map(([field, { value, name, from }]) => [field, value, name, from]),
  ).toEqual([
    ['name', 'Acme', null, 'partner'],
    ['tier', 'tier_1', 'gold', 'partner'],
    ['phase', 'phase_1', null, 'defaults'],
  ]);
});

test('what a partner says beats the defaults in either form, portal merges by key, ignore adds up', () => {
  const text = `version: 1
catalog: { tiers: { gold: t1 }, experiences: { reseller: e1 } }
defaults: { tier: gold, portal: { experience: reseller, access: RESTRICTED_USERS }, ignore: [phase] }
partners:
  acme: { name: Acme, tierId: t9, portal: { access: RESTRICTED_DOMAINS }, ignore: [owner] }
`;
  const acme = [...loadDesired([{ path: 'p.yaml', text }]).partners.values()][0];
  const value = (field: 'tier' | 'portal.experience' | 'portal.access') => acme?.values.get(field)?.value;
  expect([value('tier'), value('portal.experience'), value('portal.access')]).toEqual([
    't9',
    'e1',
    'RESTRICTED_DOMAINS',
  ]);
  expect(acme?.ignore).toEqual(new Set(['phase', 'owner']));
});

test('no text makes reading crash: it is a state or problems, each inside its file', () => {
  const pieces = fc.constantFrom(
    'version: 1\n',
    'partners:\n',
    '  acme:\n',
    '    name: A\n',
    '    tier: x\n',
    '&a',
    '*a',
    '{',
    '}',
    '[',
    ']',
    '<<: ',
    '\t',
    '"',
    "'",
    '|\n',
    '? ',
    ': ',
    '- ',
    '#',
    '\r\n',
    '---\n',
    '!t ',
    '%',
    '\u0000',
    'ä',
  );
  const text = fc.oneof(
    fc.array(pieces, { maxLength: 12 }).map((all) => all.join('')),
    fc.string(),
    fc.json(),
  );
  fc.assert(
    fc.property(text, (source) => {
      let state: DesiredState;
      try {
        state = loadDesired([{ path: 'p.yaml', text: source }]);
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        const lines = source.split(/\r\n|\r|\n/).length;
        for (const { position } of error.problems)
          expect(position !== null && position.line >= 1 && position.line <= lines).toBe(true);
        return;
      }
      expect(state.files).toHaveLength(1);
    }),
    runs(500),
  );
});

test('no value in the place of another makes reading crash', () => {
  const any = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom<unknown>(
      [{ a: 1 }],
      { id: 'x' },
      [['a']],
      true,
      0.3,
      'none',
      '{{ x }}',
      'https://x.example/a',
    ),
  );
  const some = (...keys: string[]) =>
    fc.record(Object.fromEntries(keys.map((key) => [key, any])), { requiredKeys: [] });
  const partner = fc.oneof(
    any,
    some(
      'id',
      'externalId',
      'name',
      'domain',
      'tier',
      'tierId',
      'phase',
      'owner',
      'portal',
      'ignore',
      'title',
    ),
    fc.record({ name: fc.constant('A'), portal: some('experience', 'experienceId', 'access') }),
  );
  const file = fc.record(
    {
      version: fc.constant(1),
      organisation: fc.oneof(any, some('name', 'contains')),
      catalog: fc.oneof(any, some('tiers', 'phases', 'owners', 'experiences')),
      settings: fc.oneof(any, some('unmanaged', 'maxChanges', 'reserveCredits', 'paging', 'tierOrder')),
      defaults: fc.oneof(any, some('tier', 'portal', 'ignore', 'name')),
      pins: any,
      partners: fc.oneof(any, fc.dictionary(fc.constantFrom('a', 'b', 'B c', '__proto__'), partner)),
    },
    { requiredKeys: ['version'] },
  );
  fc.assert(
    fc.property(file, (data) => {
      expect(said(JSON.stringify(data, null, 1))).toMatch(/^(?:valid:|a\.yaml:\d+:\d+ [A-Z_]+ )/);
    }),
    runs(60),
  );
});
