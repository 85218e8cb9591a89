/** Import, accept, pin, fmt and init through the built command, with real files and a real sandbox. */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { writeFiles } from '../../src/files/write.ts';
import { environment, folder, introwctl, sandbox, tool, write } from './command.ts';
import { repository } from './repository.ts';

const read = (path: string, name: string) => readFileSync(join(path, name), 'utf8');

const seed = {
  partners: [
    { id: 'ptn_1', name: 'Acme', domain: 'acme.example', tierId: 't1', createdAt: '2024-01-01T00:00:00Z' },
    {
      id: 'ptn_2',
      name: 'Globex',
      domain: 'globex.example',
      tierId: 't9',
      createdAt: '2024-01-02T00:00:00Z',
    },
    { id: 'ptn_3', name: 'Globex', owner: { id: 'u1' }, createdAt: '2024-01-03T00:00:00Z' },
  ],
};
const catalog = 'version: 1\ncatalog:\n  tiers: { gold: t2, silver: t1 }\n';

/** What a new file begins with. */
const newFile = `# yaml-language-server: $schema=./partners.schema.json

# A plan stops where this partner isn't live, so that no key of another organisation is used by mistake.
# organisation:
#   contains: ptn_1

`;

describe('import', () => {
  test('writes what is there, pinned and named, and a plan of it shows no changes', async () => {
    const introw = await sandbox({ seed });
    const env = environment(introw.url);
    const path = folder({ 'catalog.yaml': catalog });
    const imported = await introwctl(path, ['import', '-f', 'catalog.yaml', '--into', 'partners.yaml'], env);
    expect(imported).toMatchObject({
      exit: 0,
      out: 'Imported 3 partners. A plan of them shows no changes.\n',
    });
    expect(imported.err).toContain('Without a name in catalog.tiers: t9 (1 partner: Globex).');
    expect(imported.err).toContain('phase_default (3 partners, such as Acme).');
    expect(read(path, 'partners.yaml')).toBe(`${newFile}version: 1

partners:
  acme:
    id: ptn_1
    name: Acme
    domain: acme.example
    tier: silver
    phaseId: phase_default
  globex:
    id: ptn_2
    name: Globex
    domain: globex.example
    tierId: t9
    phaseId: phase_default
  globex-2:
    id: ptn_3
    name: Globex
    phaseId: phase_default
    ownerId: u1
`);
    expect(introw.log).toHaveLength(1);
    const plan = await introwctl(path, ['plan', '-f', '.', '--detailed-exitcode'], env);
    expect(plan.exit).toBe(0);
    const again = await introwctl(path, ['import', '-f', '.'], env);
    expect(again.out).toBe('Nothing to import: the files have every partner.\n');
  });

  test('adds what files lack below what they have, which stays as it was to the byte', async () => {
    const introw = await sandbox({ seed });
    const before =
      '\uFEFFversion: 1\r\ndefaults: { phaseId: phase_default, ownerId: u1 }\r\npartners:\r\n    acme:   # ours\r\n        name:  "Acme"\r\n        # end of acme\r\n# end\r\n';
    const path = folder({ 'partners.yaml': before });
    const { exit } = await introwctl(path, ['import'], environment(introw.url));
    expect(exit).toBe(0);
    expect(read(path, 'partners.yaml')).toBe(
      before.replace(
        '# end\r\n',
        [
          '    globex:',
          '      id: ptn_2',
          '      name: Globex',
          '      domain: globex.example',
          '      tierId: t9',
          '      ignore: [owner]',
          '    globex-2:',
          '      id: ptn_3',
          '      name: Globex',
          '# end',
          '',
        ].join('\r\n'),
      ),
    );
  });

  test('takes a part by name or domain, into a folder with a file for each', async () => {
    const introw = await sandbox({ seed });
    const path = folder({});
    const args = ['import', '--into', 'partners/', '--match', 'globex*', '--match', 'ACME.example'];
    expect((await introwctl(path, args, environment(introw.url))).exit).toBe(0);
    expect(readdirSync(join(path, 'partners'))).toEqual([
      'acme.yaml',
      'globex-2.yaml',
      'globex.yaml',
      'partners.schema.json',
    ]);
    const more = [...seed.partners, { id: 'ptn_4', name: 'Zenith' }];
    const grown = await sandbox({ seed: { partners: more } });
    expect((await introwctl(path, ['import', '-f', 'partners'], environment(grown.url))).exit).toBe(0);
    expect(readdirSync(join(path, 'partners'))).toContain('zenith.yaml');
  });

  test('--pins keeps the pins in another file, and --pin-by takes the id of the CRM', async () => {
    const partners = [
      { id: 'ptn_1', name: 'Acme', externalId: 'crm_1', phaseId: null },
      { id: 'ptn_2', name: 'Globex', phaseId: null },
      { id: 'ptn_3', name: 'Twin', externalId: 'crm_3', phaseId: null },
      { id: 'ptn_4', name: 'Twin', externalId: 'crm_3', phaseId: null },
    ];
    const introw = await sandbox({ seed: { partners } });
    const env = environment(introw.url);
    const path = folder({});
    const apart = await introwctl(
      path,
      ['import', '--pins', 'pins.yaml', '--match', 'acme', '--match', 'globex'],
      env,
    );
    expect(apart.exit).toBe(0);
    expect(read(path, 'partners.yaml')).toContain(
      'partners:\n  acme:\n    name: Acme\n  globex:\n    name: Globex\n',
    );
    expect(read(path, 'pins.yaml')).toMatch(
      /^# yaml-language-server.*\nversion: 1\n\npins:\n {2}acme: ptn_1\n {2}globex: ptn_2\n$/,
    );
    const plan = await introwctl(path, ['plan', '-f', '.', '--detailed-exitcode'], env);
    expect(plan.exit).toBe(0);
    const other = folder({});
    const byCrm = await introwctl(other, ['import', '--into', 'crm.yaml', '--pin-by', 'externalId'], env);
    expect(byCrm.exit).toBe(0);
    const pins = [...read(other, 'crm.yaml').matchAll(/^ {4}(id|externalId): (.*)$/gm)].map(
      ([, key, id]) => `${key} ${id}`,
    );
    expect(pins).toEqual(['externalId crm_1', 'id ptn_2', 'id ptn_3', 'id ptn_4']);
    const both = await introwctl(path, ['import', '--pins', 'pins.yaml', '--pin-by', 'externalId'], env);
    expect([both.exit, both.err]).toEqual([1, expect.stringContaining('--pins')]);
  });

  test('no file is called as Windows calls a device, and new partners are as far apart as those that are there', async () => {
    const partners = ['Con', 'LPT1', 'Console'].map((name, index) => ({
      id: `ptn_${index}`,
      name,
      phaseId: null,
    }));
    const introw = await sandbox({ seed: { partners } });
    const env = environment(introw.url);
    const path = folder({
      'all.yaml': 'version: 1\npartners:\n  a: { name: A }\n\n  b: { name: B }\n\n# end\n',
    });
    expect((await introwctl(path, ['import', '--into', 'partners/'], env)).exit).toBe(0);
    expect(readdirSync(join(path, 'partners'))).toEqual([
      'con-partner.yaml',
      'console.yaml',
      'lpt1-partner.yaml',
      'partners.schema.json',
    ]);
    expect(read(path, 'partners/con-partner.yaml')).toContain('partners:\n  con:\n');
    expect(
      (await introwctl(path, ['import', '-f', 'all.yaml', '--match', 'con', '--match', 'console'], env)).exit,
    ).toBe(0);
    expect(read(path, 'all.yaml')).toBe(
      'version: 1\npartners:\n  a: { name: A }\n\n  b: { name: B }\n\n  con:\n    id: ptn_0\n    name: Con\n\n  console:\n    id: ptn_2\n    name: Console\n\n# end\n',
    );
  });

  test('a value that no file may give is written in a spelling that is the same, or left with a comment that says why', async () => {
    const odd = {
      partners: [
        { id: 'ptn_1', name: ' two\nlines', domain: 'https://acme.example/x', tierId: '' },
        { id: 'ptn_2', name: 'x'.repeat(201), domain: 'no-dot' },
        { id: 'has a space', name: 'Unpinnable' },
      ],
    };
    const introw = await sandbox({ seed: odd });
    const path = folder({});
    const { exit, err } = await introwctl(path, ['import'], environment(introw.url));
    expect(exit).toBe(0);
    expect(err).toContain('Left out, since no file can hold its id: Unpinnable (has a space).');
    expect(read(path, 'partners.yaml')).toContain(`  two-lines:
    id: ptn_1
    name: two lines
    domain: acme.example
    # Introw's tier can't be managed here: it is empty.
    phaseId: phase_default
`);
    expect(read(path, 'partners.yaml')).toContain(
      "    # Introw's name can't be managed here: it has 201 characters, and a file may give 200.\n",
    );
    expect(read(path, 'partners.yaml')).toContain(
      "    # Introw's domain can't be managed here: it is not a complete domain.\n    phaseId: phase_default\n    ignore: [name]\n",
    );
    expect((await introwctl(path, ['plan', '--detailed-exitcode'], environment(introw.url))).exit).toBe(0);
  });

  test('a name that is not there, and a place that holds no partners, cost no request', async () => {
    const introw = await sandbox({ seed });
    const path = folder({ 'catalog.yaml': catalog });
    for (const args of [
      ['-f', 'catalgo.yaml', '--into', 'new.yaml'],
      ['-f', 'catalog.yaml', '--into', 'new.txt'],
      ['-f', 'catalog.yaml', '--into', ''],
    ])
      expect((await introwctl(path, ['import', ...args], environment(introw.url))).exit).toBe(1);
    expect(introw.log).toEqual([]);
    expect(readdirSync(path)).toEqual(['catalog.yaml']);
  });

  test('--dry-run shows the file and writes none', async () => {
    const introw = await sandbox({ seed });
    const path = folder({});
    const { out } = await introwctl(
      path,
      ['import', '--dry-run', '--match', 'acme'],
      environment(introw.url),
    );
    expect(out).toBe(
      `--- /dev/null
+++ b/partners.yaml
@@ -0,0 +1,15 @@
${newFile.replace(/^/gm, '+').slice(0, -1)}+version: 1
+
+partners:
+  acme:
+    id: ptn_1
+    name: Acme
+    domain: acme.example
+    tierId: t1
+    phaseId: phase_default

Would import 1 partner. A plan of them shows no changes.
`,
    );
    expect(readdirSync(path)).toEqual([]);
  });
});

