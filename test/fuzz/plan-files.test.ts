/** Saved plans that were damaged, as JSON that breaks off or as JSON that says something else. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, test } from 'vitest';
import { readApplicablePlan } from '../../src/apply/recheck.ts';
import { readPlan } from '../../src/apply/saved-document.ts';
import { openDoors } from '../../src/render/doors.ts';
import { formats } from '../../src/render/formats.ts';
import { plain } from '../../src/render/style.ts';
import { endsWell, runs } from './ends-well.ts';
import { jsonTokens, otherwise } from './json.ts';
import { mutated } from './mutated.ts';
import { plannedAndApplied } from './planned.ts';

const folder = mkdtempSync(join(tmpdir(), 'introwctl-fuzz-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const saved = JSON.stringify((await plannedAndApplied()).plan);

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

test('a plan that was cut off or overwritten is read or refused', async () => {
  await fc.assert(fc.asyncProperty(mutated([saved], jsonTokens), readAndShow), runs(80));
});

test('a plan that says something else is read or refused', async () => {
  await fc.assert(fc.asyncProperty(otherwise(saved), readAndShow), runs(150));
});
