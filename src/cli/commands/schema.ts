import { readFile } from 'node:fs/promises';
import { unwritable, writeFiles } from '../../files/write.ts';
import { failure } from '../../problem.ts';
import { systemCode } from '../../system-error.ts';
import type { Args, Run } from '../command.ts';
import { editorSchema, namedSchemas } from '../editor-schema.ts';
import { readDesired } from '../load-files.ts';
import { schemaFile } from '../schema-file.ts';
import type { Terminal } from '../terminal.ts';

const documents = [
  ...['partners', 'plan', 'outcome', 'history', 'export'],
  ...['accept', 'edit', 'rename', 'pin', 'import', 'fmt', 'validate', 'doctor', 'error'],
];

/** Prints a schema of this package, or that of the files with their own names. */
export const run: Run<'schema'> = async (args, terminal) => {
  const [document = 'partners'] = args.positionals;
  if (!documents.includes(document)) {
    throw failure('USAGE', `There is no schema called ${JSON.stringify(document)}.`, {
      hint: `Schemas: ${documents.join(', ')}.`,
    });
  }
  if (args['for-files']) return forFiles(document, args, terminal);
  if (args.check || args.out !== undefined)
    throw failure('USAGE', `--${args.check ? 'check' : 'out'} needs --for-files.`);
  await terminal.out(terminal.doors.file('The schema', await readFile(schemaFile(document), 'utf8')));
  return 0;
};

/** With --check: exit 2 where the schema of --out, or those that the files name, aren't what they would be now. */
async function forFiles(document: string, args: Args<'schema'>, terminal: Terminal): Promise<number> {
  if (document !== 'partners') throw failure('USAGE', '--for-files is about the schema of partners.');
  const { doors } = terminal;
  const desired = await readDesired(args.file);
  const after = editorSchema(desired);
  if (args.check) {
    const named =
      args.out === undefined
        ? await namedSchemas(desired)
        : [{ path: args.out, before: await textAt(args.out), after }];
    const stale = named.filter(({ before, after }) => before !== after);
    const lines = stale.map(({ path, before }) =>
      before === null ? `${path} is missing.` : `${path} is stale: the names in the files have changed.`,
    );
    if (named.length === 0) lines.push('No file names a schema with # yaml-language-server: $schema=….');
    await terminal.out(doors.text(lines, (clean) => clean.map((line) => `${line}\n`).join('')));
    return stale.length > 0 ? 2 : 0;
  }
  if (args.out === undefined) await terminal.out(doors.file('The schema', after));
  else {
    await writeFiles([{ path: args.out, before: await textAt(args.out), after }], doors.file);
    terminal.note(`Written: ${args.out}.`);
  }
  return 0;
}

/** Null where there is no such file, or what is there is none: writing says why. */
function textAt(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch((error: unknown) => {
    if (['EACCES', 'EPERM'].includes(systemCode(error))) throw unwritable(path, error);
    return null;
  });
}
