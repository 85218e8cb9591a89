// Every command that edits files, on a file of 5,000 partners: where one of them changes, and where all do.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writePartners } from './partners.mjs';
import { measure, median, tool, withSandbox } from './run.mjs';

/**
 * How many times as long each command takes as the least that an edit can take: `validate` of the same file and writing
 * it. The two run in turn, and the median of three counts. Import, accept and pin read the list of Introw, too.
 */
export async function editLargeFile(home) {
  const { file, text, seed } = writePartners(home, 5000);
  const all = writeAs('all.yaml', text);
  const one = writeAs('one.yaml', text);
  const untidy = writeAs('untidy.yaml', text.replaceAll('    name: ', '    name:   '));
  const moved = writeAs('moved.yaml', text.replaceAll('tier_1', 'tier_9'));
  const unpinned = writeAs('unpinned.yaml', text.replaceAll(/ {4}id: .*\n/g, ''));
  return withSandbox(['--seed', seed, '--rate-limit', '100000'], async (env) => {
    const run = (...args) => measure([tool, ...args], { home, env });
    const ratio = async (command, path, ...args) => {
      const content = existsSync(path) ? readFileSync(path) : null;
      const ratios = [];
      for (let i = 0; i < 3; i++) {
        // Each time, the file is what it was before the command wrote it.
        if (content === null) rmSync(path, { force: true });
        else writeFileSync(path, content);
        const least = (await run('validate', '-f', file)).wall + writing(text);
        ratios.push((await run(command, '-f', path, ...args)).wall / least);
      }
      return median(ratios);
    };
    const { out } = await run('export', '-f', file);
    const sheet = writeAs('review.csv', out.replaceAll(',Partner ', ',Company '));
    return {
      '`set` of one of 5,000 partners': await ratio(
        'set',
        one,
        'partner-4000',
        'name=Hooli',
        '--auto-approve',
      ),
      '`fmt --check` of 5,000 that are formatted': await ratio('fmt', file, '--check'),
      '`export` of 5,000': await ratio('export', file),
      '`edit` of all of 5,000': await ratio('edit', all, '--from', sheet, '--auto-approve'),
      '`fmt` of all of 5,000': await ratio('fmt', untidy),
      '`import` of 5,000': await ratio('import', join(home, 'imported.yaml')),
      '`accept` of a third of 5,000': await ratio('accept', moved, '--auto-approve'),
      '`pin` of all of 5,000': await ratio('pin', unpinned, '--auto-approve'),
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
