/** Lists that somebody changes while they are read. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runs } from '../runs.ts';
import { attempt, idsTo, type Kind, outcome, serve, silent, speaking } from './list-server.ts';

const withTotal = (kind: Kind): Kind => ({
  from: kind.from,
  says: (view) => ({ ...kind.says(view), total: view.total }),
});
const kinds = Object.entries(speaking).map(([name, kind]) => [name, withTotal(kind)] as const);
const offset = withTotal(speaking['offset of total'] ?? { from: () => 0, says: () => ({}) });

test.each([
  ['deleted on a page that was read', (ids: readonly string[]) => ids.slice(1), 249],
  ['inserted before', (ids: readonly string[]) => ['ptn_new', ...ids], 251],
  ['moved to the end', (ids: readonly string[]) => [...ids.slice(1), 'ptn_0'], 250],
])('a partner that is %s makes the list be read once more', async (_, change, size) => {
  const server = serve(offset, idsTo(250), { edit: (request, ids) => (request === 1 ? change(ids) : ids) });
  const read = await attempt(server.ask);
  expect(read).toMatchObject({ text: `${size} in 6 by offset`, total: size });
  expect(new Set(typeof read === 'string' ? [] : read.ids)).toEqual(new Set(server.now()));
});

test('not where the credits forbid it', async () => {
  const server = serve(offset, idsTo(250), { edit: (request, ids) => (request === 1 ? ids.slice(1) : ids) });
  expect(await outcome(server.ask, { affords: (requests) => requests < 3 })).toBe('LIST_INCOMPLETE');
  expect(server.asked).toHaveLength(3);
});

test.each([
  ['speaks', offset],
  ['is found out', withTotal(silent['last-id'] ?? { from: () => 0, says: () => ({}) })],
])('credits are asked for exactly what reading again costs a list that %s', async (_, kind) => {
  const says: Kind['says'] = (view) => ({ ...kind.says(view), total: view.total + 1 });
  const costs: number[] = [];
  const server = serve({ ...kind, says }, idsTo(250));
  const first = await outcome(server.ask, { affords: (requests) => costs.push(requests) === 0 });
  expect(first).toBe('LIST_INCOMPLETE');
  const before = server.asked.length;
  const again = serve({ ...kind, says }, idsTo(250));
  expect(await outcome(again.ask)).toBe('LIST_INCOMPLETE');
  expect(costs).toEqual([again.asked.length - before]);
});

test('a second page that came meanwhile is read in the form that it shows', async () => {
  let request = 0;
  const ask = async () => {
    const at = request++;
    const data = idsTo(at < 2 ? 100 : 101).slice(at < 2 ? 0 : 100);
    const next = at === 1 ? '?page=2' : null;
    return {
      status: 200,
      headers: {},
      body: { data: data.map((id) => ({ id, name: id })), nextCursor: null, links: { next }, total: 101 },
    };
  };
  expect(await outcome(ask)).toBe('101 in 3 by links');
});

describe('a total that counts what is not listed', () => {
  const counting: Kind = {
    from: offset.from,
    says: (view) => ({ offset: view.start, total: view.total + 5 }),
  };
  const wordless: Kind = { from: offset.from, says: (view) => ({ total: view.total + 5 }) };

  test('is a doubt that --assume-complete lifts, once two readings agree', async () => {
    expect(await outcome(serve(counting, idsTo(150)).ask)).toBe('LIST_INCOMPLETE');
    expect(await outcome(serve(counting, idsTo(150)).ask, { assumeComplete: true })).toBe(
      '150 in 6 by offset',
    );
    const deleting = serve(counting, idsTo(150), { edit: (_, ids) => ids.slice(1) });
    expect(await outcome(deleting.ask, { assumeComplete: true })).toBe('LIST_INCOMPLETE');
  });

  test('on one page too', async () => {
    expect(await outcome(serve({ ...wordless, from: () => 0 }, idsTo(90)).ask)).toBe('LIST_INCOMPLETE');
    expect(await outcome(serve(wordless, idsTo(90)).ask, { assumeComplete: true })).toBe('90 in 2');
  });

  test('and lifts no doubt about a full page below the total, which is followed', async () => {
    const paged = withTotal(silent.page ?? wordless);
    expect(await outcome(serve(paged, idsTo(150)).ask, { assumeComplete: true })).toBe('150 in 3 by page');
  });
});

type Edit = { readonly at: number; readonly index: number };

const edits: Readonly<
  Record<string, (ids: readonly string[], edit: Edit, count: number) => readonly string[]>
> = {
  delete: (ids, { index }) => ids.filter((_, at) => at !== index % Math.max(1, ids.length)),
  insert: (ids, { index }, count) => ids.toSpliced(index % (ids.length + 1), 0, `ptn_new_${count}`),
  move: (ids, { index }) => {
    const from = index % Math.max(1, ids.length);
    return [...ids.slice(0, from), ...ids.slice(from + 1), ...ids.slice(from, from + 1)];
  },
  none: (ids) => ids,
};

const someEdits = fc.array(fc.record({ at: fc.integer({ min: 1, max: 8 }), index: fc.nat(400) }), {
  maxLength: 4,
});
const someSize = fc.oneof(fc.constantFrom(0, 1, 99, 100, 101, 200, 250), fc.nat(320));
const someLargest = fc.constantFrom(100, 100, 100, 50, 37, 25, 20, 10);

/** Reads a list that changes; fails unless it stopped or holds all that was there throughout, and nothing that never was. */
async function holds(kind: Kind, size: number, largest: number, how: string, changes: readonly Edit[]) {
  const ever = new Set(idsTo(size));
  let always = new Set(ever);
  let inserted = 0;
  const server = serve(kind, idsTo(size), {
    largest,
    edit(request, ids) {
      let now = ids;
      for (const change of changes)
        if (change.at === request) now = edits[how]?.(now, change, inserted++) ?? now;
      for (const id of now) ever.add(id);
      always = new Set([...always].filter((id) => now.includes(id)));
      return now;
    },
  });
  const read = await attempt(server.ask);
  if (typeof read === 'string') return read;
  const ids = new Set(read.ids);
  expect({
    missing: [...always].filter((id) => !ids.has(id)),
    invented: read.ids.filter((id) => !ever.has(id)),
    repeated: read.ids.length - ids.size,
  }).toEqual({ missing: [], invented: [], repeated: 0 });
  return 'read';
}

