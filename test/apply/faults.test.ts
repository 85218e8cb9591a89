/** What an apply says after each thing that can go wrong, against what the server did: no outcome may be a lie. */
import { describe, expect, test } from 'vitest';
import { applyPlan } from '../../src/apply/apply-plan.ts';
import { paths } from '../../src/introw/api.ts';
import { openConnection } from '../../src/introw/connection.ts';
import { reader } from '../../src/introw/reader.ts';
import { writer } from '../../src/introw/writer.ts';
import type { Handle, PartnerId } from '../../src/partner.ts';
import type { Outcome, Result } from '../../src/plan/outcome.ts';
import type { Change } from '../../src/plan/plan.ts';
import { parseFault } from '../../src/sandbox/faults.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';

const position = { file: 'partners.yaml', line: 1, column: 1 };
const row = { beforeName: null, afterName: null, origin: null, writeOnly: false, position };

const create = (name: string): Change => ({
  address: name as Handle,
  name,
  action: 'create',
  partner: null,
  fields: [{ ...row, field: 'name', before: null, after: name }],
  position,
  warnings: [],
});

const update = (id: string): Change => ({
  address: id as Handle,
  name: id,
  action: 'update',
  partner: { id: id as PartnerId, name: id, domain: null },
  fields: [{ ...row, field: 'tier', before: 't1', after: 't2' }],
  position,
  warnings: [],
});

const live = ['ptn_0', 'ptn_1', 'ptn_2'].map((id) => ({ id, name: id, tierId: 't1' }));
const both = [create('alpha'), update('ptn_0')];

type Run = Pick<Outcome, 'summary' | 'results' | 'stopped'> & {
  readonly introw: Sandbox;
  /** The results as they were told on the way. */
  readonly told: readonly Result[];
};

/** Applies changes with waits that are a thousandth of the real ones. */
async function run(
  changes: readonly Change[],
  faults: readonly string[],
  options: {
    timeoutMs?: number;
    credits?: number;
    concurrency?: number;
    partners?: readonly Readonly<Record<string, unknown>>[];
    limit?: number;
    /** Aborted by an interruption, of which these know. */
    stop?: AbortController;
    stops?: readonly ('apply' | 'connection')[];
    /** Whether Introw is gone before anything is sent. */
    isGone?: boolean;
    onResult?: (result: Result) => unknown;
    looksUp?: boolean;
  } = {},
): Promise<Run> {
  const { concurrency = 1, limit, looksUp = true, onResult = () => undefined } = options;
  const { signal: stop } = options.stop ?? new AbortController();
  const { stops = ['apply', 'connection'] } = options;
  const introw = await startSandbox({
    seed: { partners: options.partners ?? live },
    faults: faults.map(parseFault),
    credits: options.credits ?? null,
    windowMs: 300,
  });
  const connection = openConnection({
    url: introw.url,
    key: 'sandbox-key',
    userAgent: 'test',
    windowMs: 300,
    concurrency,
    timeoutMs: options.timeoutMs ?? 20_000,
    retries: { baseMs: 1, underWayMs: 20 },
    ...(stops.includes('connection') ? { stop } : {}),
  });
  if (options.isGone === true) await introw.close();
  const lookUp = {
    reader: reader({ ...connection, request: (asked) => connection.request({ ...asked, once: true }) }),
    listCost: 1,
    affords: connection.affords,
    settleMs: 20,
  };
  const told: Result[] = [];
  try {
    const outcome = await applyPlan(changes, writer(connection), {
      concurrency,
      ...(stops.includes('apply') ? { stop } : {}),
      ...(limit === undefined ? {} : { limit }),
      ...(looksUp ? { lookUp } : {}),
      onResult: (result) => {
        told.push(result);
        onResult(result);
      },
    });
    return { ...outcome, introw, told };
  } finally {
    await connection.close();
    if (options.isGone !== true) await introw.close();
  }
}

const sent = ({ introw }: Run) =>
  introw.log.map(({ method, path }) => `${method} ${path.replace(paths.partners, '')}`);
const short = ({ status, httpStatus, error }: Result) => [status, httpStatus, error?.code ?? null];

const applied = (httpStatus: number | null) => ['applied', httpStatus, null];
const lost = ['unknown', null, 'ANSWER_LOST'];
const notDone = ['failed', null, 'NOT_DONE'];
const refused = (httpStatus: number, code: string) => ['failed', httpStatus, code];
const skipped = ['skipped', null, null];