describe('accept', () => {
  const drifted = {
    partners: [
      { id: 'ptn_1', name: 'Acme Corp', domain: null, tierId: 't1', phaseId: 'p2' },
      {
        id: 'ptn_2',
        name: 'Globex',
        domain: 'globex.example',
        tierId: null,
        owner: { id: 'u2' },
        phaseId: 'p1',
      },
      { id: 'ptn_3', name: 'Initech', tierId: 't1', phaseId: 'p1' },
    ],
  };
  const files = {
    'catalog.yaml': `${catalog}  owners: { jamie: u1 }\n  phases: { active: p1 }\ndefaults: { phase: active }\n`,
    'partners.yaml': `version: 1
partners:
  # our best
  acme: # since 2019
    id: ptn_1
    name: 'Acme'
    domain: acme.example
    tier: gold # reviewed
  globex: { id: ptn_2, name: Globex, tier: gold, owner: jamie }
  initech: { id: ptn_3, name: Initech, tier: silver }
`,
  };
  const all = ['-f', 'catalog.yaml', '-f', 'partners.yaml'];

  test('takes what has drifted into the files, and drift is clean after', async () => {
    const introw = await sandbox({ seed: drifted });
    const env = environment(introw.url);
    const path = folder(files);
    const { exit, out } = await introwctl(path, ['accept', ...all, '--auto-approve'], env);
    expect(exit).toBe(0);
    expect(out).toBe(`--- a/partners.yaml
+++ b/partners.yaml
@@ -3,8 +3,9 @@
   # our best
   acme: # since 2019
     id: ptn_1
-    name: 'Acme'
-    domain: acme.example
-    tier: gold # reviewed
-  globex: { id: ptn_2, name: Globex, tier: gold, owner: jamie }
+    name: 'Acme Corp'
+    domain: null
+    tier: silver # reviewed
+    phaseId: p2
+  globex: { id: ptn_2, name: Globex, ownerId: u2 }
   initech: { id: ptn_3, name: Initech, tier: silver }

  acme  name  Acme → Acme Corp
  acme  domain  acme.example → (none)
  acme  tier  gold → silver
  acme  phase  active → p2  (its own line now: the value came from elsewhere)
  globex  tier  gold → (none)  (the line goes: a file has no way to say that there is none)
  globex  owner  jamie → u2

Accepts 6 fields of 2 partners from Introw.
`);
    expect((await introwctl(path, ['drift', ...all], env)).exit).toBe(0);
    expect(introw.log.every(({ method }) => method === 'GET')).toBe(true);
    const again = await introwctl(path, ['accept', ...all, '--auto-approve'], env);
    expect(again).toMatchObject({ exit: 0, out: 'Nothing to accept.\n' });
  });

  test('takes only the handles and fields that are named, reading only those', async () => {
    const introw = await sandbox({ seed: drifted });
    const path = folder(files);
    const args = ['accept', 'acme', ...all, '--field', 'tier', '--auto-approve'];
    expect((await introwctl(path, args, environment(introw.url))).exit).toBe(0);
    expect(read(path, 'partners.yaml')).toBe(
      files['partners.yaml'].replace('tier: gold #', 'tier: silver #'),
    );
    expect(introw.log.map(({ path: asked }) => asked)).toEqual(['/api/v1/partners/ptn_1']);
  });

  test('looks as the README shows it', async () => {
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
    const [, shown = ''] =
      /```diff\n\$ introwctl accept acme --field tier\n(.*?)Write this\?/s.exec(readme) ?? [];
    const before = `version: 1
catalog: { tiers: { gold: t2, silver: t1 } }
partners:
  # our best
  acme: # since 2019
    id: ptn_1
    name: Acme Partners
    tier: 'silver' # reviewed in Q3
`;
    const introw = await sandbox({
      seed: { partners: [{ id: 'ptn_1', name: 'Acme Partners', tierId: 't2' }] },
    });
    const path = folder({ 'partners.yaml': before });
    const { out } = await introwctl(
      path,
      ['accept', 'acme', '--field', 'tier', '--auto-approve'],
      environment(introw.url),
    );
    expect(out).toBe(shown);
  });

  test('--check writes nothing and exits 2', async () => {
    const introw = await sandbox({ seed: drifted });
    const path = folder(files);
    const { exit, out } = await introwctl(
      path,
      ['accept', ...all, '--check', '--format', 'json'],
      environment(introw.url),
    );
    expect(exit).toBe(2);
    expect(JSON.parse(out)).toMatchObject({
      taken: { length: 6 },
      left: [],
      files: [{ path: 'partners.yaml' }],
    });
    expect(read(path, 'partners.yaml')).toBe(files['partners.yaml']);
  });

  test.each([
    ['x'.repeat(201), "Introw's value has 201 characters, and a file may give 200."],
    ['  ', "Introw's value begins or ends with white space or a line break."],
    [null, 'Introw has no name for it, and in a file every partner has one.'],
  ])('a value that no file may give is left, and said: %j', async (name, why) => {
    const introw = await sandbox({
      seed: { partners: [{ ...drifted.partners[0], name, tierId: 't2' }] },
    });
    const path = folder({ ...files, 'partners.yaml': files['partners.yaml'].split('  globex')[0] ?? '' });
    const { exit, out } = await introwctl(
      path,
      ['accept', ...all, '--field', 'name', '--auto-approve'],
      environment(introw.url),
    );
    expect({ exit, out }).toEqual({
      exit: 0,
      out: `  ! acme  name stays as the file says: ${why}\n\nNothing to accept.\n`,
    });
  });

  test('a partner whose line others repeat is left, and keeps nobody else from being accepted', async () => {
    const partners = ['ptn_1', 'ptn_2'].map((id, index) => ({ id, name: `P${index}`, tierId: 't1' }));
    const introw = await sandbox({ seed: { partners } });
    const text = (p1: string) => `version: 1
partners:
  p0: { id: ptn_1, name: P0, tierId: &t t2 }
  p1: { id: ptn_2, name: P1, tierId: ${p1} }
catalog: { tiers: { gold: *t } }
`;
    const path = folder({ 'partners.yaml': text('t3') });
    const { exit, out } = await introwctl(path, ['accept', '--auto-approve'], environment(introw.url));
    expect(exit).toBe(0);
    expect(out).toContain(
      "  ! p0  tier stays as the file says: The files can't be changed without changing more than was asked",
    );
    expect(out).toContain('Accepts 1 field of 1 partner from Introw.');
    expect(read(path, 'partners.yaml')).toBe(text('t1'));
  });

  test('what a merge brings and Introw does not have is left to the CRM', async () => {
    const introw = await sandbox({ seed: { partners: [{ id: 'ptn_1', name: 'Acme' }] } });
    const path = folder({
      'partners.yaml':
        'version: 1\nx-all: &all { ownerId: u1 }\npartners:\n  acme: { <<: *all, id: ptn_1, name: Acme }\n',
    });
    const env = environment(introw.url);
    expect((await introwctl(path, ['accept', '--auto-approve'], env)).exit).toBe(0);
    expect(read(path, 'partners.yaml')).toContain(
      'acme: { <<: *all, id: ptn_1, name: Acme, ignore: [owner] }',
    );
    expect((await introwctl(path, ['drift'], env)).exit).toBe(0);
  });

  test('what a default says and Introw does not have is left to the CRM', async () => {
    const introw = await sandbox({ seed: { partners: [{ id: 'ptn_1', name: 'Acme', phaseId: 'p1' }] } });
    const path = folder({
      'partners.yaml':
        'version: 1\ndefaults: { ownerId: u1, phaseId: p1 }\npartners:\n  acme: { id: ptn_1, name: Acme }\n',
    });
    const env = environment(introw.url);
    expect((await introwctl(path, ['accept', '--auto-approve'], env)).exit).toBe(0);
    expect(read(path, 'partners.yaml')).toContain('acme: { id: ptn_1, name: Acme, ignore: [owner] }');
    expect((await introwctl(path, ['drift'], env)).exit).toBe(0);
  });
});

describe('accept tells what it leaves', () => {
  const file = `version: 1
partners:
  acme:
    id: ptn_1
    name: Acme
    # the CRM's
    tierId: t1 # reviewed in Q3
  globex: { id: ptn_2, name: Globex, tierId: t1 }
  gone: { id: ptn_9, name: Gone }
`;
  const live = {
    partners: [
      { id: 'ptn_1', name: 'Acme', tierId: null },
      { id: 'ptn_2', name: 'Globex', tierId: 't3' },
    ],
  };

  test('who is gone and what can be done, and the comment of a line that goes', async () => {
    const introw = await sandbox({ seed: live });
    const path = folder({ 'partners.yaml': file });
    const { exit, out } = await introwctl(path, ['accept', '--auto-approve'], environment(introw.url));
    expect(exit).toBe(0);
    expect(out).toContain(`
  acme  tier  t1 → (none)  (the line goes: a file has no way to say that there is none)
      Check that this comment is still true: # the CRM's
      Check that this comment is still true: # reviewed in Q3
  globex  tier  t1 → t3
  ! gone  is pinned to ptn_9, which isn't in Introw (partners.yaml:9).
      Delete gone from the file if the partner was deleted on purpose; else remove the pin, and apply creates it again.

Accepts 2 fields of 2 partners from Introw.
`);
    const named = await introwctl(path, ['accept', 'gone', '--auto-approve'], environment(introw.url));
    expect(named).toMatchObject({ exit: 1, out: expect.stringMatching(/\nNothing to accept\.\n$/) });
  });

  test('an edit that is not committed is left alone, unless its handle is named', async () => {
    const introw = await sandbox({ seed: live });
    const env = environment(introw.url);
    const path = repository({ 'partners.yaml': file });
    const edited = file.replace('name: Globex, tierId: t1', 'name: Globex, tierId: t2');
    write(path, { 'partners.yaml': edited });
    const all = await introwctl(path, ['accept', '--auto-approve'], env);
    expect(all.out).toContain(
      "  ! globex  tier stays as the file says: this is an edit of yours that isn't committed. To take Introw's value, run accept globex.\n",
    );
    expect(read(path, 'partners.yaml')).toContain('name: Globex, tierId: t2');
    const named = await introwctl(path, ['accept', 'globex', '--auto-approve'], env);
    expect(named.out).toContain(
      "  globex  tier  t2 → t3\n      Warning: this undoes an edit of yours that isn't committed.\n",
    );
    expect(read(path, 'partners.yaml')).toContain('name: Globex, tierId: t3');
  });

  test.each(['', ' ', null])(
    'a domain that is cleared in the file and %j in Introw is no difference',
    async (domain) => {
      const introw = await sandbox({ seed: { partners: [{ id: 'ptn_1', name: 'Acme', domain }] } });
      const path = folder({
        'partners.yaml': 'version: 1\npartners: { acme: { id: ptn_1, name: Acme, domain: null } }\n',
      });
      const env = environment(introw.url);
      expect(await introwctl(path, ['accept', '--auto-approve'], env)).toMatchObject({
        exit: 0,
        out: 'Nothing to accept.\n',
      });
      expect((await introwctl(path, ['drift'], env)).exit).toBe(0);
    },
  );
});

describe('pin', () => {
  const file =
    'version: 1\npartners:\n  acme: { name: Acme }\n  third: # no domain\n    domain: globex.example\n    name: Globex\n  new: { name: New }\n';

  test('writes the ids of matched partners, and asks nobody when there is nothing to pin', async () => {
    const introw = await sandbox({ seed: { partners: seed.partners.slice(0, 2) } });
    const env = environment(introw.url);
    const path = folder({ 'partners.yaml': file });
    expect((await introwctl(path, ['pin', '--check'], env)).exit).toBe(2);
    const { exit, out } = await introwctl(path, ['pin', '--auto-approve'], env);
    expect({ exit, last: out.split('\n').at(-2) }).toEqual({ exit: 0, last: 'Pins 2 handles.' });
    expect(read(path, 'partners.yaml')).toBe(
      'version: 1\npartners:\n  acme: { id: ptn_1, name: Acme }\n  third: # no domain\n    id: ptn_2\n    domain: globex.example\n    name: Globex\n  new: { name: New }\n',
    );
    write(path, { 'partners.yaml': read(path, 'partners.yaml').replace('  new: { name: New }\n', '') });
    const before = introw.log.length;
    expect((await introwctl(path, ['pin', '--auto-approve'], env)).out).toBe('Every handle is pinned.\n');
    expect(introw.log).toHaveLength(before);
  });

  test('--into moves the pins of an imported file, so that it serves two organisations, and asks Introw nothing', async () => {
    const introw = await sandbox({ seed: { partners: [] } });
    const env = environment(introw.url);
    const path = folder({
      'partners.yaml':
        'version: 1\npartners:\n  acme:\n    id: ptn_1 # by hand\n    name: Acme\n  b: { id: ptn_2, name: B } # ours\n  crm: { externalId: c1, name: C }\n',
      'catalog.production.yaml': 'version: 1\npins:\n  # moved in March\n  {}\n',
    });
    const into = ['--into', 'catalog.production.yaml', '--auto-approve'];
    const moved = await introwctl(path, ['pin', ...into], env);
    expect(moved).toMatchObject({
      exit: 0,
      out: expect.stringMatching(/\nMoves 2 pins to catalog\.production\.yaml\.\n$/),
    });
    expect(read(path, 'partners.yaml')).toBe(
      'version: 1\npartners:\n  acme:\n    # by hand\n    name: Acme\n  b: { name: B } # ours\n  crm: { externalId: c1, name: C }\n',
    );
    expect(read(path, 'catalog.production.yaml')).toContain('acme: ptn_1\n  b: ptn_2\n');
    expect(introw.log).toEqual([]);
    const again = await introwctl(path, ['pin', '--into', 'catalog.production.yaml'], env);
    expect(again).toMatchObject({ exit: 0, out: 'Every handle is pinned.\n' });
  });

  test('--into keeps the pins in a file of their own', async () => {
    const introw = await sandbox({ seed: { partners: seed.partners.slice(0, 2) } });
    const env = environment(introw.url);
    const path = folder({ 'partners.yaml': file });
    expect((await introwctl(path, ['pin', '--into', 'pins.yaml', '--auto-approve'], env)).exit).toBe(0);
    expect(read(path, 'partners.yaml')).toBe(file);
    expect(read(path, 'pins.yaml')).toBe('version: 1\n\npins:\n  acme: ptn_1\n  third: ptn_2\n');
    const plan = await introwctl(path, ['plan', '-f', '.', '--format', 'json'], env);
    expect(JSON.parse(plan.out).summary).toMatchObject({ create: 1, update: 0, unchanged: 2 });
  });

  test('where a file keeps pins, pins go there; a folder or another kind of file is refused before a request', async () => {
    const introw = await sandbox({ seed: { partners: seed.partners.slice(0, 2) } });
    const env = environment(introw.url);
    const path = folder({ 'partners.yaml': file, 'staging.yaml': 'version: 1\npins: {} # of staging\n' });
    for (const into of ['.', 'pins.txt', ''])
      expect(
        (await introwctl(path, ['pin', '-f', 'partners.yaml', '--into', into, '--auto-approve'], env)).err,
      ).toContain('USAGE');
    expect(introw.log).toEqual([]);
    const args = ['apply', '-f', 'staging.yaml', '-f', 'partners.yaml', '--auto-approve', '--pin'];
    expect((await introwctl(path, args, env)).exit).toBe(0);
    expect(read(path, 'partners.yaml')).toBe(file);
    const made = introw.partners().find(({ name }) => name === 'New')?.id;
    expect(read(path, 'staging.yaml')).toBe(`version: 1\npins: # of staging\n  new: ${made}\n`);
  });

  test('apply --pin writes the ids of the partners that it made', async () => {
    const introw = await sandbox();
    const path = folder({ 'partners.yaml': file });
    const { exit, err } = await introwctl(
      path,
      ['apply', '--auto-approve', '--pin'],
      environment(introw.url),
    );
    expect(exit).toBe(0);
    expect(err).toContain('Pinned in partners.yaml.');
    const ids = introw.partners().map(({ id }) => id);
    expect(ids.every((id) => read(path, 'partners.yaml').includes(`id: ${id}`))).toBe(true);
  });
});

