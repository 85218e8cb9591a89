/** Sheets as damaged as people and spreadsheets leave them, up to the edits of the files that they ask for. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { namesOf } from '../../src/desired/catalog-names.ts';
import { loadDesired } from '../../src/desired/load.ts';
import { amendEach } from '../../src/edit/amend-each.ts';
import { additionsTo } from '../../src/edit/import.ts';
import { csvRecords, csvText } from '../../src/sheet/csv.ts';
import { readSheet } from '../../src/sheet/read-sheet.ts';
import { desiredRow } from '../../src/sheet/rows.ts';
import { sheetRecords } from '../../src/sheet/write-sheet.ts';
import { endsWell, runs } from './ends-well.ts';
import { mutated } from './mutated.ts';

const path = 'partners.yaml';
const desired = loadDesired([
  { path, text: readFileSync(new URL('../../examples/partners.yaml', import.meta.url), 'utf8') },
]);
const rows = [...desired.partners.values()].map((partner) => ({ row: desiredRow(partner) }));
const exported = csvText(sheetRecords(rows, namesOf(desired.catalog), false), { bom: false });
const byHand =
  'handle,name,tier\r\nacme,"Acme, Inc.",gold\r\n\'=1,"say ""hi""",(none)\r\n,New One,silver\r\n';

const tokens = [
  ...[
    '"',
    '""',
    ',',
    ';',
    '\t',
    '\r\n',
    '\n',
    '\r',
    'sep=;\r\n',
    '\uFEFF',
    '=1+1',
    ',,,,',
    '\u0000',
    '(none)',
  ],
  ...['handle', 'name', 'domain', 'tier', 'exported', 'id', ' in Introw', '__proto__', 'constructor', 'acme'],
  ...["'", '#N/A', '1.00E+05', '01/02/2026', 'TRUE', '\u202e', '\u200b', '\ud800', ': ', '#', '*a', '\n  - '],
];

test('a damaged sheet becomes edits that the files can take, or problems', async () => {
  let edited = 0;
  const sheets = mutated([exported, byHand, byHand.replaceAll(',', ';')], tokens);
  await fc.assert(
    fc.asyncProperty(sheets, fc.boolean(), async (text, add) => {
      await endsWell(() => {
        const { edits, added } = readSheet('review.csv', csvRecords(text, 'review.csv'), desired, add);
        const { files } = amendEach(desired, {
          edits,
          additions: additionsTo(
            () => path,
            added,
            () => [],
          ),
        });
        edited += files.length;
        for (const { after } of files) loadDesired([{ path, text: after }]);
      });
    }),
    runs(40),
  );
  expect(edited).toBeGreaterThan(0);
});
