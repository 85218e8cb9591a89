import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { environment, folder, introwctl, sandbox, testKey } from './command.ts';

const partners = readFileSync(new URL('../../examples/partners.yaml', import.meta.url), 'utf8');
const seed = JSON.parse(readFileSync(new URL('../../examples/introw.json', import.meta.url), 'utf8'));

function fitsSchema(name: string, json: string): void {
  const schema = JSON.parse(
    readFileSync(new URL(`../../schemas/${name}.schema.json`, import.meta.url), 'utf8'),
  );
  const check = new Ajv2020({ strict: true }).compile(schema);
  check(JSON.parse(json));
  expect(check.errors).toBeNull();
}

test('plan, apply, plan: the second plan is empty, and the requests are the list and one for each change', async () => {
  const introw = await sandbox({ seed });
  const cwd = folder({ 'partners.yaml': partners });
  const env = environment(introw.url);

  const plan = await introwctl(cwd, ['plan'], env);
  expect(plan).toMatchObject({ exit: 0 });
  expect(plan.out).toBe(readFileSync(new URL('expected/plan.txt', import.meta.url), 'utf8'));
  expect(introw.log.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'GET /api/v1/partners?limit=100',
  ]);

  const apply = await introwctl(cwd, ['apply', '--auto-approve'], env);
  expect(apply).toMatchObject({ exit: 0 });
  expect(apply.out).toBe(readFileSync(new URL('expected/apply.txt', import.meta.url), 'utf8'));
  expect(introw.log.slice(2).map(({ method, path, body }) => `${method} ${path} ${body}`)).toEqual([
    'POST /api/v1/partners {"name":"Acme Partners","domain":"acme.example","tierId":"tier_456","phaseId":"phase_2","partnerOwnerId":"user_456","experienceTemplateId":"exp_1","portalAccess":"RESTRICTED_DOMAINS"}',
    'PATCH /api/v1/partners/ptn_000000000000000000000GL0BX {"tierId":"tier_456","partnerOwnerId":"user_789"}',
    'POST /api/v1/partners {"name":"Umbrella Consulting","tierId":"tier_123","phaseId":"phase_1"}',
  ]);

  const again = await introwctl(cwd, ['plan', '--detailed-exitcode'], env);
  expect(again).toMatchObject({ exit: 0 });
  expect(again.out).toContain('No changes. 4 partners match the files.');
});

test('the JSON of plan, drift and apply fits the schemas, and drift exits 2', async () => {
  const introw = await sandbox({ seed });
  const cwd = folder({ 'partners.yaml': partners });
  const env = environment(introw.url);
  const plan = await introwctl(cwd, ['plan', '--format', 'json', '--verbose'], env);
  fitsSchema('plan', plan.out);
  const drift = await introwctl(cwd, ['drift', '--format', 'json'], env);
  expect(drift.exit).toBe(2);
  fitsSchema('plan', drift.out);
  const apply = await introwctl(cwd, ['apply', '--auto-approve', '--format', 'json'], env);
  expect(apply.exit).toBe(0);
  fitsSchema('outcome', apply.out);
  expect(JSON.parse(apply.out).summary).toEqual({ applied: 3, failed: 0, skipped: 0, unknown: 0 });
  expect(`${plan.out}${plan.err}${drift.out}${apply.out}${apply.err}`).not.toContain(testKey);
});

test('a saved plan is shown offline, applied as it is, and counts as done the second time', async () => {
  const introw = await sandbox({ seed });
  const cwd = folder({ 'partners.yaml': partners });
  const env = environment(introw.url);
  await introwctl(cwd, ['plan', '--out', 'plan.json'], env);
  const gitlab = await introwctl(cwd, ['show', 'plan.json', '--format', 'gitlab'], environment(null));
  expect(gitlab).toMatchObject({ exit: 0, out: '{"create":2,"update":1,"delete":0}\n' });
  const first = await introwctl(cwd, ['apply', 'plan.json', '--auto-approve'], env);
  expect(first.out).toContain('Applied 3, failed 0, not tried 0.');
  const second = await introwctl(cwd, ['apply', 'plan.json', '--auto-approve'], env);
  expect(second).toMatchObject({ exit: 0 });
  expect(second.out).toContain('Applied 0, failed 0, not tried 0.');
  expect(readFileSync(join(cwd, 'plan.json'), 'utf8')).not.toContain(testKey);
});

test('a saved plan is refused when what it is about has moved, naming what moved', async () => {
  const introw = await sandbox({ seed });
  const cwd = folder({ 'partners.yaml': partners });
  const env = environment(introw.url);
  await introwctl(cwd, ['plan', '--out', 'plan.json'], env);
  const body = JSON.stringify({
    partnerOwnerId: 'user_789',
    phaseId: 'phase_1',
    tierId: 'tier_123',
    domain: 'globex.test',
  });
  await fetch(`${introw.url}/api/v1/partners/ptn_000000000000000000000GL0BX`, {
    method: 'PATCH',
    headers: { 'x-api-key': testKey },
    body,
  });
  await fetch(`${introw.url}/api/v1/partners`, {
    method: 'POST',
    headers: { 'x-api-key': testKey },
    body: '{"name":"Umbrella Consulting"}',
  });
  const before = introw.log.length;
  const apply = await introwctl(cwd, ['apply', 'plan.json', '--auto-approve'], env);
  expect(apply.exit).toBe(1);
  expect(apply.err).toContain('umbrella: it was to be created, and Introw now has Umbrella Consulting');
  expect(introw.log.slice(before).every(({ method }) => method === 'GET')).toBe(true);
});

test('drift cannot write: a key that only reads is enough', async () => {
  const introw = await sandbox({ seed, keys: [{ key: testKey, scopes: ['partners:read'] }] });
  const drift = await introwctl(folder({ 'partners.yaml': partners }), ['drift'], environment(introw.url));
  expect(drift.exit).toBe(2);
  expect(introw.log.map(({ method }) => method)).toEqual(['GET']);
});

test('apply without a terminal asks for --auto-approve and sends nothing', async () => {
  const introw = await sandbox({ seed });
  const apply = await introwctl(folder({ 'partners.yaml': partners }), ['apply'], environment(introw.url));
  expect(apply.exit).toBe(1);
  expect(apply.err).toContain('NEEDS_APPROVAL');
  expect(introw.log).toEqual([]);
});

test('one refused partner does not stop the others', async () => {
  const introw = await sandbox({ seed });
  const cwd = folder({ 'partners.yaml': partners.replace('gold: tier_456', 'gold: tier_999') });
  const apply = await introwctl(cwd, ['apply', '--auto-approve'], environment(introw.url));
  expect(apply.exit).toBe(1);
  expect(apply.out).toContain('Applied 1, failed 2, not tried 0.');
  expect(apply.out).toContain('field: tierId; message: does not exist: tier_999');
});

test('a key without the write scope stops an apply at its first change', async () => {
  const introw = await sandbox({ seed, keys: [{ key: testKey, scopes: ['partners:read'] }] });
  const apply = await introwctl(
    folder({ 'partners.yaml': partners }),
    ['apply', '--auto-approve'],
    environment(introw.url),
  );
  expect(apply.exit).toBe(1);
  expect(apply.out).toContain('Applied 0, failed 1, not tried 2.');
  expect(introw.log.map(({ method, status }) => `${method} ${status}`)).toEqual(['GET 200', 'POST 403']);
});
