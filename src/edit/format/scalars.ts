/** Scalars as they are written in the canonical form: in Prettier's quotes, and only where quotes are needed. */
import { isAlias, isScalar, type Node } from 'yaml';
import { isTextToAll, scalarText } from '../../yaml/scalar.ts';
import type { BlockText } from './outline.ts';

/** A plain or quoted scalar or an alias, line by line. `written` is its source without properties. */
export function scalarLines(node: Node | null, written: string, inFlow: boolean): string[] {
  if (written === '') return [];
  if (isAlias(node) || !isScalar(node) || typeof node.value !== 'string') return [written];
  if (inFlow || !written.includes('\n')) {
    // Between brackets a comma ends a text; on a line by itself it needs no quotes.
    const isPlain = node.type === 'PLAIN' && !inFlow && isTextToAll(written);
    return [isPlain ? written : scalarText(node.value)];
  }
  const lines = requoted(written).split('\n');
  return lines.map((line, index) => {
    if (index === 0) return line.trimEnd();
    return index === lines.length - 1 ? line.trimStart() : line.trim();
  });
}

/** A text over several lines keeps them, in the quotes that need the fewest escapes. */
function requoted(written: string): string {
  const quote = written[0];
  if (quote !== "'" && quote !== '"') return written;
  const raw = written.slice(1, -1);
  if (quote === "'" ? raw.includes('\\') : /\\[^"]/.test(raw)) return written;
  if (raw.includes('"')) return `'${quote === "'" ? raw : raw.replaceAll('\\"', '"').replaceAll("'", "''")}'`;
  return `"${quote === "'" ? raw.replaceAll("''", "'") : raw}"`;
}

/** A literal or folded text, and where its content ends in the source that it was `written` in. */
export function readBlockText(
  written: string,
  parentColumn: number,
): { readonly text: BlockText; readonly length: number } {
  const [, style = '|', marks = '', comment = ''] = /^([|>])([-+\d]*)[ \t]*(#[^\n]*)?/.exec(written) ?? [];
  const digit = /\d/.exec(marks)?.[0] ?? '';
  const chomping = /[-+]/.exec(marks)?.[0] ?? '';
  const [first = '', ...content] = written.replace(/\n$/, '').split('\n');
  if (chomping !== '+') while (content.length > 0 && content.at(-1)?.trim() === '') content.pop();
  const margin =
    digit === ''
      ? (/^ */.exec(content.find((line) => line.trim() !== '') ?? '')?.[0].length ?? 0)
      : parentColumn + Number(digit);
  return {
    text: {
      kind: 'text',
      header: `${style}${digit}${chomping} ${comment}`.trimEnd(),
      indent: digit === '' ? 2 : Number(digit),
      lines: content.map((line) => line.slice(margin)),
    },
    length: [first, ...content].join('\n').length,
  };
}

/** Anchor and tag in the text between a key and its value, as written, with a space after each. */
export function propertiesIn(gap: string): {
  readonly text: string;
  readonly start: number;
  readonly end: number;
} {
  if (!/[&!]/.test(gap)) return { text: '', start: gap.length, end: gap.length };
  const found: { text: string; start: number }[] = [];
  for (const match of gap.matchAll(/#[^\n]*|[&!][^\s,[\]{}]*/g))
    if (!match[0].startsWith('#')) found.push({ text: match[0], start: match.index });
  const [first, last] = [found[0], found.at(-1)];
  return {
    text: found.map(({ text }) => `${text} `).join(''),
    start: first?.start ?? gap.length,
    end: last === undefined ? gap.length : last.start + last.text.length,
  };
}
