/** The first lines of a file that import makes: the schema for editors, and what guards against another organisation's key. */
import { existsSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import type { DesiredState } from '../desired/state.ts';
import type { PartnerId } from '../partner.ts';
import { scalarText } from '../yaml/scalar.ts';
import type { ImportTarget } from './edit-targets.ts';

/** What init and import call the schema that they write next to the files. */
export const schemaName = 'partners.schema.json';

/** `witness` is a live partner, by which the organisation is known. */
export function newFileHead(
  file: string,
  target: ImportTarget,
  desired: DesiredState,
  witness: PartnerId | null,
): string[] {
  const schema = `# yaml-language-server: $schema=${schemaFor(file, desired)}`;
  const isOnlyFile = target.kind === 'file' && target.path === file;
  if (!isOnlyFile || witness === null || desired.organisation.contains !== null) return [schema];
  return [
    schema,
    '',
    "# A plan stops where this partner isn't live, so that no key of another organisation is used by mistake.",
    '# organisation:',
    `#   contains: ${scalarText(witness)}`,
    '',
  ];
}

/**
 * The schema next to the file, or the one that another file names; where there is none, import writes one next to the
 * file: editors need no network then, and it is that of this version.
 */
function schemaFor(file: string, { files }: DesiredState): string {
  if (existsSync(join(dirname(file), schemaName))) return `./${schemaName}`;
  for (const { path, text } of files) {
    const [, named] = /^\s*#\s*yaml-language-server:\s*\$schema=(\S+)/m.exec(text) ?? [];
    if (named === undefined) continue;
    if (/^[a-z][a-z+.-]+:/i.test(named)) return named;
    const from = relative(dirname(file), join(dirname(path), named))
      .split(sep)
      .join('/');
    return from.startsWith('.') ? from : `./${from}`;
  }
  return `./${schemaName}`;
}
