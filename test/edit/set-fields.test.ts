/** One value for many partners: what the files say after it, or why nothing is written. */
import { describe, expect, test } from 'vitest';
import { loadDesired } from '../../src/desired/load.ts';
import { valueReader } from '../../src/desired/read-value.ts';
import { setFields } from '../../src/edit/set-fields.ts';
import { fieldNamed } from '../../src/fields.ts';
import type { Handle } from '../../src/partner.ts';
import { Failure } from '../../src/problem.ts';

const head = `version: 1
catalog: { tiers: { gold: t2, silver: t1 }, phases: { active: p1 } }
defaults: { phase: active }
x-best: &best { tier: gold, ownerId: u1 }
partners:
`;
const acme = '  acme: { name: Acme, domain: acme.example, tier: silver } # ours\n';
const globex = '  globex: { name: Globex, domain: null, tierId: t9 }\n';
const hooli = '  hooli: { <<: *best, name: Hooli }\n';

/** Sets `field=text` (none where the text is empty) for all partners of these lines. */
function set(lines: string, ...assignments: readonly string[]) {
  const desired = loadDesired([{ path: 'p.yaml', text: head + lines }]);
  const read = valueReader(desired);
  const wanted = assignments.map((each) => {
    const [name = '', text = ''] = each.split('=');
    const field = fieldNamed(name);
    return { field, wanted: text === '' ? null : read(field, text) };
  });
  try {
    const { files, changes, twins } = setFields(desired, [...desired.partners.values()], wanted);
    return {
      text: files.map(({ after }) => after.slice(head.length)).join('\n'),
      changes: changes.map(({ address, field, from, to }) => `${address} ${field}: ${from} -> ${to}`),
      twins: twins.map(({ partner, other, field }) => `${partner.handle} ${other.handle} ${field}`),
    };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return error.problems.map(
      ({ code, message, hint, position }) => `${position?.line ?? '-'} ${code} ${message} ${hint}`,
    );
  }
}

describe('is written', () => {
  test.each<[string, string, string[], string, string[]]>([
    ['a name of the catalog', acme, ['tier=gold'], acme.replace('silver', 'gold'), ['tier: silver -> gold']],
    ['an id', globex, ['tier=t2'], globex.replace('tierId: t9', 'tier: gold'), ['tier: t9 -> gold']],
    [
      'several fields at once',
      acme,
      ['name=Acme Inc', 'domain=acme.io'],
      '  acme: { name: Acme Inc, domain: acme.io, tier: silver } # ours\n',
      ['name: Acme -> Acme Inc', 'domain: acme.example -> acme.io'],
    ],
    [
      'none for what Introw clears',
      acme,
      ['domain='],
      acme.replace('acme.example', 'null'),
      ['domain: acme.example -> null'],
    ],
    [
      'none for what it keeps: the line goes',
      acme,
      ['tier='],
      acme.replace(', tier: silver', ''),
      ['tier: silver -> null'],
    ],
    [
      'none where nothing was said',
      hooli,
      ['domain='],
      '  hooli: { <<: *best, name: Hooli, domain: null }\n',
      ['domain: null -> null'],
    ],
    [
      'over what others share',
      hooli,
      ['tier=silver'],
      '  hooli: { <<: *best, name: Hooli, tier: silver }\n',
      ['tier: gold -> silver'],
    ],
  ])('%s', (_, lines, assignments, text, changes) => {
    const handle = /\w+/.exec(lines)?.[0];
    expect(set(lines, ...assignments)).toEqual({
      text,
      changes: changes.map((each) => `${handle} ${each}`),
      twins: [],
    });
  });

  test.each([
    ['tier=silver', acme],
    ['tier=t9', globex],
    ['domain=', globex],
    ['domain=acme.example', acme],
    ['owner=', acme],
    ['phase=active', acme],
  ])('nothing where the files say %s already', (assignment, lines) => {
    expect(set(lines, assignment)).toEqual({ text: '', changes: [], twins: [] });
  });
});

describe('is refused, with every reason', () => {
  test.each<[string, string[], string[]]>([
    [acme, ['name='], ["6 NOT_CLEARABLE Every partner has a name, so it can't be none. Give it a value."]],
    [
      acme,
      ['phase='],
      [
        '6 NOT_CLEARABLE acme has its phase from the defaults (p.yaml:3), so it has no line of its own to take out. Change that line, or give the partner a value of its own.',
      ],
    ],
    [
      acme + hooli,
      ['owner='],
      [
        '7 NOT_CLEARABLE hooli has its owner from a line that others share (p.yaml:4), so it has no line of its own to take out. Change that line, or give the partner a value of its own.',
      ],
    ],
    [
      acme + globex,
      ['tier=golf'],
      [
        '6 UNKNOWN_NAME catalog.tiers has no "golf". Did you mean gold? It has gold, silver.',
        '7 UNKNOWN_NAME catalog.tiers has no "golf". Did you mean gold? It has gold, silver.',
      ],
    ],
    [
      acme,
      ['domain=https://acme.example', 'tier=golf'],
      [
        '6 INVALID_VALUE "https://acme.example" is a web address. Write acme.example',
        '6 UNKNOWN_NAME catalog.tiers has no "golf". Did you mean gold? It has gold, silver.',
      ],
    ],
    [
      acme + globex,
      ['name=Same'],
      [
        '- SAME_PARTNER globex and acme would have the same name: "Same". If they are two partners, pin each with id: first.',
      ],
    ],
    [
      '  <<: { acme: { name: Acme }, b: { name: B } }\n',
      ['tier=gold'],
      ['acme', 'b'].map(
        (handle) =>
          `6 EDIT_UNSAFE ${handle}: The files can't be changed without changing more than was asked: ${handle} would say something else. Make this change by hand; nothing was written.`,
      ),
    ],
  ])('in\n%s%j', (lines, assignments, problems) => {
    expect(set(lines, ...assignments)).toEqual(problems);
  });
});

test('two pinned partners may come to share a name, which is reported', () => {
  const lines = '  a: { id: ptn_1, name: A }\n  b: { id: ptn_2, name: B }\n';
  expect(set(lines, 'name=Same')).toMatchObject({ twins: ['b a name'] });
});

test('only the partners that are meant change', () => {
  const desired = loadDesired([{ path: 'p.yaml', text: head + acme + globex }]);
  const partners = [...desired.partners.values()].filter(({ handle }) => handle === ('globex' as Handle));
  const field = fieldNamed('tier');
  const { files } = setFields(desired, partners, [{ field, wanted: valueReader(desired)(field, 'gold') }]);
  expect(files.map(({ path, after }) => [path, after])).toEqual([
    ['p.yaml', head + acme + globex.replace('tierId: t9', 'tier: gold')],
  ]);
});