describe('fmt and init', () => {
  test('fmt formats what needs it, --check only tells', async () => {
    const path = folder({ 'a.yaml': 'version: 1\npartners:   {}\n', 'b.yaml': 'version: 1\n' });
    const env = environment(null);
    const check = await introwctl(path, ['fmt', '-f', '.', '--check'], env);
    expect({ exit: check.exit, out: check.out }).toEqual({
      exit: 2,
      out: '--- a/a.yaml\n+++ b/a.yaml\n@@ -1,2 +1,2 @@\n version: 1\n-partners:   {}\n+partners: {}\n\n1 file would be formatted: a.yaml.\n',
    });
    expect((await introwctl(path, ['fmt', '-f', '.'], env)).out).toBe('1 file formatted: a.yaml.\n');
    expect(await introwctl(path, ['fmt', '-f', '.', '--check'], env)).toMatchObject({
      exit: 0,
      out: '2 files: already formatted.\n',
    });
  });

  test('init writes a file that validates, is formatted, and takes an import; it overwrites nothing', async () => {
    const introw = await sandbox({ seed });
    const env = environment(introw.url);
    const path = folder({});
    expect((await introwctl(path, ['init'], env)).exit).toBe(0);
    expect(readdirSync(path)).toEqual(['partners.schema.json', 'partners.yaml']);
    expect((await introwctl(path, ['fmt', '--check'], env)).exit).toBe(0);
    expect((await introwctl(path, ['import'], env)).exit).toBe(0);
    expect((await introwctl(path, ['fmt', '--check'], env)).exit).toBe(0);
    expect((await introwctl(path, ['plan', '--detailed-exitcode'], env)).exit).toBe(0);
    const again = await introwctl(path, ['init'], env);
    expect(again.exit).toBe(1);
    expect(again.err).toContain('FILE_EXISTS\n  partners.yaml exists already.');
  });

  test('fmt --names writes the names of a catalog for the ids, and changes no meaning', async () => {
    const introw = await sandbox({ seed });
    const env = environment(introw.url);
    const path = folder({ 'partners.yaml': 'version: 1\npartners: {}\n' });
    expect((await introwctl(path, ['import'], env)).exit).toBe(0);
    const named = 'catalog: { tiers: { silver: t1, special: t9 }, owners: { kim: u1 } }\n';
    write(path, { 'partners.yaml': `${read(path, 'partners.yaml')}${named}` });
    expect((await introwctl(path, ['fmt', '--names'], env)).exit).toBe(0);
    expect(read(path, 'partners.yaml')).toBe(`version: 1
catalog: { tiers: { silver: t1, special: t9 }, owners: { kim: u1 } }
partners:
  acme:
    id: ptn_1
    name: Acme
    domain: acme.example
    tier: silver
    phaseId: phase_default
  globex:
    id: ptn_2
    name: Globex
    domain: globex.example
    tier: special
    phaseId: phase_default
  globex-2:
    id: ptn_3
    name: Globex
    phaseId: phase_default
    owner: kim
`);
    expect((await introwctl(path, ['plan', '--detailed-exitcode'], env)).exit).toBe(0);
  });
});

