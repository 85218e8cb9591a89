import { expect, test } from 'vitest';
import { withApplied } from '../../src/history/applied.ts';
import type { HistoryEntry, Run } from '../../src/history/history.ts';
import { recordLine, recordsIn } from '../../src/history/records.ts';
import type { Handle } from '../../src/partner.ts';

/** An entry that gives a field of acme a value, at that place of the history. */
function entryAt(place: number, field = 'tier', handle = 'acme', value: string | null = 't1'): HistoryEntry {
  const who = { name: 'Pat', email: 'pat@example.com', date: '2026-03-01T09:00:00Z' };
  const step = {
    field,
    before: null,
    after: { value, name: null },
    source: 'partner',
    setIn: null,
    applied: null,
  } as const;
  const change = {
    handle: handle as Handle,
    partner: 'acme' as Handle,
    from: null,
    kind: 'changed',
    fields: [step],
  } as const;
  const about = {
    commit: String(place),
    date: who.date,
    author: who,
    committer: who,
    subject: '',
    url: null,
    review: null,
  };
  return { ...about, bridged: [], changes: [change] };
}

type Result = Partial<Run['results'][number]>;

function runAt(place: number, results: readonly Result[], more: Partial<Run> = {}): Run {
  const usual = {
    handle: 'acme',
    partnerId: 'ptn_1',
    status: 'applied',
    fields: ['tier'],
    kept: [],
  } as const;
  return {
    commit: String(place),
    startedAt: `2026-03-0${place + 1}T10:00:00Z`,
    finishedAt: `2026-03-0${place + 1}T10:01:00Z`,
    url: null,
    complete: true,
    stopped: null,
    results: results.map((each) => ({ ...usual, ...each })),
    ...more,
  };
}

const later = '2026-03-09T10:00:00Z';

test.each<{
  name: string;
  entries?: readonly HistoryEntry[];
  runs: readonly Run[];
  became: readonly unknown[];
}>([
  { name: 'no run at all', runs: [], became: [undefined] },
  { name: 'sent by a run on its commit', runs: [runAt(1, [{}])], became: ['applied'] },
  { name: 'sent by a run on a later commit', runs: [runAt(3, [{}])], became: ['applied'] },
  { name: 'adopted', runs: [runAt(1, [{ status: 'adopted' }])], became: ['adopted'] },
  { name: 'kept by Introw', runs: [runAt(1, [{ kept: ['tier'] }])], became: ['kept'] },
  { name: 'another field was kept', runs: [runAt(1, [{ kept: ['phase'] }])], became: ['applied'] },
  { name: 'failed', runs: [runAt(1, [{ status: 'failed' }])], became: ['failed'] },
  { name: 'unknown', runs: [runAt(1, [{ status: 'unknown' }], { complete: false })], became: ['unknown'] },
  { name: 'not sent', runs: [runAt(1, [{ status: 'skipped' }], { complete: false })], became: ['skipped'] },
  {
    name: 'failed, and sent by the next run',
    runs: [runAt(1, [{ status: 'failed' }]), runAt(2, [{}])],
    became: ['applied'],
  },
  {
    name: 'twice on one commit',
    runs: [runAt(1, [{}], { finishedAt: later }), runAt(1, [{ status: 'failed' }])],
    became: ['applied'],
  },
  {
    name: 'unknown, and found done',
    runs: [runAt(1, [{ status: 'unknown' }]), runAt(2, [])],
    became: ['unchanged'],
  },
  { name: 'Introw had it already', runs: [runAt(1, [])], became: ['unchanged'] },
  {
    name: 'a run about other handles says nothing',
    runs: [runAt(1, [], { complete: false })],
    became: ['pending'],
  },
  { name: 'a run before it says nothing', runs: [runAt(0, [{}])], became: ['pending'] },
  {
    name: 'a run on a commit elsewhere says nothing',
    runs: [runAt(0, []), runAt(8, [{}])],
    became: ['pending'],
  },
  {
    name: 'under the handle of then',
    entries: [entryAt(1, 'tier', 'apex')],
    runs: [runAt(1, [{ handle: 'apex' }])],
    became: ['applied'],
  },
  {
    name: 'another field of the partner',
    runs: [runAt(1, [{ fields: ['phase'] }], { complete: false })],
    became: ['pending'],
  },
  {
    name: 'a value that another one replaced before any run',
    entries: [entryAt(1), entryAt(2)],
    runs: [runAt(0, []), runAt(2, [{}])],
    became: ['superseded', 'applied'],
  },
  {
    name: 'a value from before the first record',
    entries: [entryAt(1), entryAt(2)],
    runs: [runAt(2, [{}])],
    became: [undefined, 'applied'],
  },
  { name: 'a pin is not sent', entries: [entryAt(1, 'id')], runs: [runAt(1, [])], became: [undefined] },
  {
    name: 'a field that is never returned',
    entries: [entryAt(1, 'portal.access')],
    runs: [runAt(1, [])],
    became: ['pending'],
  },
])('$name', ({ entries = [entryAt(1)], runs, became }) => {
  const placeOf = (commit: string) => (Number(commit) < 5 ? Number(commit) : null);
  const found = withApplied(entries, runs, placeOf);
  expect(found.map(({ changes }) => changes[0]?.fields[0]?.applied?.status)).toEqual(became);
});

test('a record survives its note, and what is none is left out', () => {
  const { commit: _, ...record } = runAt(1, [{ status: 'adopted', kept: ['phase'] }], {
    url: 'https://ci.example/1',
  });
  const garbage = [
    '',
    'hello',
    '{',
    '[]',
    'null',
    '{"kind":"introwctl-apply"}',
    '{"kind":"other","results":[]}',
  ];
  const newer = recordLine(record).replace('"1.0"', '"2.0"');
  const odd = recordLine(record).replace('"adopted"', '"exploded"');
  expect(recordsIn([...garbage, recordLine(record), '', newer, odd].join('\n'))).toEqual([
    record,
    { ...record, results: [] },
  ]);
});
