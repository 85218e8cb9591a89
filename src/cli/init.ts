import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { starterFiles } from '../desired/edit/starter.ts';
import { writeFiles } from '../desired/write.ts';
import { harmless } from '../render/harmless.ts';
import type { Run } from './command.ts';
import { schemaFile } from './schema.ts';

/** Writes the files to begin with; none of them, if one exists already. */
export const run: Run = async (args, terminal) => {
  const [folder = '.'] = args.positionals;
  const files = { ...starterFiles, 'partners.schema.json': await readFile(schemaFile('partners'), 'utf8') };
  const writes = Object.entries(files).map(([name, after]) => ({
    path: join(folder, name),
    before: null,
    after,
  }));
  await writeFiles(writes);
  const where = folder === '.' ? '' : `${harmless(folder)}/`;
  await terminal.out(
    `Written: ${writes.map(({ path }) => harmless(path)).join(', ')}.\n\nNext: introwctl import -f ${where}catalog.yaml --into ${where}partners.yaml\n`,
  );
  return 0;
};
