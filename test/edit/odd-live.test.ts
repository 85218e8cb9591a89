/** Whatever Introw holds in a field: what import and accept write of it plans as no change. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { namesOf } from '../../src/desired/catalog-names.ts';
import { loadDesired } from '../../src/desired/load.ts';
import { accept } from '../../src/edit/accept.ts';
import { amend } from '../../src/edit/amend.ts';
import { takeOver } from '../../src/edit/live-entries.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { liveOf, planOf } from '../plan/world.ts';
import { enough, runs } from '../runs.ts';

/** What the files can say in another spelling, and how. */
const names: readonly (readonly [unknown, string])[] = [
  [' Acme ', 'Acme'],
  ['Acme\u00a0', 'Acme'],
  ['Two\nlines', 'Two lines'],
  ['A\ttab', 'A tab'],
  ['  Acme   Inc ', 'Acme Inc'],
];
const domains: readonly (readonly [unknown, string])[] = [
  ['https://globex.example/', 'globex.example'],
  [' spaced.example ', 'spaced.example'],
  ['http://u:p@Port.example.:80/x?y', 'port.example'],
  ['https://bücher.example', 'xn--bcher-kva.example'],
];
/** What no file can say, or needs no other spelling. */
const others: readonly unknown[] = [null, '', '   ', 7, true, ['x'], { id: 'x' }, 'x'.repeat(300), '\u200b'];
const plainNames = ['Acme', 'A\u0301cme', 'ＡＣＭＥ'];
const plainDomains = ['acme.example', 'BÜCHER.example', 'no-dot', '*.wild.example', 'a,b'];

const oneOf = (values: readonly unknown[]) => fc.constantFrom(...values);
const livePartner = fc.record({
  name: oneOf([...names.map(([live]) => live), ...plainNames, ...others]),
  domain: oneOf([...domains.map(([live]) => live), ...plainDomains, ...others]),
  tierId: oneOf(['t1', 't 1', ...others]),
  phaseId: oneOf(['ph', ...others]),
  owner: oneOf([{ id: 'u1' }, { id: 7 }, { userId: 'u2' }, 'u3', ...others]),
  experienceTemplateId: oneOf(['e1', ...others]),
  externalId: oneOf(['x', 12345, ...others]),
});

const live = fc
  .array(livePartner, { minLength: 1, maxLength: 4 })
  .map((all) => liveOf(all.map((each, index) => ({ id: `p${index}`, ...each }))));

const stated = (text: string) =>
  loadDesired([{ path: 'partners.yaml', text: `version: 1\n${text}partners: {}\n` }]);

const heads = fc.constantFrom(
  '',
  'defaults: { tierId: t9, phaseId: p9, ownerId: u9, portal: { experienceId: e9, access: RESTRICTED_USERS } }\n',
  'defaults: { ignore: [owner, tier] }\n',
);

const changesOf = ({ changes }: Pick<Plan, 'changes'>) =>
  changes.filter(({ action }) => action !== 'none').map(({ address, fields }) => [address, fields]);

test('an import of any values plans as no change, and no partner is left over', () => {
  fc.assert(
    fc.property(live, heads, (partners, head) => {
      const desired = stated(head);
      const { items } = takeOver(partners, desired, namesOf(desired.catalog), [], 'id');
      const addition = { file: 'partners.yaml', section: 'partners', items } as const;
      const { state } = amend(desired, { edits: new Map(), additions: [addition] });
      const plan = planOf(state, partners);
      expect(changesOf(plan)).toEqual([]);
      expect([plan.unmanaged, plan.blocked]).toEqual([[], []]);
    }),
    runs(300),
  );
});

test('an accept of any values leaves only drift that it names', () => {
  let taken = 0;
  fc.assert(
    fc.property(live, (partners) => {
      const rows = partners.map(
        ({ id }, index) =>
          `  h${index}: { id: ${id}, name: N${index}, domain: d${index}.example, tierId: t8, phaseId: p8, ownerId: u8 }\n`,
      );
      const desired = loadDesired([
        { path: 'partners.yaml', text: `version: 1\npartners:\n${rows.join('')}` },
      ]);
      const drift = planOf(desired, partners, { kind: 'drift' });
      const { edits, taken: some, left } = accept(drift as Plan, desired, null, new Map());
      const { state } = amend(desired, { edits, additions: [] });
      const after = planOf(state, partners, { kind: 'drift' });
      const still = after.changes.flatMap(({ address, fields }) =>
        fields.map(({ field }) => `${address} ${field}`),
      );
      expect(still).toEqual(left.map(({ address, field }) => `${address} ${field}`));
      taken += some.length;
    }),
    runs(300),
  );
  expect(taken).toBeGreaterThan(enough(300));
});

test.each([
  ...names.map(([value, written]) => ['name', value, written] as const),
  ...domains.map(([value, written]) => ['domain', value, written] as const),
])('%s %j is written as %s', (field, value, written) => {
  const [partner] = liveOf([{ id: 'p0', name: 'Acme', tierId: 't1', [field]: value }]);
  const desired = stated('');
  const imported = takeOver(
    partner === undefined ? [] : [partner],
    desired,
    namesOf(desired.catalog),
    [],
    'id',
  );
  const addition = { file: 'partners.yaml', section: 'partners', items: imported.items } as const;
  const { state } = amend(desired, { edits: new Map(), additions: [addition] });
  const [entry] = state.partners.values();
  expect([entry?.[field], entry?.ignore.size]).toEqual([written, 0]);
});
