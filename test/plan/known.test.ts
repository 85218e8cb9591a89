/** Drift that an earlier report has: what is news, what is known, what is gone. */
import { expect, test } from 'vitest';
import type { Handle, PartnerId } from '../../src/partner.ts';
import { compareWithKnown } from '../../src/plan/mark-known.ts';
import type { Change, FieldChange, Plan } from '../../src/plan/plan.ts';
import { raisesAlarm } from '../../src/plan/summary.ts';
import { change, plan } from '../render/documents.ts';

type Row = {
  readonly field?: string;
  readonly before?: string;
  readonly after?: string;
  readonly origin?: FieldChange['origin'];
};

const position = { file: 'partners.yaml', line: 1, column: 1 };

function drifted(
  id: string | null,
  address: string,
  rows: readonly Row[],
  action: Change['action'] = 'update',
): Change {
  const partner = id === null ? null : { id: id as PartnerId, name: 'Acme', domain: null };
  const [like] = change('Acme').fields;
  if (like === undefined) throw new Error('a change has a field');
  const fields = rows.map(
    (row): FieldChange => ({
      ...like,
      field: 'tier',
      before: 't1',
      after: 't2',
      origin: 'drift',
      ...row,
    }),
  );
  return { ...change('Acme'), address: address as Handle, action, partner, fields };
}

const gone = (address: string, pin: string | null) => ({
  address: address as Handle,
  name: 'Gone',
  pin,
  position,
});
const drift = (changes: readonly Change[], missing: Plan['missing'] = []): Plan => ({
  ...plan(changes),
  kind: 'drift',
  missing,
});

test.each<[string, Row & { id?: string | null; address?: string }, boolean]>([
  ['the same difference', {}, true],
  ['the same difference of a partner whose handle was renamed', { address: 'other' }, true],
  ['another partner under the same handle', { id: 'p1' }, false],
  ['another field', { field: 'phase' }, false],
  ['a live value that moved again', { before: 't9' }, false],
  ['a value that the files changed', { after: 't9' }, false],
])('%s is known: %s %s', (_, { id = 'p0', address = 'acme', ...row }, known) => {
  const earlier = drift([drifted('p0', 'acme', [{}])]);
  const now = compareWithKnown(drift([drifted(id, address, [row])]), earlier);
  expect(now.changes[0]?.fields[0]?.known === true).toBe(known);
  expect(now.settled).toEqual(known ? [] : [{ address: 'acme', partnerId: 'p0', field: 'tier' }]);
  expect(raisesAlarm(now)).toBe(!known);
});

test('what an earlier document only proposed raised no alarm then, so it is news as drift', () => {
  const earlier = drift([drifted('p0', 'acme', [{ origin: 'proposed' }])]);
  const now = compareWithKnown(drift([drifted('p0', 'acme', [{}])]), earlier);
  expect([now.changes[0]?.fields[0]?.known, now.settled]).toEqual([undefined, []]);
});

test('only the fields that are known are marked, and only in changes', () => {
  const rows = [{}, { field: 'phase' }];
  const earlier = drift([drifted('p0', 'acme', [{}]), drifted('p1', 'same', [])]);
  const { changes, settled } = compareWithKnown(
    drift([drifted('p0', 'acme', rows), drifted('p1', 'same', [], 'none')]),
    earlier,
  );
  expect(changes.map(({ fields }) => fields.map(({ known }) => known))).toEqual([[true, undefined], []]);
  expect(settled).toEqual([]);
});

test('a create is known by its handle', () => {
  const earlier = drift([drifted(null, 'new', [{}])]);
  const again = compareWithKnown(drift([drifted(null, 'new', [{}])]), earlier);
  const other = compareWithKnown(drift([drifted(null, 'other', [{}])]), earlier);
  expect(again.changes[0]?.fields[0]?.known).toBe(true);
  expect(other.changes[0]?.fields[0]?.known).toBeUndefined();
  expect(other.settled).toEqual([{ address: 'new', partnerId: null, field: 'tier' }]);
});

test.each([
  ['the same partner', 'gone', 'p9', true],
  ['another handle', 'other', 'p9', false],
  ['another pin', 'gone', 'p8', false],
])('of partners that are gone, %s is known: %s %s %s', (_, address, pin, known) => {
  const now = compareWithKnown(drift([], [gone(address, pin)]), drift([], [gone('gone', 'p9')]));
  expect(now.missing[0]?.known === true).toBe(known);
  expect(now.settled).toEqual(known ? [] : [{ address: 'gone', partnerId: null, field: null }]);
  expect(raisesAlarm(now)).toBe(!known);
});

test.each<[string, boolean, readonly FieldChange['origin'][], boolean]>([
  ['nothing differs', true, [], false],
  ['what is only proposed', true, ['proposed'], false],
  ['what has drifted', true, ['drift'], true],
  ['what both changed', true, ['conflict'], true],
  ['one of several that has drifted', true, ['proposed', 'drift'], true],
  ['any difference without a base', false, [null], true],
])('%s, with a base %s, %j: raises an alarm: %s', (_, hasBase, origins, expected) => {
  const document = drift([
    drifted('p1', 'same', [], 'none'),
    drifted(
      'p0',
      'acme',
      origins.map((origin) => ({ origin })),
    ),
  ]);
  const base = hasBase ? { ref: 'main', commit: 'c' } : null;
  expect(raisesAlarm({ ...document, source: { ...document.source, base } })).toBe(expected);
});
