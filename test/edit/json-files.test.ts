/** A file that is JSON is JSON after every edit, and says nothing else. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadDesired } from '../../src/desired/load.ts';
import { amend } from '../../src/edit/amend.ts';
import type { Addition } from '../../src/edit/amendment.ts';
import type { PartnerEdit } from '../../src/edit/partner-edit.ts';
import { newEntry } from '../../src/edit/statement.ts';
import { fieldNamed } from '../../src/fields.ts';
import type { Handle, PartnerId } from '../../src/partner.ts';
import { runs } from '../runs.ts';

const file = {
  version: 1,
  catalog: { tiers: { gold: 't1', silver: 't2' } },
  pins: {},
  partners: {
    acme: { name: 'Acme', domain: null, ignore: ['owner'] },
    globex: { name: '“Globex”: {EMEA}', tier: 'gold' },
  },
};
const styles = [JSON.stringify(file), JSON.stringify(file, null, 2), `${JSON.stringify(file, null, '\t')}\n`];

function edited(text: string, edits: Record<string, readonly PartnerEdit[]>, additions: Addition[]): unknown {
  const state = loadDesired([{ path: 'a.json', text }]);
  const all = new Map(Object.entries(edits).map(([handle, each]) => [handle as Handle, each]));
  const { files } = amend(state, { edits: all, additions });
  return JSON.parse(files[0]?.after ?? text);
}

const set = (name: string, value: string | null, known: string | null = null): PartnerEdit => {
  return { kind: 'set', field: fieldNamed(name), value, name: known };
};

describe.each(styles.map((text) => [text]))('%j', (text) => {
  const { partners } = file;
  test.each<[string, Record<string, readonly PartnerEdit[]>, object]>([
    [
      'a value',
      { acme: [set('domain', 'acme.example')] },
      { acme: { ...partners.acme, domain: 'acme.example' } },
    ],
    [
      'a value that is taken away',
      { globex: [{ kind: 'unset', field: fieldNamed('tier') }] },
      { globex: { name: partners.globex.name } },
    ],
    ['a new value', { acme: [set('tier', 't2', 'silver')] }, { acme: { ...partners.acme, tier: 'silver' } }],
    ['null', { globex: [set('domain', null)] }, { globex: { ...partners.globex, domain: null } }],
    [
      'another key',
      { globex: [set('tier', 't9')] },
      { globex: { name: partners.globex.name, tierId: 't9' } },
    ],
    ['a pin', { acme: [{ kind: 'pin', id: '007' as PartnerId }] }, { acme: { id: '007', ...partners.acme } }],
    [
      'a list',
      { acme: [{ kind: 'ignore', field: fieldNamed('tier') }] },
      { acme: { ...partners.acme, ignore: ['owner', 'tier'] } },
    ],
    [
      'a section',
      { acme: [set('portal.experience', 'e1')] },
      { acme: { ...partners.acme, portal: { experienceId: 'e1' } } },
    ],
  ])('%s', (_, edits, changed) => {
    expect(edited(text, edits, [])).toEqual({ ...file, partners: { ...partners, ...changed } });
  });

  test('what is added', () => {
    const name = newEntry({ field: fieldNamed('name'), value: 'Hooli "#1"', name: null });
    const pins = new Map([['acme' as Handle, 'ptn_1' as PartnerId]]);
    const additions: Addition[] = [
      { file: 'a.json', section: 'partners', items: [{ key: '7', value: [name] }] },
      { file: 'a.json', section: 'pins', pins },
      { file: 'a.json', section: 'catalog', catalog: 'owners', names: new Map([['jo', 'true']]) },
    ];
    expect(edited(text, {}, additions)).toEqual({
      ...file,
      catalog: { ...file.catalog, owners: { jo: 'true' } },
      pins: { acme: 'ptn_1' },
      partners: { ...partners, 7: { name: 'Hooli "#1"' } },
    });
  });

  test('whatever name', () => {
    const anyName = fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' });
    fc.assert(
      fc.property(
        anyName.filter((name) => name.trim() === name && !/\p{C}/u.test(name)),
        (name) => {
          const changed = { ...partners.acme, name };
          expect(edited(text, { acme: [set('name', name)] }, [])).toEqual({
            ...file,
            partners: { ...partners, acme: changed },
          });
        },
      ),
      runs(50),
    );
  });
});
