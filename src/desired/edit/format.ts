/**
 * The canonical form of a file: keys in the schema's order, two spaces a level, quotes only where they are needed,
 * every comment where it belongs. What the file means stays the same: the result is read again and compared.
 */
import { isDeepStrictEqual } from 'node:util';
import { type Failure, fail } from '../../problem.ts';
import { parseFile, parseYaml, withoutMark } from '../parse.ts';
import type { SourceFile } from '../state.ts';
import { render } from './layout.ts';
import { outline, sorted } from './outline.ts';
import { lineEnding } from './splice.ts';

/** Formats a file that is known to fit the schema. Throws FORMAT_UNSAFE where that would change what it means. */
export function formatFile(file: SourceFile): string {
  const source = withoutMark(file.text).replaceAll('\r\n', '\n');
  const tree = outline(source, parseYaml(source).document);
  // An alias must come after its anchor: where the canonical order would turn them around, the file's order stays.
  for (const ordered of [sorted(tree), tree]) {
    const text = render(ordered);
    if (means(text, file)) return text.replaceAll('\n', lineEnding(file.text));
  }
  throw unformattable(file);
}

function means(text: string, file: SourceFile): boolean {
  const data = (source: string) => parseFile({ path: file.path, text: source }, () => undefined)?.data;
  const now = data(text);
  return now !== undefined && isDeepStrictEqual(now, data(file.text));
}

function unformattable({ path }: SourceFile): Failure {
  return fail('FORMAT_UNSAFE', `${path} can't be formatted without changing what it means.`);
}
