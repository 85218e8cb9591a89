// Every command that edits files, on a file of 5,000 partners that all differ from Introw.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writePartners } from './partners.mjs';
import { measure, tool, withSandbox } from './run.mjs';

/** Seconds of wall time for each command. */
export async function editLargeFile(home) {
  const { file, seed } = writePartners(home, 5000);
  const text = readFileSync(file, 'utf8');
  const untidy = writeAs('untidy.yaml', text.replaceAll('    name: ', '    name:   '));
  const moved = writeAs('moved.yaml', text.replaceAll('tier_1', 'tier_9'));
  const unpinned = writeAs('unpinned.yaml', text.replaceAll(/ {4}id: .*\n/g, ''));
  return withSandbox(['--seed', seed, '--rate-limit', '100000'], async (env) => {
    const seconds = async (...args) => (await measure([tool, ...args], { home, env })).wall;
    return {
      import: await seconds('import', '-f', join(home, 'imported.yaml')),
      accept: await seconds('accept', '-f', moved, '--auto-approve'),
      pin: await seconds('pin', '-f', unpinned, '--auto-approve'),
      fmt: await seconds('fmt', '-f', untidy),
    };
  });

  function writeAs(name, content) {
    writeFileSync(join(home, name), content);
    return join(home, name);
  }
}
