import { existsSync } from 'node:fs';
import { normalize } from 'node:path';
import { isPartnersFile } from '../desired/files.ts';
import { fail } from '../problem.ts';
import { isFolder } from './import-target.ts';
import type { Args } from './options.ts';

/** The file of --into for pins, and the files to read: it is one of them as soon as it exists. */
export function pinsTarget({ into, file }: Pick<Args, 'into' | 'file'>): {
  readonly into: string | null;
  readonly file: readonly string[] & Args['file'];
} {
  if (into === undefined) return { into: null, file };
  if (!isPartnersFile(into) || isFolder(into))
    throw fail('USAGE', `--into takes a .yaml file for the pins, not ${JSON.stringify(into)}.`, {
      hint: 'Name a file such as catalog.production.yaml.',
    });
  return { into: normalize(into), file: existsSync(into) ? [...file, into] : file };
}
