/** Saved plans that were damaged, as JSON that breaks off or as JSON that says something else. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, test } from 'vitest';
import { planLive } from '../../src/apply/plan-live.ts';
import { readApplicablePlan } from '../../src/apply/recheck.ts';
import { readPlan } from '../../src/apply/saved-document.ts';
import { loadDesired } from '../../src/desired/load.ts';
import { openConnection, readOnly } from '../../src/introw/connection.ts';
import { isObject } from '../../src/json.ts';
import { openDoors } from '../../src/render/doors.ts';
import { formats } from '../../src/render/formats.ts';
import { plain } from '../../src/render/style.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { endsWell, runs } from './ends-well.ts';
import { mutated } from './mutated.ts';

const folder = mkdtempSync(join(tmpdir(), 'introwctl-fuzz-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const text = `version: 1
catalog: { tiers: { gold: t1, silver: t2 } }
partners:
  acme: { id: ptn_1, name: Acme, tier: gold, ownerId: u1 }
  globex: { name: Globex, domain: globex.example }
  twin: { name: Twin }
`;
const live = [
  { id: 'ptn_1', name: 'Acme', tierId: 't2' },
  { id: 'ptn_2', name: 'Twin', domain: 'one.example' },
  { id: 'ptn_3', name: 'Twin', domain: 'two.example' },
  { id: 'ptn_4', name: 'Stranger' },
];

async function savedPlan(): Promise<string> {
  const introw = await startSandbox({ seed: { partners: live } });
  const connection = readOnly(openConnection({ url: introw.url, key: 'sandbox-key', userAgent: 'test' }));
  const desired = loadDesired([{ path: 'partners.yaml', text }]);
  const { plan } = await planLive(connection, { desired, version: '0.0.0' });
  await connection.close();
  await introw.close();
  return JSON.stringify(plan);
}
const saved = await savedPlan();

/** Reads it as `apply` does and as `show` does, and prints it in every format. */
async function readAndShow(content: string): Promise<void> {
  const path = join(folder, 'plan.json');
  writeFileSync(path, content);
  await endsWell(() => readApplicablePlan(path));
  await endsWell(async () => {
    const plan = await readPlan(path);
    for (const format of Object.values(formats)) format.plan(openDoors(), plan, plain, { verbose: true });
  });
}

const jsonTokens = [
  ...['"', '\\', '\\u0000', '\\ud800', '{', '}', '[', ']', ',', ':', 'null', 'true', '1e999', '-0', '""'],
  ...['"__proto__":', '"kind":"drift"', '"formatVersion":"9.0"', '"changes":[]', '[[[[[[', '\u0000'],
];

test('a plan that was cut off or overwritten is read or refused', async () => {
  await fc.assert(fc.asyncProperty(mutated([saved], jsonTokens), readAndShow), runs(150));
});

/** The same document with the value at one place replaced, so that it is JSON and says something else. */
function withValue(json: unknown, at: number, value: unknown): unknown {
  let seen = 0;
  const walk = (node: unknown): unknown => {
    if (seen++ === at) return value;
    if (Array.isArray(node)) return node.map(walk);
    if (isObject(node))
      return Object.fromEntries(Object.entries(node).map(([key, each]) => [key, walk(each)]));
    return node;
  };
  return walk(json);
}

test('a plan that says something else is read or refused', async () => {
  const value = fc.oneof(
    fc.constantFrom<unknown>(null, true, '', -1, 1e21, [], {}, 'ptn_1', 'create', 'name', '\u202e', [null]),
    fc.jsonValue({ maxDepth: 2 }),
  );
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: 200 }), value, (at, each) =>
      readAndShow(JSON.stringify(withValue(JSON.parse(saved), at, each))),
    ),
    runs(300),
  );
});