type Row = readonly [
  faults: readonly string[],
  results: readonly (readonly (string | number | null)[])[],
  requests: readonly string[],
  stopped: string | null,
];

const posts = (count: number) => Array.from({ length: count }, () => 'POST ');
const patches = (count: number) => Array.from({ length: count }, () => 'PATCH /ptn_0');

/** What becomes of a create and an update, and what was sent for them. */
const rows: readonly Row[] = [
  // Nothing wrong
  [[], [applied(201), applied(200)], [...posts(1), ...patches(1)], null],
  // Got over
  [['drop-before@write:1'], [applied(201), applied(200)], [...posts(2), ...patches(1)], null],
  [['drop-after@create:1'], [applied(200), applied(200)], [...posts(2), ...patches(1)], null],
  [['drop-after@update:1'], [applied(201), applied(200)], [...posts(1), ...patches(2)], null],
  [['hang-after@create:1'], [applied(200), applied(200)], [...posts(2), ...patches(1)], null],
  [['status-after=502@write:1'], [applied(200), applied(200)], [...posts(2), ...patches(1)], null],
  [['status-after=500@write:1'], [applied(200), applied(200)], [...posts(2), ...patches(1)], null],
  [['status-after=504@write:1'], [applied(200), applied(200)], [...posts(2), ...patches(1)], null],
  [['status=408@write:1'], [applied(201), applied(200)], [...posts(2), ...patches(1)], null],
  [['status=425@update:1'], [applied(201), applied(200)], [...posts(1), ...patches(2)], null],
  [['rate=120@write:1'], [applied(201), applied(200)], [...posts(2), ...patches(1)], null],
  // Accepted, with an answer that can't be read
  [['status-after=204@write'], [applied(204), applied(204)], [...posts(1), ...patches(1)], null],
  [['body={}@write'], [applied(201), applied(200)], [...posts(1), ...patches(1)], null],
  [['body=@write'], [applied(201), applied(200)], [...posts(1), ...patches(1)], null],
  [['half@write'], [applied(201), applied(200)], [...posts(1), ...patches(1)], null],
  [['cut@write'], [applied(201), applied(200)], [...posts(1), ...patches(1)], null],
  [
    ['status-after=202@write', 'body={"data":null}@write'],
    [applied(202), applied(202)],
    [...posts(1), ...patches(1)],
    null,
  ],
  [['drip=50@write'], [applied(201), applied(200)], [...posts(1), ...patches(1)], null],
  [['encoding=zstd@write'], [applied(201), applied(200)], [...posts(1), ...patches(1)], null],
  // Lost, and looked up
  [
    ['drop-after@write'],
    [applied(null), applied(null)],
    [...posts(5), ...patches(5), 'GET ?limit=100'],
    'INTROW_UNAVAILABLE',
  ],
  [['hang-after@update'], [applied(201), applied(null)], [...posts(1), ...patches(2), 'GET /ptn_0'], null],
  [['drop-before@update'], [applied(201), notDone], [...posts(1), ...patches(5), 'GET /ptn_0'], null],
  [['hang@write'], [notDone, notDone], [...posts(2), ...patches(2), 'GET ?limit=100'], 'INTROW_UNAVAILABLE'],
  [
    ['status-after=504@create'],
    [applied(null), applied(200)],
    [...posts(2), ...patches(1), 'GET ?limit=100'],
    null,
  ],
  [
    ['status-after=500@create'],
    [applied(null), applied(200)],
    [...posts(5), ...patches(1), 'GET ?limit=100'],
    null,
  ],
  [['status=500@create'], [notDone, applied(200)], [...posts(5), ...patches(1), 'GET ?limit=100'], null],
  [
    ['body={"error":{"message":"not saved"}}@update'],
    [applied(201), applied(null)],
    [...posts(1), ...patches(1), 'GET /ptn_0'],
    null,
  ],
  [['html@create'], [applied(null), applied(200)], [...posts(1), ...patches(1), 'GET ?limit=100'], null],
  [
    ['redirect=https://elsewhere.example@create'],
    [applied(null), applied(200)],
    [...posts(1), ...patches(1), 'GET ?limit=100'],
    null,
  ],
  [
    ['drop-after@create:1', 'status=503@create:after:1'],
    [applied(null), applied(200)],
    [...posts(5), ...patches(1), 'GET ?limit=100'],
    null,
  ],
  [
    ['drop-after@create:1', 'revoke@any:after:1'],
    [lost, skipped],
    [...posts(2), 'GET ?limit=100'],
    'UNAUTHORIZED',
  ],
  // Lost, and not to be found out
  [
    ['drop-after@write', 'html@read'],
    [lost, lost],
    [...posts(5), ...patches(5), 'GET ?limit=100'],
    'INTROW_UNAVAILABLE',
  ],
  [['hang@any'], [lost, lost], [...posts(2), ...patches(2), 'GET ?limit=100'], 'INTROW_UNAVAILABLE'],
  // About somebody else
  [['another@write'], [applied(null), skipped], [...posts(1), 'GET ?limit=100'], 'ANSWER_ABOUT_ANOTHER'],
  [
    ['another@update'],
    [applied(201), applied(null)],
    [...posts(1), ...patches(1), 'GET /ptn_0'],
    'ANSWER_ABOUT_ANOTHER',
  ],
  [
    ['odd-id@update'],
    [applied(201), applied(null)],
    [...posts(1), ...patches(1), 'GET /ptn_0'],
    'ANSWER_ABOUT_ANOTHER',
  ],
  // Refused
  [['status=503@create'], [refused(503, 'SERVER_ERROR'), applied(200)], [...posts(5), ...patches(1)], null],
  [
    ['status=503@write'],
    [refused(503, 'SERVER_ERROR'), refused(503, 'SERVER_ERROR')],
    [...posts(5), ...patches(5)],
    'INTROW_UNAVAILABLE',
  ],
  [['status=409@write:1'], [refused(409, 'PARTNER_BUSY'), applied(200)], [...posts(1), ...patches(1)], null],
  [['status=423@write:1'], [refused(423, 'PARTNER_BUSY'), applied(200)], [...posts(1), ...patches(1)], null],
  [['status=403@write'], [refused(403, 'FORBIDDEN'), skipped], [...posts(1)], 'FORBIDDEN'],
  [
    ['status=403@write', 'html@write'],
    [refused(403, 'UNEXPECTED_STATUS'), refused(403, 'UNEXPECTED_STATUS')],
    [...posts(1), ...patches(1)],
    'INTROW_UNAVAILABLE',
  ],
  [
    ['bad-error@write:1'],
    [refused(422, 'VALIDATION_ERROR'), applied(200)],
    [...posts(1), ...patches(1)],
    null,
  ],
  [
    ['spend@write:1'],
    [refused(402, 'API_CREDITS_EXHAUSTED'), skipped],
    [...posts(1)],
    'API_CREDITS_EXHAUSTED',
  ],
  [['dead@write:1'], [lost, skipped], [...posts(1)], 'NETWORK'],
];

