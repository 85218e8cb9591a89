/** What a drift comes to in sentences: what Introw lacks has no fields that differ, and nothing to accept. */
import { expect, test } from 'vitest';
import type { Change, Plan } from '../../src/plan/plan.ts';
import { headline, totals } from '../../src/render/summary-lines.ts';
import { change, plan } from './documents.ts';

const differs = change('Acme');
const absent: Change = { ...differs, action: 'create', partner: null };
const known = (each: Change): Change => ({
  ...each,
  fields: each.fields.map((field) => ({ ...field, known: true })),
});

function drift(changes: readonly Change[], more: Partial<Plan> = {}): Plan {
  return { ...plan(changes), kind: 'drift', ...more };
}

test.each<[name: string, drift: Plan, headline: string, wayOut: string | null]>([
  ['nothing', drift([]), 'No drift. 0 partners match the files.', null],
  [
    'one field',
    drift([differs]),
    'Drift: 1 field of 1 partner differs from the files.',
    'To keep what Introw has, run introwctl accept; to revert it, run introwctl apply.',
  ],
  [
    'one that Introw lacks',
    drift([absent]),
    "Drift: 1 partner of the files isn't in Introw.",
    'To create what Introw lacks, run introwctl apply.',
  ],
  [
    'both, one of them known',
    drift([known(differs), absent, absent]),
    "Drift: 1 field of 1 partner differs from the files. 2 partners of the files aren't in Introw. 1 field of it is known.",
    'To keep what Introw has, run introwctl accept; to revert it and create what Introw lacks, run introwctl apply.',
  ],
  [
    'both, all of it known',
    drift([known(differs), known(absent)]),
    "Drift: 1 field of 1 partner differs from the files. 1 partner of the files isn't in Introw. All of it is known.",
    'To keep what Introw has, run introwctl accept; to revert it and create what Introw lacks, run introwctl apply.',
  ],
  [
    'of other files',
    drift([differs], { source: { ...plan([]).source, files: ['a b.yaml', 'c.yaml'] } }),
    'Drift: 1 field of 1 partner differs from the files.',
    "To keep what Introw has, run introwctl accept -f 'a b.yaml' -f c.yaml; to revert it, run introwctl apply -f 'a b.yaml' -f c.yaml.",
  ],
  [
    'of many files',
    drift([absent], { source: { ...plan([]).source, files: ['a', 'b', 'c', 'd'] } }),
    "Drift: 1 partner of the files isn't in Introw.",
    'To create what Introw lacks, run introwctl apply with the same -f.',
  ],
])('%s', (_, document, first, wayOut) => {
  expect(headline(document)).toBe(first);
  expect(totals(document).filter((line) => line.startsWith('To '))).toEqual(wayOut === null ? [] : [wayOut]);
});
