/** The state that an edit of several files gives is the one that its files say, and no comment or line ending goes. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadDesired, soundTree } from '../../src/desired/load.ts';
import type { DesiredState } from '../../src/desired/state.ts';
import { amendEach } from '../../src/edit/amend-each.ts';
import type { Addition } from '../../src/edit/amendment.ts';
import type { PartnerEdit } from '../../src/edit/partner-edit.ts';
import { fieldNamed } from '../../src/fields.ts';
import type { SourceFile } from '../../src/files/read.ts';
import type { Handle } from '../../src/partner.ts';
import { enough, runs } from '../runs.ts';

const some = fc.constantFrom;
const comment = some('', '', ' # kept', ' # kept: {');
const line = (...texts: string[]) => fc.tuple(some(...texts), comment).map((parts) => parts.join(''));
const own = (values: fc.Arbitrary<string>) => fc.option(values, { nil: '' });

/** A partner but for its handle: in block or flow style, with comments in odd places. */
const entry = fc.oneof(
  { weight: 1, arbitrary: some(': { name: Flow }\n', ': { name: "F: #", tier: gold, } # kept\n') },
  {
    weight: 4,
    arbitrary: fc
      .tuple(
        comment,
        line('name: Acme', "name: 'It''s'", 'name: "on\n      and: on"', 'name: |-\n      Text # no'),
        own(line('tier: gold', "tier: 'silver'", 'tierId:\n      t9', '# kept')),
        own(line('domain: null', 'domain: ~', '# kept\n    phaseId: p9')),
        own(line('ignore: [phase]', 'ignore:\n      - phase # kept\n      # kept\n      - tier')),
        own(line('portal: { experienceId: e1 }', 'portal:\n      # kept\n      experience: e')),
        some('', '\n', '  # kept\n', '# kept\n', '    # kept\n\n'),
      )
      // A comment after a block scalar would be a part of it.
      .map(([first, name, ...others]) => {
        const below = others.pop();
        const lines = [name.includes('|-') ? name.replace(/ # kept.*$/, '') : name, ...others];
        const text = lines.filter((each) => each !== '').map((each) => `    ${each}\n`);
        return `:${first}\n${text.join('')}${below}`;
      }),
  },
);
const handles = ['acme', '"quoted"', '007', '1e3', 'true', 'a.b', 'zz'];
const head = `catalog: { tiers: { gold: t1, silver: t2 }, experiences: { e: e2 } }
defaults: { phaseId: p1 }
`;
const around = fc.record({
  top: some('', '---\n', '# kept\n---\n', '\uFEFF'),
  extra: some('', 'x-note: hi\n', 'x-text: |\n  partners:\n    no\n'),
  isBelow: fc.boolean(),
  ending: some('\n', '\n', '\r\n'),
  isCut: fc.boolean(),
});
const files = fc
  .array(fc.tuple(fc.array(entry, { minLength: 1, maxLength: 5 }), around), { minLength: 1, maxLength: 3 })
  .map((all) =>
    all.map(([entries, { top, extra, isBelow, ending, isCut }], at): SourceFile => {
      const named = entries.map((each, index) => {
        const handle = handles[(index * 3 + at) % handles.length] ?? 'x';
        return `  ${handle.replace(/"?$/, `${at}${index}$&`)}${each}`;
      });
      const parts = [at === 0 ? head : '', `partners: # kept\n${named.join('')}`];
      const text = `${top}version: 1\n${extra}${(isBelow ? parts.reverse() : parts).join('')}`;
      return { path: `${at}.yaml`, text: (isCut ? text.trimEnd() : text).replaceAll('\n', ending) };
    }),
  );

const changes: readonly ((handle: string) => readonly PartnerEdit[])[] = [
  () => [],
  (handle) => [{ kind: 'pin', id: `ptn_${handle}` }],
  () => [{ kind: 'set', field: fieldNamed('tier'), value: 't2', name: 'silver' }],
  () => [{ kind: 'set', field: fieldNamed('name'), value: 'N: #x', name: null }],
  () => [{ kind: 'unset', field: fieldNamed('tier') }],
  () => [{ kind: 'ignore', field: fieldNamed('owner') }],
  () => [{ kind: 'drop', field: fieldNamed('portal.experience') }],
  (handle) => [
    { kind: 'set', field: fieldNamed('domain'), value: `d${handle}.example`, name: null },
    { kind: 'pin', id: `ptn_${handle}` },
  ],
];

test('an edit of several files', () => {
  let edited = 0;
  const choices = fc.array(fc.nat(changes.length - 1), { minLength: 15, maxLength: 15 });
  fc.assert(
    fc.property(files, choices, fc.option(fc.nat(2)), (before, chosen, addTo) => {
      if (before.some((file) => soundTree(file) === null)) return;
      const state = loadDesired(before);
      const edits = new Map<Handle, readonly PartnerEdit[]>(
        [...state.partners.keys()].map((handle, at) => [handle, changes[chosen[at] ?? 0]?.(handle) ?? []]),
      );
      const target = addTo === null ? undefined : before[addTo];
      const items = [{ key: 'new', value: [{ key: 'name', text: 'New' }] }];
      const additions: Addition[] =
        target === undefined ? [] : [{ file: target.path, section: 'partners', items }];
      const result = amendEach(state, { edits, additions });
      expect([...result.refused]).toEqual([]);
      const written = new Map(result.files.map(({ path, after }) => [path, after]));
      const after = before.map(({ path, text }) => ({ path, text: written.get(path) ?? text }));
      expect(comparable(result.state)).toEqual(comparable(loadDesired(after)));
      for (const [at, { text }] of before.entries()) {
        const now = after[at]?.text ?? '';
        expect(count(now, '# kept')).toBe(count(text, '# kept'));
        if (count(text, '\r\n') > 0) expect(now.replaceAll('\r\n', '')).not.toContain('\n');
      }
      edited++;
    }),
    runs(80),
  );
  expect(edited).toBeGreaterThan(enough(40));
});

function comparable(state: DesiredState) {
  const warnings = state.warnings.map((warning) => JSON.stringify(warning)).sort();
  return { ...state, warnings, handles: [...state.partners.keys()] };
}

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}
