/** What LibreOffice makes of an exported sheet when it opens and saves it, as CSV and by way of XLSX. */
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterAll, expect, test, vi } from 'vitest';
import { namesOf } from '../../src/desired/catalog-names.ts';
import { loadDesired } from '../../src/desired/load.ts';
import { csvRecords, csvText } from '../../src/sheet/csv.ts';
import { readSheet } from '../../src/sheet/read-sheet.ts';
import { desiredRow } from '../../src/sheet/rows.ts';
import { sheetRecords } from '../../src/sheet/write-sheet.ts';

// It starts three times, each time as slowly as a desktop program does.
vi.setConfig({ testTimeout: 120_000 });

const run = promisify(execFile);
const office = hasOffice() ? 'soffice' : null;
const note = office === null ? ' (skipped: there is no soffice, from the package libreoffice-calc)' : '';
const folder = mkdtempSync(join(tmpdir(), 'introwctl-office-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function hasOffice(): boolean {
  try {
    execFileSync('soffice', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const seed = Date.now();
const digits = fc.string({ unit: fc.constantFrom(...'0123456789.,:/-% eE€$'), minLength: 1, maxLength: 8 });
const dated = fc
  .tuple(fc.constantFrom('Mar', 'May', 'Mai', 'december', 'Okt.', 'Web', 'Studio'), fc.nat({ max: 2030 }))
  .chain(([word, count]) =>
    fc.constantFrom(`${word} ${count}`, `${count}-${word}`, `${word}${count}`, `1. ${word} ${count}`),
  );
const messy = fc.oneof(
  digits,
  dated,
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
  fc.constantFrom(
    'TRUE',
    'wahr',
    '#N/A',
    "'t Hooft",
    '=SUM(A1)',
    '(none)',
    '+49',
    '@at',
    'a;b',
    '"q"',
    '007',
  ),
);

/** Partners of all kinds of names, each with an external id that looks like a number. */
function messyState() {
  const names = fc
    .sample(messy, { seed, numRuns: 400 })
    .map((name) => name.trim())
    .filter((name) => !/^$|[\p{Cc}\p{Cs}\u200b\ufeff]/u.test(name));
  const partners = names.map((name, at) => [`p${at}`, { name, externalId: `00${at}` }] as const);
  const text = JSON.stringify({ version: 1, partners: Object.fromEntries(partners) });
  return loadDesired([{ path: 'partners.yaml', text }]);
}

/** What a person of a country saves, from a file that was opened with every detection of numbers and dates on. */
async function saved(file: string, format: string, language: number): Promise<string> {
  const into = mkdtempSync(join(folder, 'saved-'));
  const opened = file.endsWith('.csv') ? [`--infilter=CSV:44,34,76,1,,${language},false,true`] : [];
  const profile = `-env:UserInstallation=file://${folder}/profile`;
  await run('soffice', [profile, '--headless', '--convert-to', format, ...opened, '--outdir', into, file]);
  return join(into, readdirSync(into)[0] ?? '');
}

const csv = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true';

test.skipIf(office === null).each([
  ['American', 1033, ['xlsx', csv]],
  ['German', 1031, [csv]],
])(
  `%s LibreOffice opens and saves a sheet, and edit finds nothing changed${note}`,
  async (_, language, formats) => {
    const desired = messyState();
    const rows = [...desired.partners.values()].map((partner) => ({ row: desiredRow(partner) }));
    let sheet = join(folder, 'sheet.csv');
    writeFileSync(sheet, csvText(sheetRecords(rows, namesOf(desired.catalog), false), { bom: false }));
    for (const format of formats) sheet = await saved(sheet, format, language);
    const { changes } = readSheet(
      'sheet.csv',
      csvRecords(readFileSync(sheet, 'utf8'), sheet),
      desired,
      false,
    );
    expect(rows.length).toBeGreaterThan(200);
    expect({ seed, changes }).toEqual({ seed, changes: [] });
  },
);
