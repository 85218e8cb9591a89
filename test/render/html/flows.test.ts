/** The picture of moves: both sides in the order of the tiers, the highest on top. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fieldMoves } from '../../../src/plan/moves.ts';
import type { FieldMoves } from '../../../src/plan/plan.ts';
import { flowsOf } from '../../../src/render/html/flows.ts';
import { markupOf } from '../../../src/render/html/html.ts';
import { runs } from '../../runs.ts';
import { change } from '../documents.ts';

const order = ['bronze', 'silver', 'gold', 'platinum'];
const value = fc.constantFrom(...order, 'other', null);

/** The names on each side, from top to bottom. */
function namesOf(svg: string): string[][] {
  const names = (anchor: string) =>
    [
      ...svg.matchAll(
        new RegExp(`<text x="\\d+" y="[\\d.]+" text-anchor="${anchor}">(.*?) \\d+</text>`, 'g'),
      ),
    ].map(([, name = '']) => name);
  return [names('end'), names('start')];
}

function pictureOf(moves: FieldMoves): string {
  const picture = flowsOf(moves, ['before', 'after']);
  return picture === null ? '' : markupOf(picture);
}

test('tiers are in their order, however partners move between them', () => {
  const moved = fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(moved, (pairs) => {
      const made = change('Acme');
      const changes = pairs.map(([before, after]) => ({
        ...made,
        fields: made.fields.map((row) => ({ ...row, before, after })),
      }));
      const [tiers] = fieldMoves({ kind: 'plan', hasBase: false, changes, tierOrder: order });
      if (tiers === undefined) throw new Error('nothing moves');
      for (const names of namesOf(pictureOf(tiers))) {
        expect(names.length).toBeGreaterThan(0);
        const ranks = names.map((name) => order.indexOf(name));
        expect(ranks).toEqual([...ranks].sort((one, other) => other - one));
      }
    }),
    runs(100),
  );
});
