/** What must hold of import, accept and pin, whatever the files and Introw hold. */
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { namesOf } from '../../src/desired/catalog-names.ts';
import { loadDesired, soundTree } from '../../src/desired/load.ts';
import { meanings } from '../../src/desired/meaning.ts';
import type { DesiredState } from '../../src/desired/state.ts';
import { accept } from '../../src/edit/accept.ts';
import { amend } from '../../src/edit/amend.ts';
import { amendEach } from '../../src/edit/amend-each.ts';
import { formatFile } from '../../src/edit/format/format.ts';
import { takeOver } from '../../src/edit/live-entries.ts';
import type { PartnerEdit } from '../../src/edit/partner-edit.ts';
import { pinEdits, pinnable } from '../../src/edit/pin.ts';
import { fieldNamed } from '../../src/fields.ts';
import type { Handle, LivePartner } from '../../src/partner.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { lackingPartners } from '../../src/plan/unmanaged.ts';
import { Failure } from '../../src/problem.ts';
import { type Files, filesArbitrary, liveOf, planOf, worldArbitrary } from '../plan/world.ts';
import { enough, runs } from '../runs.ts';
import { comments, writtenFile } from './written-files.ts';

const styles = new URL('./styles/', import.meta.url);

const text = fc.oneof(
  fc.constantFrom(
    'null',
    'yes',
    '0123',
    'Twin',
    'twin',
    ' lead',
    'trail ',
    '"q": \'x\'',
    '😀',
    '- a',
    'a\nb',
    '',
    '# x',
    '\u202ex',
  ),
  fc.string({ maxLength: 20, unit: 'grapheme' }),
  fc.constant('x'.repeat(200)),
  fc.constant('y'.repeat(201)),
);
const idOf = (kind: string) => fc.constantFrom(null, `${kind}1`, `${kind}2`, `${kind}3`);
const anyPartner = fc.record({
  name: fc.option(text),
  domain: fc.option(fc.oneof(fc.domain(), text)),
  tierId: fc.oneof(idOf('t'), text),
  phaseId: idOf('ph'),
  owner: fc.oneof(fc.constantFrom(null, { id: 'o1' }, { id: 'o2' }, { name: 'no id' }), text),
  experienceTemplateId: fc.option(fc.constantFrom('e1', 'e2')),
  createdAt: fc.constantFrom('2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z', null),
});
const organisation = fc
  .array(anyPartner, { maxLength: 6 })
  .map((partners) => partners.map((partner, index) => ({ id: `p${index}`, ...partner })));
const head = fc.record(
  {
    defaults: fc.record(
      {
        tier: fc.constant('gold'),
        phaseId: fc.constant('ph1'),
        ownerId: fc.constant('o1'),
        ignore: fc.constant(['phase']),
      },
      { requiredKeys: [] },
    ),
    catalog: fc.constant({ tiers: { gold: 't1', also: 't1' }, phases: { new: 'ph2' } }),
  },
  { requiredKeys: ['catalog'] },
);
const style = fc.constantFrom(JSON.stringify, stringify, (value: unknown) =>
  stringify(value).replaceAll('\n', '\r\n'),
);

function load(write: (value: unknown) => string, given: object, partners: Files): DesiredState | null {
  return valid(write({ version: 1, ...given, partners }));
}

