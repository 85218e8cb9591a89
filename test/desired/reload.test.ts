/** Reading again only what an edit has changed gives what reading everything gives. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadDesired } from '../../src/desired/load.ts';
import { reloadDesired } from '../../src/desired/reload.ts';
import type { DesiredState } from '../../src/desired/state.ts';
import type { SourceFile } from '../../src/files/read.ts';
import { Failure, type Problem, type Warning } from '../../src/problem.ts';
import { writtenFile } from '../edit/written-files.ts';
import { enough, runs } from '../runs.ts';

type Result = { readonly state: DesiredState } | { readonly problems: readonly Problem[] };

function resultOf(read: () => DesiredState): Result {
  try {
    const state = read();
    return { state: { ...state, warnings: [...state.warnings].sort(byText) } };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { problems: error.problems };
  }
}

function byText(one: Warning, other: Warning): number {
  return JSON.stringify(one) < JSON.stringify(other) ? -1 : 1;
}

/** How many partners weren't read again. */
function reloadedAlike(before: readonly SourceFile[], after: readonly SourceFile[]): number {
  const earlier = resultOf(() => loadDesired(before));
  if (!('state' in earlier)) return 0;
  const complete = resultOf(() => loadDesired(after));
  const quick = resultOf(() => reloadDesired(earlier.state, after));
  expect(quick).toEqual(complete);
  if (!('state' in quick) || !('state' in complete)) return 0;
  expect([...quick.state.partners.keys()]).toEqual([...complete.state.partners.keys()]);
  const kept = [...quick.state.partners].filter(([handle, partner]) => {
    const was = earlier.state.partners.get(handle);
    // Of a partner that moved, the list of what it ignores is the same object.
    return was !== undefined && was.ignore === partner.ignore && was !== undefined;
  });
  return kept.length;
}

const file = (text: string): SourceFile => ({ path: 'partners.yaml', text });
const catalog = `version: 1
catalog: { tiers: { gold: t1, silver: t2 } }
defaults:
  phaseId: ph1
  ignore: [owner]
`;
const acme =
  '  acme:\n    name: Acme # was Acme Ltd\n    domain: acme.example\n    tier: gold\n    ignore: []\n';
const globex = '  globex: { name: “Globex”, tierId: t3 }\n';
const initech = '  initech:\n    id: ptn_1\n    name: |-\n      Initech\n    ignore:\n      - tier\n';
const whole = `${catalog}partners:\n  # all of them\n${acme}\n${globex}${initech}`;

