// Every command that edits files, on a file of 5,000 partners that all differ from Introw or from a sheet.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writePartners } from './partners.mjs';
import { measure, tool, withSandbox } from './run.mjs';

/**
 * Seconds of wall time for each command, and the least that an edit can take: `validate` of the same file and writing it.
 * Those in `reading` read the list of Introw, too.
 */
export async function editLargeFile(home) {
  const { file, seed } = writePartners(home, 5000);
  const text = readFileSync(file, 'utf8');
  const untidy = writeAs('untidy.yaml', text.replaceAll('    name: ', '    name:   '));
  const moved = writeAs('moved.yaml', text.replaceAll('tier_1', 'tier_9'));
  const unpinned = writeAs('unpinned.yaml', text.replaceAll(/ {4}id: .*\n/g, ''));
  return withSandbox(['--seed', seed, '--rate-limit', '100000'], async (env) => {
    const run = (...args) => measure([tool, ...args], { home, env });
    const seconds = async (...args) => (await run(...args)).wall;
    const least = (await seconds('validate', '-f', file)) + writing(text);
    const { out } = await run('export', '-f', file);
    const sheet = writeAs('review.csv', out.replaceAll(',Partner ', ',Company '));
    return {
      least,
      offline: {
        export: await seconds('export', '-f', file),
        edit: await seconds('edit', '-f', file, '--from', sheet, '--auto-approve'),
        fmt: await seconds('fmt', '-f', untidy),
      },
      reading: {
        import: await seconds('import', '-f', join(home, 'imported.yaml')),
        accept: await seconds('accept', '-f', moved, '--auto-approve'),
        pin: await seconds('pin', '-f', unpinned, '--auto-approve'),
      },
    };
  });

  function writing(content) {
    const begun = performance.now();
    writeAs('written.yaml', content);
    return (performance.now() - begun) / 1000;
  }

  function writeAs(name, content) {
    writeFileSync(join(home, name), content);
    return join(home, name);
  }
}
