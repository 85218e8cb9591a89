/** Names for ids: every partner says by the catalog's name what it says by an id that has one. */
import { expect, test } from 'vitest';
import { loadDesired } from '../../src/desired/load.ts';
import { amend } from '../../src/edit/amend.ts';
import { nameIds } from '../../src/edit/name-ids.ts';

const text = `version: 1
catalog: { tiers: { gold: t2 }, owners: { sam: u1 } }
x-best: &best { tierId: t2 }
defaults: { ownerId: u1 }
partners:
  a: { name: A, tierId: t2, ownerId: u1 } # both
  b: { name: t2, tierId: t9, phaseId: u1 }
  c: { name: C, tier: gold }
  d: { <<: *best, name: D }
`;

test("ids with a name in their catalog become that name, in the partner's own lines", () => {
  const desired = loadDesired([{ path: 'p.yaml', text }]);
  const edits = nameIds(desired);
  expect([...edits.keys()]).toEqual(['a']);
  const { files } = amend(desired, { edits, additions: [] });
  expect(files.map(({ after }) => after)).toEqual([
    text.replace('tierId: t2, ownerId: u1', 'tier: gold, owner: sam'),
  ]);
});
