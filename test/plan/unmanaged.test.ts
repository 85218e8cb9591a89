/** What import and set ask of planning: who is in no file, and which handles a plan would change. */
import { expect, test } from 'vitest';
import { changedHandles, lackingPartners } from '../../src/plan/unmanaged.ts';
import { desiredOf, liveOf } from './world.ts';

const live = () => ({
  complete: true,
  partners: liveOf([
    { id: 'p0', name: 'Acme', domain: null, tierId: 't1' },
    { id: 'p1', name: 'Globex', domain: null, tierId: 't1' },
    { id: 'p2', name: 'Hooli', domain: null, tierId: 't1' },
    { id: 'p3', name: 'Hooli', domain: null, tierId: 't1' },
  ]),
});

test.each(['report', 'ignore', 'error'])(
  'partners in no file are lacking, whatever the files make of them (%s), and no candidates of a doubt are',
  (unmanaged) => {
    const files = { a: { id: 'p0', name: 'Acme' }, hooli: { name: 'Hooli' } };
    const { lacking, doubts } = lackingPartners(
      desiredOf(files, { settings: { unmanaged, maxChanges: 0 } }),
      live(),
    );
    expect(lacking.map(({ id }) => id)).toEqual(['p1']);
    expect(doubts.map(({ code, address }) => `${code} ${address}`)).toEqual(['AMBIGUOUS_MATCH hooli']);
  },
);

test('a handle whose partner is gone is no doubt, and a guard is none', () => {
  const files = { a: { id: 'p0', name: 'Acme', tierId: 't2' }, gone: { id: 'p9', name: 'Gone' } };
  expect(lackingPartners(desiredOf(files, { settings: { maxChanges: 0 } }), live()).doubts).toEqual([]);
});

test('the handles that a plan would create or update', () => {
  const files = {
    a: { id: 'p0', name: 'Acme', tierId: 't2' },
    b: { id: 'p1', name: 'Globex', tierId: 't1' },
    new: { name: 'New' },
  };
  expect([...changedHandles(desiredOf(files), live())]).toEqual(['a', 'new']);
});
