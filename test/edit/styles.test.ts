/** Files in the styles of real repositories survive pin, accept and import: each expected diff shows all that may change. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadDesired } from '../../src/desired/load.ts';
import { amend } from '../../src/edit/amend.ts';
import type { PartnerEdit } from '../../src/edit/partner-edit.ts';
import { fieldNamed } from '../../src/fields.ts';
import type { Handle } from '../../src/partner.ts';
import { patchLines, patchText } from '../../src/render/patch.ts';
import { plain } from '../../src/render/style.ts';

const styles = new URL('./styles/', import.meta.url);

test.each(readdirSync(styles))('%s', async (name) => {
  const before = readFileSync(new URL(name, styles), 'utf8');
  const state = loadDesired([{ path: name, text: before }]);
  const edits = [...state.partners.keys()].map((handle, at): [Handle, PartnerEdit[]] => [
    handle,
    [
      { kind: 'pin', id: `ptn_${at}` },
      { kind: 'set', field: fieldNamed('tier'), value: 'tier_new', name: null },
      { kind: 'set', field: fieldNamed('domain'), value: null, name: null },
    ],
  ]);
  const items = [{ key: 'hooli', value: [{ key: 'name', text: 'Hooli' }] }];
  const { files } = amend(state, {
    edits: new Map(edits),
    additions: [{ file: name, section: 'partners', items }],
  });
  const [file] = files;
  expect(files).toHaveLength(1);
  if (file !== undefined)
    await expect(patchText(patchLines(file), plain)).toMatchFileSnapshot(`./expected/edited-${name}.diff`);

  const dos = loadDesired([{ path: name, text: before.replaceAll('\n', '\r\n') }]);
  const inDos = amend(dos, {
    edits: new Map(edits),
    additions: [{ file: name, section: 'partners', items }],
  });
  expect(inDos.files[0]?.after).toBe(file?.after.replaceAll('\n', '\r\n'));
});
