/**
 * The canonical form of a file: keys in the schema's order, two spaces a level, quotes only where they are needed,
 * every comment where it belongs. What the file means stays the same: the result is read again and compared.
 */
import { isDeepStrictEqual } from 'node:util';
import type { SourceFile } from '../../files/read.ts';
import { type Failure, failure } from '../../problem.ts';
import { parseFile, parseYaml, withoutMark } from '../../yaml/parse.ts';
import { lineEnding } from '../../yaml/splice.ts';
import { outline, sorted } from './outline.ts';
import { render } from './print.ts';

/** Formats a file that is known to fit the schema. Throws FORMAT_UNSAFE where that would change what it means. */
export function formatFile(file: SourceFile): string {
  const source = withoutMark(file.text).replaceAll('\r\n', '\n');
  const tree = outline(source, parseYaml(source).document);
  const meaning = dataOf(file, file.text);
  // An alias must come after its anchor: where the canonical order would turn them around, the file's order stays.
  for (const ordered of [sorted(tree), tree]) {
    const text = render(ordered);
    if (isDeepStrictEqual(dataOf(file, text), meaning)) return text.replaceAll('\n', lineEnding(file.text));
  }
  throw unformattable(file);
}

/** What a text says; only one that is no YAML says nothing. */
function dataOf({ path }: SourceFile, text: string): unknown {
  return parseFile({ path, text }, () => undefined)?.data;
}

function unformattable({ path }: SourceFile): Failure {
  return failure('FORMAT_UNSAFE', `${path} can't be formatted without changing what it means.`);
}