describe('what the others say stays known', () => {
  test.each([
    ['a value in its line', whole, whole.replace('Acme #', 'Acme Two #'), 2],
    ['a line more', whole, whole.replace('    tier: gold', '    ownerId: u1\n    tier: gold'), 2],
    ['a line less', whole, whole.replace('    domain: acme.example\n', ''), 2],
    ['an entry more', whole, whole.replace(globex, `  hooli: { name: Hooli, tier: silver }\n${globex}`), 3],
    ['an entry less', whole, whole.replace(globex, ''), 2],
    ['entries in another order', whole, whole.replace(globex, '').replace(acme, globex + acme), 3],
    ['another handle', whole, whole.replace('  acme:', '  acme-emea:'), 2],
    ['nothing', whole, whole, 3],
    [
      'in Windows lines',
      whole.replaceAll('\n', '\r\n'),
      whole.replace('gold\n', 'silver\n').replaceAll('\n', '\r\n'),
      2,
    ],
    ['after a byte order mark', `\uFEFF${whole}`, `\uFEFF${whole.replace('t3', 't4')}`, 2],
    [
      'sections below the partners',
      `version: 1\npartners:\n${acme}${globex}${catalog.slice(11)}`,
      `version: 1\npartners:\n${acme.replace('Acme', 'A\n     cme')}${globex}${catalog.slice(11)}`,
      1,
    ],
    ['a tier that is in no catalog', whole, whole.replace('tier: gold', 'tier: gone'), 0],
    ['a pin that another has', whole, whole.replace('    tier: gold', '    id: ptn_1'), 0],
    ['a handle that another has', whole, whole.replace('  globex:', '  acme:'), 0],
    ['another default', whole, whole.replace('phaseId: ph1', 'phaseId: ph2'), 0],
    ['another name in the catalog', whole, whole.replace('gold: t1', 'gold: t9'), 0],
    [
      'an anchor that others use',
      whole.replace('  acme:', '  acme: &a').replace('{ name: “Globex”', '{ <<: *a'),
      whole
        .replace('  acme:', '  acme: &a')
        .replace('{ name: “Globex”', '{ <<: *a')
        .replace('Acme #', 'Acme Two #'),
      0,
    ],
    ['an anchor that comes', whole, whole.replace('name: Acme', 'name: &a Acme'), 0],
    ['quotes that are left open', whole, whole.replace('name: Acme', 'name: "Acme'), 0],
    ['braces that are left open', whole, whole.replace('{ name: “Globex”', '{ name: {'), 0],
    [
      'a text that takes the next entry in',
      whole,
      whole.replace('acme:\n', 'acme: |\n').replace('  globex', '    globex'),
      0,
    ],
    ['an entry further out', whole, whole.replace('  globex', ' globex'), 0],
    ['an entry further in', whole, whole.replace('  globex', '   globex'), 0],
    ['a second document', whole, `${whole}---\n${whole}`, 0],
    ['no partners any more', whole, catalog, 0],
    ['partners in braces', whole, `${catalog}partners: { acme: { name: Acme } }\n`, 0],
  ])('%s', (_, before, after, kept) => {
    expect(reloadedAlike([file(before)], [file(after)])).toBe(kept);
  });

  test('in other files, too', () => {
    const others = [
      { path: 'catalog.yaml', text: catalog },
      {
        path: 'braces.yaml',
        text: 'version: 1\npartners: { hooli: { name: Hooli }, stark: { name: Stark } }\n',
      },
      { path: 'more.yaml', text: `version: 1\npartners:\n${initech}${globex}` },
    ];
    const [before, after] = [acme, acme.replace('gold', 'silver')].map((text) =>
      file(`version: 1\npartners:\n${text}`),
    );
    if (before === undefined || after === undefined) throw new Error('two files');
    expect(reloadedAlike([...others, before], [...others, after])).toBe(2);
    const pins = { path: 'pins.yaml', text: 'version: 1\npins: { acme: ptn_2, globex: ptn_3 }\n' };
    expect(reloadedAlike([...others, before, pins], [...others, after, pins])).toBe(0);
    expect(reloadedAlike([...others, before], [...others, file(`version: 1\npartners:\n${initech}`)])).toBe(
      0,
    );
    expect(reloadedAlike(others, [...others, after])).toBe(0);
  });

  test('but not where another file speaks for all', () => {
    const tiers = { path: 'tiers.yaml', text: 'version: 1\ncatalog: { tiers: { gold: t1, silver: t2 } }\n' };
    const phase = { path: 'phase.yaml', text: 'version: 1\ndefaults: { phaseId: ph1 }\n' };
    const partners = file(`version: 1\npartners:\n${acme}${globex}`);
    const otherTiers = { ...tiers, text: tiers.text.replace('t1', 't9') };
    const otherPhase = { ...phase, text: phase.text.replace('ph1', 'ph9') };
    expect(reloadedAlike([tiers, phase, partners], [tiers, phase, partners])).toBe(2);
    expect(reloadedAlike([tiers, phase, partners], [otherTiers, phase, partners])).toBe(0);
    expect(reloadedAlike([tiers, partners, phase], [tiers, partners, otherPhase])).toBe(0);
    expect(reloadedAlike([tiers, partners, phase], [tiers, partners])).toBe(0);
    expect(reloadedAlike([tiers, partners], [tiers, partners, phase])).toBe(0);
  });
});

const pieces = [
  ...[
    '\n',
    '\n  ',
    '\n    ',
    ': ',
    ' #',
    '&a ',
    '*a',
    '<<: *a',
    '{',
    '}',
    '"',
    "'",
    '|',
    '- ',
    'x',
    '\r\n',
    '---\n',
  ],
  ...['tier: gold', 'id: ptn_1', '# note\n', '\n\n', '  other: { name: Other }\n', '    domain: null\n'],
];
const styles = ['anchors', 'json', 'list', 'organisation', 'zone'].map((name) =>
  readFileSync(new URL(`../edit/styles/${name}.yaml`, import.meta.url), 'utf8'),
);

/** A text in which a letter is typed within a value, as in most edits. */
function retyped(text: string): fc.Arbitrary<string> {
  const places = [...text.matchAll(/(?<=: ["']?\w+)(?=\w)/g)].map(({ index }) => index);
  return fc
    .constantFrom(...(places.length === 0 ? [text.length] : places))
    .map((at) => `${text.slice(0, at)}x${text.slice(at)}`);
}

/** A text in which a few places are replaced, doubled or gone. */
function broken(text: string): fc.Arbitrary<string> {
  const change = fc.record({
    at: fc.nat(text.length),
    length: fc.oneof(fc.constant(0), fc.nat(40)),
    piece: fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...pieces) }, fc.constant('')),
    isDoubled: fc.boolean(),
  });
  return fc
    .array(change, { minLength: 1, maxLength: 3 })
    .map((changes) =>
      changes.reduce(
        (all, { at, length, piece, isDoubled }) =>
          all.slice(0, at) + piece + all.slice(isDoubled ? Math.max(0, at - length) : at + length),
        text,
      ),
    );
}

test.each([
  ['files in many styles', fc.constantFrom(...styles, whole), 200],
  ['files as people write them', writtenFile, 100],
] as const)('%s, changed', (_, texts: fc.Arbitrary<string>, times) => {
  let kept = 0;
  fc.assert(
    fc.property(
      texts.chain((text) => fc.tuple(fc.constant(text), fc.oneof(retyped(text), broken(text)))),
      ([before, after]) => {
        kept += reloadedAlike([file(before)], [file(after)]);
      },
    ),
    runs(times),
  );
  expect(kept).toBeGreaterThan(enough(8));
});