describe('writing is safe', () => {
  const unformatted = 'version: 1\npartners:   {}\n';
  const formatted = 'version: 1\npartners: {}\n';
  const env = environment(null);

  test('a link stays a link, and the mode stays', async () => {
    const path = folder({ 'real/partners.yaml': unformatted });
    chmodSync(join(path, 'real/partners.yaml'), 0o640);
    symlinkSync('real/partners.yaml', join(path, 'link.yaml'));
    expect((await introwctl(path, ['fmt', '-f', 'link.yaml'], env)).exit).toBe(0);
    expect(lstatSync(join(path, 'link.yaml')).isSymbolicLink()).toBe(true);
    expect(read(path, 'real/partners.yaml')).toBe(formatted);
    expect(statSync(join(path, 'real/partners.yaml')).mode & 0o777).toBe(0o640);
    expect(readdirSync(join(path, 'real'))).toEqual(['partners.yaml']);
  });

  const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
  const nodeRuns = spawnSync(process.execPath, ['-e', '0'], { cwd: '/', ...nobody }).status === 0;

  test.skipIf(!nodeRuns).each([
    { name: 'a read-only file', file: 0o444, dir: 0o777 },
    { name: 'a read-only folder', file: 0o666, dir: 0o555 },
  ])('$name: a clear problem, nothing changed', async ({ file, dir }) => {
    const path = folder({ 'partners.yaml': unformatted });
    chmodSync(path, 0o755);
    const inside = join(path, 'inside');
    mkdirSync(inside);
    write(inside, { 'partners.yaml': unformatted });
    chmodSync(join(inside, 'partners.yaml'), file);
    chmodSync(inside, dir);
    // Root may write anywhere, so the command runs as nobody, who may not see the folder that it was built in.
    const home = fileURLToPath(new URL('../../', import.meta.url));
    for (const part of ['dist/cli', 'schemas', 'package.json'])
      cpSync(join(home, part), join(path, 'tool', part), { recursive: true });
    spawnSync('chmod', ['-R', 'a+rX', join(path, 'tool')]);
    const program = join(path, 'tool/dist/cli/main.js');
    const { exit, err } = await introwctl(inside, ['fmt'], env, { ...nobody, program });
    expect({ exit, err }).toEqual({
      exit: 1,
      err: 'FILE_NOT_WRITABLE\n  partners.yaml could not be written: permission denied.\n  Check the permissions of the file and its folder.\n',
    });
    expect(read(inside, 'partners.yaml')).toBe(unformatted);
    expect(readdirSync(inside)).toEqual(['partners.yaml']);
    chmodSync(inside, 0o755);
  });

  const cannotRead =
    'could not be read: permission denied.\n  Change its permissions, so that you may read it.\n';
  const cannotWrite =
    'could not be written: permission denied.\n  Check the permissions of the file and its folder.\n';

  test.skipIf(!nodeRuns)(
    'what may not be read or written is said of every option, before a request',
    async () => {
      const introw = await sandbox({ seed });
      const path = folder({});
      chmodSync(path, 0o755);
      const home = fileURLToPath(new URL('../../', import.meta.url));
      for (const part of ['dist/cli', 'schemas', 'package.json', 'node_modules/any-ascii'])
        cpSync(join(home, part), join(path, 'tool', part), { recursive: true });
      spawnSync('chmod', ['-R', 'a+rX', join(path, 'tool')]);
      const inside = join(path, 'inside');
      mkdirSync(join(inside, 'locked'), { recursive: true });
      write(inside, { 'p.yaml': unformatted, secret: 'x' });
      for (const each of ['secret', 'locked']) chmodSync(join(inside, each), 0o000);
      const lines: readonly (readonly [line: string, says: string])[] = [
        ['validate -f secret', cannotRead],
        ['validate -f locked', cannotRead],
        ['show secret', cannotRead],
        ['drift -f p.yaml --known secret', cannotRead],
        ['edit -f p.yaml --from secret', cannotRead],
        ['sandbox --seed secret', cannotRead],
        ['plan -f p.yaml --api-key-file secret', cannotRead],
        ['plan -f p.yaml --out locked/x', cannotWrite],
        ['schema -f p.yaml --for-files --out secret', cannotWrite],
        ['init locked/new', cannotWrite],
        ['import -f p.yaml --into locked/x.yaml', cannotWrite],
        ['import -f p.yaml --into locked', cannotWrite],
        ['pin -f p.yaml --into locked/x.yaml --auto-approve', cannotWrite],
      ];
      const program = join(path, 'tool/dist/cli/main.js');
      for (const [line, says] of lines) {
        const run = await introwctl(inside, line.split(' '), environment(introw.url), { ...nobody, program });
        expect([line, run]).toEqual([
          line,
          expect.objectContaining({ exit: 1, err: expect.stringContaining(says) }),
        ]);
      }
      expect(introw.log).toEqual([]);
    },
  );

  test('a disk that takes no more: a clear problem, the file as it was, nothing left behind', async () => {
    const large = `version: 1\npartners:\n${Array.from({ length: 200 }, (_, i) => `  p${i}:   { name: P${i} }\n`).join('')}`;
    const path = folder({ 'partners.yaml': large });
    // A limit of 1,024 bytes for any file that is written plays the full disk.
    const script = `trap '' XFSZ; ulimit -f 1; exec "${process.execPath}" "${tool}" fmt`;
    const { status, stderr } = spawnSync('bash', ['-c', script], { cwd: path, env, encoding: 'utf8' });
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr:
        'FILE_NOT_WRITABLE\n  partners.yaml could not be written: the file would be too large for this system.\n  Check the permissions and the free space.\n',
    });
    expect(read(path, 'partners.yaml')).toBe(large);
    expect(readdirSync(path)).toEqual(['partners.yaml']);
  });

  test('a file that changed since it was read is not overwritten, and no other file is either', async () => {
    const path = folder({ 'a.yaml': 'a', 'b.yaml': 'b, changed' });
    const write = (name: string, before: string | null) => ({ path: join(path, name), before, after: 'new' });
    const writing = (writes: ReturnType<typeof write>[]) => expect(writeFiles(writes, () => undefined));
    await writing([write('a.yaml', 'a'), write('b.yaml', 'b')]).rejects.toThrow('FILE_CHANGED');
    await writing([write('a.yaml', 'a'), write('b.yaml', null)]).rejects.toThrow('FILE_EXISTS');
    expect([read(path, 'a.yaml'), read(path, 'b.yaml'), readdirSync(path)]).toEqual([
      'a',
      'b, changed',
      ['a.yaml', 'b.yaml'],
    ]);
  });
});

