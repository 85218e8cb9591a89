/** Planning against Introw, and taking a saved plan up again: what is read, request by request, and what is refused. */
import { afterEach, describe, expect, test } from 'vitest';
import { fingerprint, planLive } from '../../src/apply/plan-live.ts';
import { recheckPlan } from '../../src/apply/recheck.ts';
import { loadDesired } from '../../src/desired/load.ts';
import { openConnection, type ReadConnection, readOnly } from '../../src/introw/connection.ts';
import type { Handle } from '../../src/partner.ts';
import { planDefaults } from '../../src/plan/make-plan.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { Failure, warning } from '../../src/problem.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

type Live = readonly Readonly<Record<string, unknown>>[];
type Place = { readonly introw: Sandbox; readonly connection: ReadConnection };

async function serve(partners: Live, credits: number | null = null): Promise<Place> {
  const introw = await startSandbox({ seed: { partners }, credits });
  const connection = readOnly(openConnection({ url: introw.url, key: 'sandbox-key', userAgent: 'test' }));
  closing.push(
    () => introw.close(),
    () => connection.close(),
  );
  return { introw, connection };
}

const asked = ({ introw }: Place) =>
  introw.log.map(({ path }) => path.replace('/api/v1/partners', '').replace(/\?.*/, ' the list').trim());
const filesOf = (...lines: readonly string[]) =>
  loadDesired([{ path: 'partners.yaml', text: ['version: 1', 'partners:', ...lines, ''].join('\n') }]);
const acme = { id: 'ptn_1', name: 'Acme', tierId: 't1' };
const globex = { id: 'ptn_2', name: 'Globex', tierId: 't1' };
const files = () =>
  filesOf('  acme: { id: ptn_1, name: Acme, tierId: t2 }', '  globex: { id: ptn_2, name: Globex }');
const acmeAlone = new Set(['acme' as Handle]);

async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'none';
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return error.problems.map(({ code, message }) => `${code}: ${message}`).join('\n');
  }
}

describe('planning reads', () => {
  test('the list, for all handles', async () => {
    const place = await serve([acme, globex]);
    const { plan, live } = await planLive(place.connection, { desired: files(), version: '1.2.3' });
    expect(asked(place)).toEqual(['the list']);
    expect(live).toMatchObject({ complete: true, partners: [{ id: 'ptn_1' }, { id: 'ptn_2' }] });
    expect(plan).toMatchObject({
      kind: 'plan',
      complete: true,
      tool: { version: '1.2.3' },
      source: {
        files: ['partners.yaml'],
        sha256: fingerprint(files().files),
        api: place.connection.origin,
        base: null,
        commit: null,
      },
      summary: { update: 1, unchanged: 1 },
      cost: { requestsSpent: 1, requestsToApply: 1, requestsToApplySaved: 2 },
    });
    expect(Date.parse(plan.createdAt)).toBeGreaterThan(Date.parse('2026-01-01'));
  });

  test('one partner, for one pinned handle', async () => {
    const place = await serve([acme, globex]);
    const { plan } = await planLive(place.connection, {
      desired: files(),
      version: '1.2.3',
      kind: 'drift',
      base: files(),
      baseRef: { ref: 'main', commit: 'c0' },
      commit: Promise.resolve('c1'),
      selection: acmeAlone,
    });
    expect(asked(place)).toEqual(['/ptn_1']);
    expect(plan).toMatchObject({
      kind: 'drift',
      complete: false,
      source: { base: { ref: 'main', commit: 'c0' }, commit: 'c1' },
      changes: [{ address: 'acme', fields: [{ origin: 'drift' }] }],
    });
  });

  test('the list after one partner that is to be renamed', async () => {
    const place = await serve([acme, globex]);
    const desired = filesOf('  acme: { id: ptn_1, name: Globex }', '  globex: { id: ptn_2, name: Globex }');
    const { plan } = await planLive(place.connection, { desired, version: '1.2.3', selection: acmeAlone });
    expect(asked(place)).toEqual(['/ptn_1', 'the list']);
    expect(plan.blocked.map(({ code }) => code)).toEqual(['WOULD_MAKE_TWINS']);
  });

  test('nothing more by default: conflicts block, and what is gone is not made again', async () => {
    const place = await serve([acme]);
    const base = filesOf('  acme: { id: ptn_1, name: Acme, tierId: t3 }', '  gone: { name: Gone }');
    const desired = filesOf('  acme: { id: ptn_1, name: Acme, tierId: t2 }', '  gone: { name: Gone }');
    const made = async (options = planDefaults) =>
      (await planLive(place.connection, { desired, base, options, version: '1.2.3' })).plan;
    expect((await planLive(place.connection, { desired, base, version: '1.2.3' })).plan.blocked).toHaveLength(
      2,
    );
    expect((await made({ ...planDefaults, overwriteConflicts: true, recreate: true })).blocked).toEqual([]);
  });

  test('credits that a saved plan needs are more than those of one that is applied at once', async () => {
    const warned = async (how: { readonly saved?: boolean }) => {
      const { connection } = await serve([acme, globex], 2);
      const { plan } = await planLive(connection, { desired: files(), version: '1.2.3', ...how });
      return plan.warnings.map(({ code }) => code);
    };
    expect([await warned({}), await warned({ saved: true })]).toEqual([[], ['CREDITS_SHORT']]);
  });

  test('nothing away from what was warned of the files and before', async () => {
    const { connection } = await serve([acme]);
    const desired = filesOf('  acme: { id: ptn_1, name: Acme &amp; Co }');
    const warnings = [warning('NOT_READABLE', 'Something could not be read.')];
    const { plan } = await planLive(connection, { desired, version: '1.2.3', warnings });
    expect(plan.warnings.map(({ code }) => code)).toEqual(['SUSPICIOUS_VALUE', 'NOT_READABLE']);
  });
});

