/** The schema that editors use for the files: named in each file's first lines, written with the names of the catalog. */
import { readFile } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { schemaComment, schemaForFiles } from '../desired/schema-for-files.ts';
import { partnersSchema } from '../desired/schema-json.ts';
import type { DesiredState } from '../desired/state.ts';
import { type FileWrite, writeFiles } from '../files/write.ts';
import { isObject } from '../json.ts';
import { schemaName } from './new-file-head.ts';
import type { Terminal } from './terminal.ts';

/** The text of the schema for these files. */
export function editorSchema(desired: DesiredState): string {
  return `${JSON.stringify(schemaForFiles(partnersSchema(), desired), null, 2)}\n`;
}

/** A schema on this machine that a file names, against what it should hold; `before` is null where it isn't there. */
export type EditorSchema = FileWrite & { readonly isNextToFile: boolean };

/** Every schema that `# yaml-language-server: $schema=…` names by a path, once. */
export async function namedSchemas(desired: DesiredState): Promise<EditorSchema[]> {
  const after = editorSchema(desired);
  const found = new Map<string, boolean>();
  for (const { path, text } of desired.files) {
    const [, named] = /^\s*#\s*yaml-language-server:\s*\$schema=(\S+)/m.exec(text) ?? [];
    if (named === undefined || /^[a-z][a-z+.-]+:/i.test(named)) continue;
    const schema = normalize(join(dirname(path), named));
    found.set(schema, dirname(schema) === dirname(normalize(path)));
  }
  const read = (path: string) => readFile(path, 'utf8').catch(() => null);
  return Promise.all(
    [...found].map(async ([path, isNextToFile]) => ({ path, before: await read(path), after, isNextToFile })),
  );
}

/**
 * Writes the schemas again that introwctl has written and whose names have changed, and those that files which were just
 * `created` name and that aren't there yet.
 */
export async function refreshSchemas(
  desired: DesiredState,
  created: readonly string[],
  { doors }: Terminal,
): Promise<readonly EditorSchema[]> {
  const fresh = new Set(created.map((path) => join(dirname(path), schemaName)));
  const stale = (await namedSchemas(desired)).filter((schema) =>
    schema.before === null ? fresh.has(schema.path) : schema.before !== schema.after && isOurs(schema),
  );
  await writeFiles(stale, doors.file);
  return stale;
}

/** Written for the names of files, or put next to the file by init. That of the package, or of somebody else, is not. */
function isOurs({ before, isNextToFile }: EditorSchema): boolean {
  try {
    const schema: unknown = JSON.parse(before ?? '');
    if (!isObject(schema)) return false;
    return schema.$comment === schemaComment || (isNextToFile && schema.$id === partnersSchema().$id);
  } catch {
    return false;
  }
}
