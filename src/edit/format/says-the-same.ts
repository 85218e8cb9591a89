import { isDeepStrictEqual } from 'node:util';
import { changedPart } from '../../desired/changed-part.ts';
import { isObject } from '../../json.ts';
import { dataOf } from '../../yaml/parse-file.ts';
import type { Tree } from '../../yaml/tree.ts';

/** Whether a text says what the tree of `source` holds. Partners whose entries have the same text in both aren't read again. */
export function saysTheSame(text: string, source: string, { file, data, keyAt }: Tree): boolean {
  const part = changedPart(source, { path: file, text });
  if (part === null || part.kept.size === 0 || !isObject(data) || !isObject(data.partners))
    return isDeepStrictEqual(dataOf({ path: file, text }) ?? null, data);
  const { partners, ...rest } = data;
  const kept = new Set(part.kept.values());
  const changed = Object.entries(partners).filter(([handle]) => !kept.has(keyAt(partners, handle).line));
  const expected = changed.length === 0 ? rest : { ...rest, partners: bare(Object.fromEntries(changed)) };
  return isDeepStrictEqual(dataOf(part.source), bare(expected));
}

/** Data of files has no prototype. */
function bare(object: object): object {
  return Object.assign(Object.create(null), object);
}