test('a fingerprint is that of names and texts, in their order', () => {
  const [one, two] = [
    { path: 'a.yaml', text: 'x' },
    { path: 'b.yaml', text: 'y' },
  ];
  const prints = [
    [one, two],
    [two, one],
    [one],
    [],
    [{ ...one, path: 'c.yaml' }],
    [{ ...one, text: 'z' }],
  ].map(fingerprint);
  expect(new Set(prints).size).toBe(prints.length);
  expect(fingerprint([{ ...one }])).toBe(fingerprint([one]));
});

describe('a saved plan', () => {
  async function saved(
    before: Live,
    later: Live,
    desired = files(),
  ): Promise<Place & { readonly plan: Plan }> {
    const then = await serve(before);
    const { plan } = await planLive(then.connection, { desired, version: '1.2.3' });
    const now = await serve(later);
    return { ...now, plan: { ...plan, source: { ...plan.source, api: now.connection.origin } } };
  }

  test('that is still true is taken as it is, for a request a partner', async () => {
    const place = await saved([acme, globex], [acme, globex]);
    const { changes } = await recheckPlan(place.connection, place.plan, 'plan.json');
    expect([changes.map(({ address }) => address), asked(place)]).toEqual([['acme'], ['/ptn_1']]);
  });

  test('that is done leaves nothing to do', async () => {
    const place = await saved([acme, globex], [{ ...acme, tierId: 't2' }, globex]);
    expect((await recheckPlan(place.connection, place.plan, 'plan.json')).changes).toEqual([]);
  });

  test('that is done is of this organisation, though all that it knew is gone', async () => {
    const desired = filesOf('  acme: { name: Acme, tierId: t1 }');
    const place = await saved([globex], [{ ...acme, id: 'ptn_9' }], desired);
    const { changes, done } = await recheckPlan(place.connection, place.plan, 'plan.json');
    expect([changes, done.map(({ address }) => address)]).toEqual([[], ['acme']]);
  });

  test('that is stale is refused with what has moved', async () => {
    const place = await saved([acme, globex], [{ ...acme, tierId: 't9' }, globex]);
    expect(await refusal(recheckPlan(place.connection, place.plan, 'plan.json'))).toBe(
      'PLAN_STALE: acme: tier was t1 and is now t9.',
    );
  });

  test('of another organisation is refused', async () => {
    const place = await saved([acme, globex], [{ ...globex, id: 'ptn_7' }]);
    expect(await refusal(recheckPlan(place.connection, place.plan, 'plan.json'))).toBe(
      'WRONG_ORGANISATION: Introw has none of the partners that plan.json changes, nor ptn_1, which it had when the plan was made.',
    );
  });

  test('of another server is refused before any request', async () => {
    const place = await saved([acme], [acme]);
    const plan = { ...place.plan, source: { ...place.plan.source, api: 'https://api.introw.io' } };
    expect(await refusal(recheckPlan(place.connection, plan, 'plan.json'))).toBe(
      `WRONG_SERVER: plan.json was made with https://api.introw.io, and this run uses ${place.connection.origin}.`,
    );
    expect(asked(place)).toEqual([]);
  });
});
