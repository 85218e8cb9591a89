/** Every script of the pipelines, held to ShellCheck where it is installed (Debian: apt-get install shellcheck). */
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { readWorkflow, workflowFiles } from './actions.ts';

const installed = spawnSync('shellcheck', ['--version']).status === 0;

const github = workflowFiles.flatMap((file) =>
  Object.entries(readWorkflow(file).workflow.jobs).flatMap(([job, { steps }]) =>
    steps.flatMap(({ run }, index) =>
      run === undefined ? [] : [[`${file} ${job} ${index + 1}`, run] as const],
    ),
  ),
);

const pipeline: Record<string, { script?: string[]; before_script?: string[] }> = parse(
  readFileSync(new URL('../../examples/gitlab/.gitlab-ci.yml', import.meta.url), 'utf8'),
);
const gitlab = Object.entries(pipeline).flatMap(([job, { script }]) => {
  if (script === undefined) return [];
  const lines = [...(pipeline['.introw']?.before_script ?? []), ...script];
  return [[`.gitlab-ci.yml ${job}`, lines.join('\n')] as const];
});

test.skipIf(!installed)(
  `the scripts have no faults${installed ? '' : ' (skipped: shellcheck is not installed)'}`,
  () => {
    for (const [name, script] of [...github, ...gitlab]) expect([name, faultsOf(script)]).toEqual([name, '']);
    expect(faultsOf('rm $1')).toContain('SC2086');
  },
  60_000,
);

function faultsOf(script: string): string {
  try {
    return execFileSync('shellcheck', ['--shell=bash', '--format=gcc', '-'], {
      input: script,
      encoding: 'utf8',
    });
  } catch (error) {
    return error instanceof Error && 'stdout' in error ? String(error.stdout) : String(error);
  }
}
