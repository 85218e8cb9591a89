/** What is made of the example pipelines: reusable workflows for GitHub, and a component for GitLab. */
import { readFileSync } from 'node:fs';
import { readStamp } from '../../src/cli/pipelines.ts';

const example = (name: string) =>
  readStamp(readFileSync(new URL(`../../examples/${name}`, import.meta.url), 'utf8')).body;

const files = `      files: { type: string, default: partners.yaml, description: 'Files and folders, one a line' }\n`;

/** The workflow of the example, to be called by others: what starts it is theirs to say. */
export function reusableWorkflow(name: string): string {
  const text = example(`github/introw-${name}.yml`);
  const [before = '', on = '', after = ''] = text.split(/^(on:[\s\S]*?\n)(?=\n?env:)/m);
  const inputs = on.match(/^ {6}[\w-]+: \{.*\}\n/gm)?.join('') ?? '';
  const writeKey = text.includes('INTROW_WRITE_KEY') ? '      INTROW_WRITE_KEY: { required: false }\n' : '';
  const webhook = text.includes('SLACK_WEBHOOK') ? '      SLACK_WEBHOOK: { required: false }\n' : '';
  const call = `on:\n  workflow_call:\n    inputs:\n${files}${inputs}    secrets:\n      INTROW_READ_KEY: { required: true }\n${writeKey}${webhook}`;
  return `# The example of examples/github, to be called with uses: from a workflow that says when.\n${before}${call}${after}`
    .replace('  INTROW_FILES: |\n    partners.yaml\n', `  INTROW_FILES: $${'{{'} inputs.files }}\n`)
    .replace(/^name: (.*)$/m, 'name: $1 (reusable)');
}

/** The pipeline of the example as a GitLab component. */
export function component(): string {
  const text = example('gitlab/.gitlab-ci.yml')
    .replace(/^stages: .*\n\n/m, '')
    .replace('  INTROW_FILES: |\n    partners.yaml\n', '  INTROW_FILES: $[[ inputs.files ]]\n')
    .replace('&introw-changes [partners.yaml]', '&introw-changes $[[ inputs.changes ]]')
    .replace(/^ {2}image: .*$/m, '  image: $[[ inputs.image ]]')
    .replace(/^ {2}stage: (\w+)$/gm, '  stage: $[[ inputs.stage-$1 ]]');
  const stages = ['validate', 'plan', 'apply', 'drift'].map(
    (stage) => `    stage-${stage}: { default: ${stage === 'apply' ? 'deploy' : 'test'} }\n`,
  );
  return `# The pipeline of examples/gitlab as a component.
spec:
  inputs:
    files: { default: partners.yaml, description: 'Files and folders, one a line' }
    changes: { type: array, default: [partners.yaml], description: 'The same as patterns; a folder ends in /*' }
    image: { default: 'node:24' }
${stages.join('')}---
${text}`;
}
