/** What is found out of changes whose answers were lost, from what Introw holds, and what looking costs. */
import { afterEach, describe, expect, test } from 'vitest';
import type { Fate } from '../../src/apply/fate.ts';
import { lookUpLost, lookUpOver } from '../../src/apply/look-up.ts';
import { paths } from '../../src/introw/api.ts';
import { openConnection, type ReadConnection } from '../../src/introw/connection.ts';
import type { Handle, LiveState, PartnerId } from '../../src/partner.ts';
import type { Change, FieldChange } from '../../src/plan/plan.ts';
import { problem } from '../../src/problem.ts';
import { parseFault } from '../../src/sandbox/faults.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';

const position = { file: 'partners.yaml', line: 1, column: 1 };
const began = '2026-11-01T12:00:00.000Z';
const never = new AbortController().signal;

const row = (field: string, before: string | null, after: string): FieldChange => ({
  field,
  before,
  after,
  beforeName: null,
  afterName: null,
  origin: null,
  writeOnly: false,
  position,
});

const create = (name: string, ...more: FieldChange[]): Change => ({
  address: name.toLowerCase() as Handle,
  name,
  action: 'create',
  partner: null,
  fields: [row('name', null, name), ...more],
  position,
  warnings: [],
});

const update = (id: string, ...fields: FieldChange[]): Change => ({
  ...create(id),
  action: 'update',
  partner: { id: id as PartnerId, name: id, domain: null },
  fields: fields.length === 0 ? [row('tier', 't1', 't2')] : fields,
});

const [tier, phase] = [row('tier', 't1', 't2'), row('phase', 'p1', 'p2')];
const access = row('portal.access', null, 'RESTRICTED_USERS');
const domain = row('domain', null, 'acme.example');

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0)) await clean();
});

type Partner = Readonly<Record<string, unknown>>;

/** A connection to an Introw that holds these partners, and what it was told to wait for. */
async function introwWith(partners: readonly Partner[], faults: readonly string[] = []) {
  const introw = await startSandbox({ seed: { partners }, faults: faults.map(parseFault) });
  const waits: unknown[] = [];
  const connection = openConnection({
    url: introw.url,
    key: 'sandbox-key',
    userAgent: 'test',
    retries: { baseMs: 1 },
    onEvent: (event) => event.kind === 'waiting' && waits.push(event),
  });
  cleanups.push(
    () => connection.close(),
    () => introw.close(),
  );
  return { introw, connection, waits };
}

const live = (listRequests: number): LiveState => ({ partners: [], complete: true, listRequests });
const lostAt = (sentAt: number): Fate => ({
  known: 'answer lost',
  problem: problem('ANSWER_LOST', 'No answer came.'),
  sentAt,
});
const longAgo = lostAt(-1e9);

function look(connection: ReadConnection, changes: readonly Change[], { pages = 1, fate = longAgo } = {}) {
  const fates = new Map(changes.map((change) => [change, fate]));
  return lookUpLost(fates, lookUpOver(connection, live(pages)), began, never);
}

/** `null` is a change of which nothing was found out. */
function said(changes: readonly Change[], found: ReadonlyMap<Change, Fate>) {
  return changes.map((change) => {
    const fate = found.get(change);
    if (fate === undefined) return null;
    if (fate.known === 'not done') return fate.problem.message.replace(/^.* it was not done: /, 'not done: ');
    if (fate.known !== 'accepted') return fate.known;
    const { partner, adopted, httpStatus } = fate;
    return [partner.id, ...(adopted ? ['adopted'] : []), ...(httpStatus === null ? [] : [httpStatus])].join(
      ' ',
    );
  });
}

const read = ({ log }: Sandbox) =>
  log.map(
    ({ method, path }) => `${method} ${path.replace(paths.partners, '').replace('?limit=100', 'list')}`,
  );

const held = (values: Partner) => [{ id: 'ptn_0', name: 'Acme', ...values }];
const before = { tierId: 't1', phaseId: 'p1' };
const after = { tierId: 't2', phaseId: 'p2' };

