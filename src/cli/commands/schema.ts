import { readFile } from 'node:fs/promises';
import { failure } from '../../problem.ts';
import type { Run } from '../command.ts';
import { schemaFile } from '../schema-file.ts';

const documents = ['partners', 'plan', 'outcome'];

export const run: Run = async (args, terminal) => {
  const [document = 'partners'] = args.positionals;
  if (!documents.includes(document)) {
    throw failure('USAGE', `There is no schema called ${JSON.stringify(document)}.`, {
      hint: `Schemas: ${documents.join(', ')}.`,
    });
  }
  await terminal.out(terminal.doors.file('The schema', await readFile(schemaFile(document), 'utf8')));
  return 0;
};