describe('a create and an update', () => {
  test.concurrent.each(rows)('%j', async (faults, results, requests, stopped) => {
    const waits = faults.some((fault) => /^(hang|drip)/.test(fault));
    const ended = await run(both, faults, { timeoutMs: waits ? 600 : 20_000 });
    expect(ended.results.map(short)).toEqual(results);
    expect(sent(ended)).toEqual(requests);
    expect(ended.stopped?.code ?? null).toBe(stopped);
    expectTruth(ended);
  });
});

/** Compares an outcome with what the server did, with its own summary, and with what was told on the way. */
function expectTruth({ results, introw, summary, told }: Run): void {
  const countOf = (status: Result['status']) => results.filter((each) => each.status === status).length;
  expect(summary).toEqual({
    applied: countOf('applied'),
    failed: countOf('failed'),
    unknown: countOf('unknown'),
    skipped: countOf('skipped'),
  });
  const tried = results.filter(({ status }) => status !== 'skipped');
  const byAddress = (one: Result, other: Result) => one.address.localeCompare(other.address);
  expect(told.map(({ address }) => address).sort()).toEqual(tried.map(({ address }) => address).sort());
  // Only what was unknown then may have been found out since.
  const last = new Map(results.map((result) => [result.address, result]));
  for (const result of [...told].sort(byAddress))
    if (result.status !== 'unknown') expect(last.get(result.address)).toEqual(result);
  for (const { address, action, status, error } of results) {
    const wasAsked = ({ method, path, body }: Sandbox['log'][number]) =>
      action === 'create'
        ? method === 'POST' && body.includes(address)
        : method === 'PATCH' && path.endsWith(address);
    const asked = introw.log.filter(wasAsked);
    if (status === 'skipped') expect(asked).toEqual([]);
    if (status === 'failed') expect(asked.some(({ done }) => done)).toBe(false);
    if (status === 'applied') expect(asked.some(({ done }) => done)).toBe(true);
    expect(error === null).toBe(status === 'applied' || status === 'skipped');
  }
}