test('a list whose total is stated is read exactly, whoever writes, or the run stops', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...kinds),
      someSize,
      someLargest,
      fc.constantFrom(...Object.keys(edits)),
      someEdits,
      async ([, kind], size, largest, how, changes) => {
        await holds(kind, size, largest, how, changes);
      },
    ),
    runs(1000),
  );
});

test('a list that nobody changes is read exactly in every form', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...Object.entries(speaking), ...Object.entries(silent)),
      someSize,
      someLargest,
      async ([, kind], size, largest) => {
        // A page size that isn't round and isn't stated can't be told from the end of a list that says nothing.
        const isHidden = largest === 37 && Object.keys(kind.says(nowhere)).length === 0;
        if (!isHidden) expect(await holds(kind, size, largest, 'none', [])).toBe('read');
      },
    ),
    runs(1000),
  );
});

const nowhere = { ids: [], start: 0, end: 0, size: 100, total: 0, query: {} };

test('where the last id leads on, a partner that is inserted hides none', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('last-id', 'last-id:cursor', 'last-id:starting_after'),
      someSize,
      fc.constantFrom('insert', 'none'),
      someEdits,
      async (name, size, how, changes) => {
        const kind = silent[name];
        if (kind !== undefined) await holds(kind, size, 100, how, changes);
      },
    ),
    runs(1000),
  );
});
