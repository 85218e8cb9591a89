import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { starterFile } from '../../edit/starter-file.ts';
import { writeFiles } from '../../files/write.ts';
import { Failure, failure } from '../../problem.ts';
import type { Run } from '../command.ts';
import { initPipelines } from '../init-pipelines.ts';
import { schemaName } from '../new-file-head.ts';
import { schemaFile } from '../schema-file.ts';

/** Writes the first files, or none of them if one exists already. */
export const run: Run<'init'> = async (args, terminal) => {
  if (args.ci !== undefined) return initPipelines(args.ci, args, terminal);
  const [folder = '.'] = args.positionals;
  const files = {
    'partners.yaml': starterFile,
    [schemaName]: await readFile(schemaFile('partners'), 'utf8'),
  };
  const writes = Object.entries(files).map(([name, after]) => ({
    path: join(folder, name),
    before: null,
    after,
  }));
  await writeFiles(writes, terminal.doors.file).catch((error: unknown) => {
    const taken =
      error instanceof Failure ? error.problems.find(({ code }) => code === 'FILE_EXISTS') : undefined;
    if (taken === undefined) throw error;
    throw failure('FILE_EXISTS', taken.message, {
      hint: 'Continue with the files that are there, or pass another folder: introwctl init FOLDER.',
      cause: error,
    });
  });
  const paths = writes.map(({ path }) => path);
  const where = folder === '.' ? '' : ` -f ${paths[0]}`;
  const text = terminal.doors.text({ paths, where }, (clean) =>
    [
      `Written: ${clean.paths.join(', ')}.`,
      '',
      `Next: introwctl import${clean.where} writes the partners that Introw has into a file.`,
      '',
    ].join('\n'),
  );
  await terminal.out(text);
  return 0;
};