describe('a partner that the CRM made just before', () => {
  test.each([
    ['200 to the first POST: adopted', ['crm-first'], 200],
    ['200 to the second POST, the first one refused: adopted', ['crm-first', 'status=429@create:1'], 200],
  ])('%s', async (_, faults, httpStatus) => {
    const { results } = await run([create('alpha')], faults);
    expect(results[0]).toMatchObject({ status: 'applied', httpStatus, adopted: true, fields: ['name'] });
  });

  test('older than the run, though the answer was lost: adopted', async () => {
    const old = { id: 'ptn_old', name: 'alpha', createdAt: '2020-01-01T00:00:00.000Z' };
    const { results } = await run([create('alpha')], ['drop-after@create:1'], { partners: [old] });
    expect(results[0]).toMatchObject({ status: 'applied', partnerId: 'ptn_old', adopted: true });
  });

  test('our own, made by a POST whose answer was lost: not adopted', async () => {
    const { results } = await run([create('alpha')], ['drop-after@create:1']);
    expect(results[0]).toMatchObject({ status: 'applied', httpStatus: 200, adopted: false });
  });
});

test('an answer that shows no partner is not verified, one that does is', async () => {
  const { results } = await run(both, ['body={}@create']);
  expect(results).toMatchObject([
    { status: 'applied', verified: false, partnerId: null },
    { status: 'applied', verified: true, partnerId: 'ptn_0' },
  ]);
});

test.each([
  [3, lost, [...patches(2)]],
  [4, applied(null), [...patches(2), 'GET /ptn_0']],
])(
  'with %i credits, of which one pays for the first change and two may have been taken by lost ones: %j',
  async (credits, result, requests) => {
    const changes = [update('ptn_1'), update('ptn_0')];
    const ended = await run(changes, ['hang-after@update:after:1'], { credits, timeoutMs: 1_000 });
    expect(ended.results.map(short)).toEqual([applied(200), result]);
    expect(sent(ended).slice(1)).toEqual(requests);
  },
);

test('a field that cannot be read back leaves an update unknown', async () => {
  const access: Change = {
    ...update('ptn_0'),
    fields: [{ ...row, field: 'portal.access', before: null, after: 'RESTRICTED_USERS', writeOnly: true }],
  };
  const ended = await run([access], ['drop-after@update']);
  expect(ended.results.map(short)).toEqual([lost]);
});

test.each([1, 8])(
  'a dead server is left after two changes with %i at once, and the others are not tried on',
  async (concurrency) => {
    const changes = Array.from({ length: 20 }, (_, index) => create(`partner-${index}`));
    const ended = await run(changes, ['hang@write'], { timeoutMs: 400, concurrency });
    expect(ended.stopped?.code).toBe('INTROW_UNAVAILABLE');
    expect(ended.introw.log.filter(({ method }) => method === 'POST').length).toBeLessThanOrEqual(
      concurrency === 1 ? 4 : 16,
    );
    expectTruth(ended);
  },
);

test('a good answer between two bad ones keeps the run going', async () => {
  const changes = ['a', 'b', 'c', 'd', 'e'].map(create);
  const ended = await run(changes, ['html@create:every:2']);
  expect(ended.stopped).toBeNull();
  expect(ended.results.map(({ status }) => status)).toEqual(changes.map(() => 'applied'));
});

test('a server that is down is named with the changes that it left unanswered', async () => {
  const ended = await run([create('alpha'), update('ptn_0'), create('beta')], ['html@write']);
  expect(ended.stopped?.message).toMatch(/^Introw gave no usable answer to alpha and ptn_0\. \S/);
  expectTruth(ended);
});

test('an Introw that is gone is tried with one change, of which nothing is told', async () => {
  const ended = await run(both, [], { isGone: true });
  expect(ended.results.map(short)).toEqual([skipped, skipped]);
  expect(ended.stopped?.code).toBe('NETWORK');
  expectTruth(ended);
});

test('a program need give nothing but the changes and what sends them', async () => {
  const introw = await startSandbox({ seed: { partners: live } });
  const connection = openConnection({ url: introw.url, key: 'sandbox-key', userAgent: 'test' });
  try {
    const ended = await applyPlan([update('ptn_0'), update('ptn_1')], writer(connection));
    expect([ended.summary.applied, ended.stopped]).toEqual([2, null]);
  } finally {
    await connection.close();
    await introw.close();
  }
});