describe('bad input changes nothing and sends nothing', () => {
  const wrong: readonly { name: string; args: string[]; file?: string; says: string }[] = [
    {
      name: 'a handle that is not there',
      args: ['accept', 'acne', '--auto-approve'],
      says: 'UNKNOWN_HANDLE',
    },
    {
      name: 'a field that there is not',
      args: ['accept', '--field', 'tear', '--auto-approve'],
      says: 'USAGE',
    },
    {
      name: 'an id that two partners share',
      args: ['accept', '--auto-approve'],
      file: 'version: 1\npartners: { a: { id: p1, name: A }, b: { id: p1, name: B } }\n',
      says: 'SAME_PIN',
    },
    { name: 'nobody to ask', args: ['accept'], says: 'NEEDS_APPROVAL' },
    ...['accept', 'pin', 'fmt', 'import'].map((command) => ({
      name: `${command} of a file that is not valid`,
      args: command === 'fmt' || command === 'import' ? [command] : [command, '--auto-approve'],
      file: 'version: 1\npartners: { a: { nome: A } }\n',
      says: 'UNKNOWN_KEY',
    })),
  ];

  test.each(wrong)('$name', async ({ args, file, says }) => {
    const introw = await sandbox({ seed });
    const before = file ?? 'version: 1\npartners: { acme: { name: Acme, tierId: t2 } }\n';
    const path = folder({ 'partners.yaml': before });
    const { exit, err } = await introwctl(path, args, environment(introw.url));
    expect({ exit, says: err.includes(says), requests: introw.log.length }).toEqual({
      exit: 1,
      says: true,
      requests: 0,
    });
    expect(err).not.toMatch(/^\s+at /m);
    expect(read(path, 'partners.yaml')).toBe(before);
  });

  test('the key of another organisation', async () => {
    const introw = await sandbox({ seed });
    const before = 'version: 1\norganisation: { contains: ptn_other }\npartners: {}\n';
    const path = folder({ 'partners.yaml': before });
    const { exit, err } = await introwctl(path, ['import'], environment(introw.url));
    expect({ exit, says: err.includes('WRONG_ORGANISATION') }).toEqual({ exit: 1, says: true });
    expect(read(path, 'partners.yaml')).toBe(before);
  });
});