function valid(text: string): DesiredState | null {
  const file = { path: 'partners.yaml', text };
  // Why a random file is wrong is nobody's question here, and takes long to find out.
  if (soundTree(file) === null) return null;
  try {
    return loadDesired([file]);
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}

test('after an import a plan finds no change, no partner is left over, and what was there says the same', () => {
  let imported = 0;
  fc.assert(
    fc.property(filesArbitrary, organisation, head, style, (files, live, given, write) => {
      const desired = load(write, given, files);
      if (desired === null) return;
      const partners = liveOf(live);
      let lacking: readonly LivePartner[];
      try {
        ({ lacking } = lackingPartners(desired, { partners, complete: true }));
      } catch (error) {
        if (error instanceof Failure) return; // hardly any pin is live: it looks like another organisation
        throw error;
      }
      const { items } = takeOver(lacking, desired, namesOf(desired.catalog), desired.partners.keys(), 'id');
      expect(items).toHaveLength(lacking.length);
      const { state } = amend(desired, {
        edits: new Map(),
        additions: items.length === 0 ? [] : [{ file: 'partners.yaml', section: 'partners', items }],
      });
      const plan = planOf(state, partners, { kind: 'drift' });
      const added = new Set<string>(items.map(({ key }) => key));
      expect(plan.changes.filter(({ address, action }) => added.has(address) && action !== 'none')).toEqual(
        [],
      );
      expect(plan.unmanaged).toEqual([]);
      for (const [handle, meaning] of meanings(desired)) expect(meanings(state).get(handle)).toEqual(meaning);
      imported += items.length;
    }),
    runs(250),
  );
  expect(imported).toBeGreaterThan(enough(125));
});

test('after an accept nothing drifts but what no file can say, and the other partners say the same', () => {
  let accepted = 0;
  fc.assert(
    fc.property(worldArbitrary, head, style, fc.boolean(), ({ files, live }, given, write, pretty) => {
      const before = load(write, given, files);
      if (before === null) return;
      const [file] = before.files;
      const desired =
        pretty && file !== undefined ? loadDesired([{ path: file.path, text: formatFile(file) }]) : before;
      const partners = liveOf(live);
      try {
        const drift = planOf(desired, partners, { kind: 'drift' });
        const { edits, taken, left } = accept(drift as Plan, desired, null, new Map());
        const { state } = amend(desired, { edits, additions: [] });
        const after = planOf(state, partners, { kind: 'drift' });
        const rows = after.changes.flatMap(({ action, fields }) => (action === 'update' ? fields : []));
        // Accepting a domain that two live partners have leaves it open which of them the handle is.
        const doubtful = new Set(after.blocked.map(({ address }) => address));
        expect(rows).toHaveLength(left.filter(({ address }) => !doubtful.has(address)).length);
        for (const [handle, meaning] of meanings(desired))
          if (!edits.has(handle)) expect(meanings(state).get(handle)).toEqual(meaning);
        accepted += taken.length;
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        expect(error.problems.map(({ code }) => code)).not.toContain('EDIT_UNSAFE');
      }
    }),
    runs(250),
  );
  expect(accepted).toBeGreaterThan(enough(50));
});

test('after a pin every matched handle is pinned, and a plan finds the same changes', () => {
  fc.assert(
    fc.property(worldArbitrary, style, ({ files, live }, write) => {
      const desired = load(write, {}, files);
      if (desired === null) return;
      const partners = liveOf(live);
      try {
        const plan = planOf(desired, partners);
        const { state } = amend(desired, pinEdits(desired, pinnable(desired, plan.changes), null));
        const again = planOf(state, partners);
        expect(pinnable(state, again.changes).size).toBe(0);
        const without = ({ changes }: typeof plan) =>
          changes.map(({ address, action, fields }) => [
            address,
            action,
            fields.map(({ field, after }) => [field, after]),
          ]);
        expect(without(again)).toEqual(without(plan));
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        expect(error.problems.map(({ code }) => code)).not.toContain('EDIT_UNSAFE');
      }
    }),
    runs(250),
  );
});

const someEdits = fc.array(
  fc.record({
    handle: fc.constantFrom('p0', 'p1', 'p2', 'p3'),
    edit: fc.oneof(
      fc.record({
        kind: fc.constant('set' as const),
        field: fc.constantFrom('name', 'tier', 'owner'),
        value: fc.constantFrom('new', 'a: b', 'yes'),
      }),
      fc.record({
        kind: fc.constantFrom('drop' as const, 'ignore' as const),
        field: fc.constantFrom('tier', 'owner'),
      }),
      fc.record({
        kind: fc.constant('set' as const),
        field: fc.constant('domain'),
        value: fc.constantFrom('new.example', null),
      }),
      fc.record({ kind: fc.constant('pin' as const), field: fc.constant('name') }),
    ),
  }),
  { minLength: 1, maxLength: 6 },
);

test('an edit of files as people write them changes what it means to, loses no comment, and is refused for no partner', () => {
  let changed = 0;
  fc.assert(
    fc.property(writtenFile, someEdits, (text, given) => {
      const desired = valid(text);
      if (desired === null) return;
      const edits = new Map<Handle, PartnerEdit[]>();
      for (const { handle, edit } of given) {
        const partner = desired.partners.get(handle as Handle);
        const made = edits.get(handle as Handle) ?? [];
        const isNew = made.every((each) => !('field' in each) || each.field.name !== edit.field);
        if (partner === undefined || !isNew) continue;
        if (edit.kind === 'pin') {
          if (partner.externalId !== null || made.some(({ kind }) => kind === 'pin')) continue;
          made.push({ kind: 'pin', id: `ptn_${handle}` });
        } else if (edit.kind === 'set') {
          made.push({ kind: 'set', field: fieldNamed(edit.field), value: edit.value, name: null });
        } else made.push({ kind: edit.kind, field: fieldNamed(edit.field) });
        edits.set(handle as Handle, made);
      }
      const { files, refused } = amendEach(desired, { edits, additions: [] });
      expect([...refused]).toEqual([]);
      for (const { after } of files) {
        expect(comments(after)).toBe(comments(text));
        expect(after.includes('\r\n')).toBe(text.includes('\r\n'));
      }
      changed += files.length;
    }),
    runs(250),
  );
  expect(changed).toBeGreaterThan(enough(75));
});

/** Files in every style, with what one place may say for many: anchors, merges, texts over several lines, braces. */
const styled = fc
  .tuple(
    fc.oneof(
      writtenFile,
      fc.constantFrom(...readdirSync(styles).map((name) => readFileSync(new URL(name, styles), 'utf8'))),
    ),
    fc.boolean(),
    fc.boolean(),
  )
  .map(([text, dos, marked]) => {
    const lines = text.replaceAll('\r\n', '\n');
    return `${marked ? '\uFEFF' : ''}${dos ? lines.replaceAll('\n', '\r\n') : lines}`;
  });

const edit: fc.Arbitrary<PartnerEdit> = fc.oneof(
  fc.constant({ kind: 'pin', id: 'ptn_new' } as const),
  fc
    .constantFrom('name', 'tier', 'owner')
    .chain((field) =>
      fc
        .constantFrom('One', "it's", 'a: b # c', '- x')
        .map((value): PartnerEdit => ({ kind: 'set', field: fieldNamed(field), value, name: null })),
    ),
  fc.constantFrom<PartnerEdit>(
    { kind: 'set', field: fieldNamed('domain'), value: null, name: null },
    { kind: 'unset', field: fieldNamed('owner') },
    { kind: 'ignore', field: fieldNamed('tier') },
  ),
);

test('what an edit says that the files mean is what they mean to whoever reads all of them', () => {
  let edited = 0;
  fc.assert(
    fc.property(
      styled,
      fc.array(fc.tuple(fc.nat(20), edit), { minLength: 1, maxLength: 3 }),
      (text, choices) => {
        const before = valid(text);
        if (before === null) return;
        const handles = [...before.partners.keys()];
        const edits = new Map<Handle, PartnerEdit[]>();
        for (const [at, each] of choices) {
          const handle = handles[at % handles.length];
          if (handle !== undefined) edits.set(handle, [each]);
        }
        const { files, state } = amendEach(before, { edits, additions: [] });
        const now = new Map(files.map(({ path, after }) => [path, after]));
        const read = loadDesired(
          before.files.map(({ path, text: was }) => ({ path, text: now.get(path) ?? was })),
        );
        const byText = (one: object, other: object) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1);
        const sorted = (given: DesiredState) => ({ ...given, warnings: [...given.warnings].sort(byText) });
        expect(sorted(state)).toEqual(sorted(read));
        edited += files.length;
      },
    ),
    runs(200),
  );
  expect(edited).toBeGreaterThan(enough(60));
});