test('what has nothing to send is not sent, and not in the results', async () => {
  const ended = await run([{ ...update('ptn_1'), action: 'none', fields: [] }, update('ptn_0')], []);
  expect(ended.results.map(({ address }) => address)).toEqual(['ptn_0']);
  expect(sent(ended)).toEqual(patches(1));
  expectTruth(ended);
});

test('without a look-up, what is lost stays unknown', async () => {
  const ended = await run([update('ptn_0')], ['drop-after@update'], { looksUp: false });
  expect(ended.results.map(short)).toEqual([lost]);
  expect(sent(ended)).toEqual(patches(5));
  expectTruth(ended);
});

test('what the credits do not pay for is not tried', async () => {
  const ended = await run([update('ptn_0'), update('ptn_1'), update('ptn_2')], [], { limit: 1 });
  expect(ended.results.map(short)).toEqual([applied(200), skipped, skipped]);
  expect(ended.stopped).toMatchObject({
    code: 'CREDITS_SHORT',
    message: "The remaining credits didn't pay for 2 of the changes.",
  });
  expect(sent(ended)).toEqual(patches(1));
  expectTruth(ended);
});

describe('an interruption', () => {
  const three = [update('ptn_0'), update('ptn_1'), update('ptn_2')];

  test('before anything is sent: nothing is', async () => {
    const stop = new AbortController();
    stop.abort();
    const ended = await run(three, [], { stop });
    expect(ended.results.map(short)).toEqual([skipped, skipped, skipped]);
    expect(ended.stopped).toMatchObject({ code: 'INTERRUPTED', message: 'The run was interrupted.' });
    expect(sent(ended)).toEqual([]);
    expectTruth(ended);
  });

  test.each([1, 2])(
    'after the first answer, with %i at once: no new change is begun',
    async (concurrency) => {
      const stop = new AbortController();
      const ended = await run(three, [], { stop, concurrency, onResult: () => stop.abort() });
      const begun = Array.from({ length: concurrency }, () => applied(200));
      expect(ended.results.map(short)).toEqual([...begun, skipped, skipped, skipped].slice(0, 3));
      expect(ended.stopped?.code).toBe('INTERRUPTED');
      expect(ended.introw.log).toHaveLength(concurrency);
      expectTruth(ended);
    },
  );

  test('while a change waits to be sent again: it is not, and says what it knows', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 100);
    const ended = await run([update('ptn_0')], ['rate=120@write'], { stop });
    expect(ended.results.map(({ status }) => status)).not.toContain('applied');
    expect(ended.stopped?.code).toBe('INTERRUPTED');
    expect(ended.introw.log).toHaveLength(1);
    expectTruth(ended);
  });

  test('while an answer is awaited that never comes: unknown, and not looked up', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 50);
    const ended = await run([update('ptn_0')], ['hang-after@update'], { stop, timeoutMs: 300 });
    expect(ended.results.map(short)).toEqual([lost]);
    expect(ended.stopped?.code).toBe('INTERRUPTED');
    expect(sent(ended)).toEqual(patches(1));
    expectTruth(ended);
  });

  test.each([['apply' as const], ['connection' as const]])(
    'of which only the %s knows: no new change is begun',
    async (one) => {
      const stop = new AbortController();
      const ended = await run(three, [], { stop, stops: [one], onResult: () => stop.abort() });
      expect(ended.results.map(short)).toEqual([applied(200), skipped, skipped]);
      expect(ended.stopped?.code).toBe('INTERRUPTED');
      expect(sent(ended)).toEqual(patches(1));
      expectTruth(ended);
    },
  );

  test('after the last answer, which is lost: not looked up, and said', async () => {
    const stop = new AbortController();
    const ended = await run([update('ptn_1'), update('ptn_0')], ['html@update:after:1'], {
      stop,
      onResult: ({ status }) => status === 'unknown' && stop.abort(),
    });
    expect(ended.results.map(short)).toEqual([applied(200), lost]);
    expect(ended.stopped?.code).toBe('INTERRUPTED');
    expect(ended.introw.log).toHaveLength(2);
    expectTruth(ended);
  });

  test('after everything is applied: none', async () => {
    const stop = new AbortController();
    const ended = await run([update('ptn_0')], [], { stop, onResult: () => stop.abort() });
    expect(ended.results.map(short)).toEqual([applied(200)]);
    expect(ended.stopped).toBeNull();
    expectTruth(ended);
  });
});