describe('one change', () => {
  test.each<[string, Change, readonly Partner[], string | null]>([
    ['an update that Introw has', update('ptn_0'), held(after), 'ptn_0'],
    ['one that it has not', update('ptn_0'), held(before), 'not done: Introw holds what it held before.'],
    ['one that somebody has overtaken', update('ptn_0'), held({ tierId: 't3' }), null],
    ['of two fields one', update('ptn_0', tier, phase), held({ tierId: 't2', phaseId: 'p1' }), null],
    ['of two fields both', update('ptn_0', tier, phase), held(after), 'ptn_0'],
    ['of two fields the one that can be read', update('ptn_0', access, tier), held(after), 'ptn_0'],
    [
      'of two fields not the one that can be read',
      update('ptn_0', tier, access),
      held(before),
      'not done: Introw holds what it held before.',
    ],
    ['only a field that cannot be read', update('ptn_0', access), held(after), null],
    ['a partner that is gone', update('ptn_9'), held(after), 'not done: its partner is not in Introw.'],
    ['a create that Introw has', create('Acme', tier), held(after), 'ptn_0'],
    ['one of another name in case', create('ACME'), held({ name: 'ACME' }), 'ptn_0'],
    ['one that it has not', create('Bolt'), held({}), 'not done: Introw has no such partner.'],
    ['one that it has by the domain', create('Acme', domain), held({ domain: 'acme.example' }), 'ptn_0'],
    ['one with other values', create('Acme', tier), held(before), null],
    ['one with some of the values', create('Acme', tier, phase), held({ ...after, phaseId: 'p1' }), null],
    ['one with a field that cannot be read', create('Acme', access), held({}), 'ptn_0'],
    ['one of two with that name', create('Acme'), [...held({}), { id: 'ptn_1', name: 'Acme' }], null],
    [
      'one that was there before the run',
      create('Acme'),
      held({ createdAt: '2026-11-01T11:59:59.000Z' }),
      'ptn_0 adopted',
    ],
    ['one that the run made', create('Acme'), held({ createdAt: '2026-11-01T12:00:01.000Z' }), 'ptn_0'],
  ])('%s', async (_, change, partners, expected) => {
    const { introw, connection, waits } = await introwWith(partners);
    expect(said([change], await look(connection, [change]))).toEqual([expected]);
    expect(read(introw)).toEqual([change.partner === null ? 'GET list' : `GET /${change.partner.id}`]);
    expect(waits).toEqual([]);
  });

  test('an answer about another partner says nothing', async () => {
    const { introw, connection } = await introwWith(held(after), ['another@read']);
    const changes = [update('ptn_0')];
    expect(said(changes, await look(connection, changes))).toEqual([null]);
    expect(read(introw)).toEqual(['GET /ptn_0']);
  });

  test.each([['status=503@read'], ['html@read'], ['dead@read']])(
    'an Introw that is down (%s) is asked once',
    async (fault) => {
      const { introw, connection } = await introwWith(held(after), [fault]);
      const changes = [update('ptn_0'), update('ptn_0')];
      expect(said(changes, await look(connection, changes, { pages: 2 }))).toEqual([null, null]);
      expect(read(introw).length).toBeLessThanOrEqual(1);
    },
  );
});

describe('several changes', () => {
  const updates = ['ptn_0', 'ptn_1', 'ptn_9'].map((id) => update(id));
  const partners = [
    { id: 'ptn_0', name: 'Acme', ...after },
    { id: 'ptn_1', name: 'Bolt', ...before },
  ];
  const expected = [
    'ptn_0',
    'not done: Introw holds what it held before.',
    'not done: its partner is not in Introw.',
  ];

  test.each([
    [3, ['GET /ptn_0', 'GET /ptn_1', 'GET /ptn_9']],
    [2, ['GET list']],
  ])('updates by themselves or by the list of %i pages, whichever costs less', async (pages, requests) => {
    const { introw, connection } = await introwWith(partners);
    expect(said(updates, await look(connection, updates, { pages }))).toEqual(expected);
    expect(read(introw)).toEqual(requests);
  });

  test('a create needs the list, which then answers for all', async () => {
    const { introw, connection } = await introwWith(partners);
    const changes = [...updates, create('Acme', tier)];
    expect(said(changes, await look(connection, changes, { pages: 5 }))).toEqual([...expected, 'ptn_0']);
    expect(read(introw)).toEqual(['GET list']);
  });

  test.each<[string, readonly Change[], number, number]>([
    ['of updates one request each', updates, 3, 2],
    ['of a create the pages of the list', [create('Acme')], 3, 2],
  ])('nothing is read that credits do not pay for: %s', async (_, changes, pages, credits) => {
    const { introw, connection } = await introwWith(partners);
    const fates = new Map(changes.map((change) => [change, longAgo]));
    const lookUp = { ...lookUpOver(connection, live(pages)), affords: (needed: number) => needed <= credits };
    expect((await lookUpLost(fates, lookUp, began, never)).size).toBe(0);
    const richer = { ...lookUp, affords: (needed: number) => needed <= credits + 1 };
    expect(introw.log).toEqual([]);
    expect((await lookUpLost(fates, richer, began, never)).size).toBe(changes.length);
  });

  test('what has an answer is not looked up', async () => {
    const { introw, connection } = await introwWith(partners);
    const refused: Fate = { known: 'refused', problem: problem('FORBIDDEN', 'No.'), httpStatus: 403 };
    expect((await look(connection, updates, { fate: refused })).size).toBe(0);
    expect(introw.log).toEqual([]);
  });
});

describe('waiting for a write to show', () => {
  const changes = [update('ptn_0'), update('ptn_0')];

  test('as long as the last one may take, which is said', async () => {
    const { connection, waits } = await introwWith(held(after));
    const sentAt = performance.now();
    const fates = new Map(changes.map((change, index) => [change, index === 0 ? longAgo : lostAt(sentAt)]));
    const lookUp = { ...lookUpOver(connection, live(2)), settleMs: 150 };
    expect(said(changes, await lookUpLost(fates, lookUp, began, never))).toEqual(['ptn_0', 'ptn_0']);
    expect(performance.now() - sentAt).toBeGreaterThanOrEqual(150);
    expect(waits).toMatchObject([
      { reason: 'look-up', because: 'to look up 2 changes whose answers were lost' },
    ]);
  });

  test('an interruption ends it, and nothing is read', async () => {
    const { introw, connection } = await introwWith(held(after));
    const stop = AbortSignal.timeout(20);
    const fates = new Map(changes.map((change) => [change, lostAt(performance.now())]));
    expect((await lookUpLost(fates, lookUpOver(connection, live(2)), began, stop)).size).toBe(0);
    expect(introw.log).toEqual([]);
  });
});
