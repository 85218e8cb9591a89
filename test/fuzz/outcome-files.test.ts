/** What earlier runs left: outcomes, drift that is known, and the records of applies in git's notes. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, test } from 'vitest';
import { recordOf } from '../../src/apply/record.ts';
import { readDocument } from '../../src/apply/saved-document.ts';
import { withApplied } from '../../src/history/applied.ts';
import { recordLine, recordsIn } from '../../src/history/records.ts';
import type { Handle } from '../../src/partner.ts';
import { compareWithKnown } from '../../src/plan/mark-known.ts';
import { openDoors } from '../../src/render/doors.ts';
import { formats } from '../../src/render/formats.ts';
import { plain } from '../../src/render/style.ts';
import { endsWell, runs } from './ends-well.ts';
import { jsonTokens, otherwise } from './json.ts';
import { mutated } from './mutated.ts';
import { plannedAndApplied } from './planned.ts';

const folder = mkdtempSync(join(tmpdir(), 'introwctl-fuzz-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const { plan, outcome } = await plannedAndApplied();
const saved = [JSON.stringify(outcome), JSON.stringify({ ...plan, kind: 'drift' })] as const;

/** Reads it as `show`, `drift --known` and `record` do, and uses what it says as these do. */
async function readAndUse(content: string): Promise<void> {
  const path = join(folder, 'saved.json');
  writeFileSync(path, content);
  await endsWell(async () => {
    const document = await readDocument(path);
    if (document.kind === 'outcome') {
      for (const format of Object.values(formats)) format.outcome(openDoors(), document, plain);
      useRecords(recordLine(recordOf(document, plan, null)));
    } else {
      const compared = compareWithKnown(plan, document);
      for (const format of Object.values(formats))
        format.plan(openDoors(), compared, plain, { verbose: true });
    }
  });
}

test('an outcome or a report of drift that was cut off or overwritten is read or refused', async () => {
  await fc.assert(fc.asyncProperty(mutated(saved, jsonTokens), readAndUse), runs(25));
});

test('one that says something else is read or refused', async () => {
  const any = fc.oneof(...saved.map((json) => otherwise(json)));
  await fc.assert(fc.asyncProperty(any, readAndUse), runs(60));
});

/** A history of one commit, in which the tier of acme was set. */
const person = { name: 'Pat', email: 'pat@example.com', date: '2026-01-01T00:00:00Z' };
const commit = { commit: 'c0', date: person.date, author: person, committer: person, subject: 'Set it' };
const step = {
  field: 'tier',
  before: null,
  after: { value: 't1', name: null },
  source: 'partner',
  setIn: null,
  applied: null,
} as const;

function useRecords(note: string): void {
  const records = recordsIn(note).map((record) => ({ ...record, commit: 'c0' }));
  const acme = 'acme' as Handle;
  const change = { kind: 'changed', partner: acme, handle: acme, from: null, fields: [step] } as const;
  const entry = { ...commit, url: null, review: null, bridged: [], changes: [change] };
  withApplied([entry], records, (name) => (name === 'c0' ? 0 : null));
}

const record = recordLine(recordOf(outcome, plan, 'https://ci.example/7'));

test('any note is records or none', async () => {
  const note = fc.oneof(
    mutated([record, `${record}\n# by hand\n${record}`], [...jsonTokens, '\n']),
    otherwise(record),
  );
  await fc.assert(
    fc.asyncProperty(note, async (text) => {
      await endsWell(() => useRecords(text));
    }),
    runs(60),
  );
});
