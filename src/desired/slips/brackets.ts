import { type Line, linesNear, neighbour, type Page } from './page.ts';
import { type Recogniser, slipOn, withValue } from './slip.ts';

const partner: Readonly<Record<string, string>> = { '{': '}', '[': ']', '}': '{', ']': '[' };

/** Brackets and braces that aren't closed, are closed twice or with the other kind; commas that are missing between. */
export const brackets: Recogniser = function* (page, trouble) {
  for (const line of linesNear(page, trouble.line)) {
    const outside = outsideQuotes(line);
    const open: number[] = [];
    for (const [at, character] of [...outside.matchAll(/[{}[\]]/gu)].map(
      (match) => [match.index, match[0]] as const,
    )) {
      if (character === '{' || character === '[') {
        open.push(at);
        continue;
      }
      const begun = open.pop();
      if (begun === undefined) {
        const meant = (line.text.slice(0, at) + line.text.slice(at + 1)).trimEnd();
        yield slipOn(line, at, `This ${character} closes nothing.`, meant);
        break;
      }
      const wanted = partner[line.text[begun] ?? ''] ?? '';
      if (character === wanted) continue;
      const meant = line.text.slice(0, at) + wanted + line.text.slice(at + 1);
      yield slipOn(line, at, `What opens with ${line.text[begun]} is closed with ${character}.`, meant);
    }
    const last = open.at(-1);
    if (last !== undefined && outside.slice(last + 1).trim() !== '') {
      const closing = open.map((at) => partner[line.text[at] ?? ''] ?? '').reverse();
      const space = line.text[last + 1] === ' ' ? ' ' : '';
      const meant = `${line.text.trimEnd().replace(/,$/, '')}${space}${closing.join(space)}`;
      yield slipOn(line, last, `This ${line.text[last]} is never closed.`, meant);
    }
    const comma = /(:\s+[^\s,{}[\]"'#]+|"|')(\s+)(?=["']?[\w.-]+["']?:\s)/u.exec(
      line.text.slice(line.valueAt),
    );
    if (/^[{[]/.test(line.value) && comma !== null) {
      const at = line.valueAt + comma.index + (comma[1] ?? '').length;
      yield slipOn(line, at, 'A comma is missing here.', `${line.text.slice(0, at)},${line.text.slice(at)}`);
    }
  }
};

/** A map on one line with other signs than YAML's: `( a: 1; b = 2 )`, or with none around it. */
export const otherBraces: Recogniser = function* (page, trouble) {
  for (const line of linesNear(page, trouble.line)) {
    const { value, valueAt } = line;
    if (line.key === null) continue;
    for (const { pattern, message, meant } of braceSlips) {
      const found = pattern.exec(value);
      if (found !== null) yield slipOn(line, valueAt + found.index, message, withValue(line, meant(value)));
    }
  }
};

const braceSlips: readonly {
  readonly pattern: RegExp;
  readonly message: string;
  readonly meant: (value: string) => string;
}[] = [
  {
    pattern: /^\((?=.*\)$)/u,
    message: 'YAML takes braces, not parentheses, around a map.',
    meant: (value) => `{${value.slice(1, -1)}}`,
  },
  {
    pattern: /(?<=^\{.*);(?=.*\}$)/u,
    message: 'Entries between braces are separated by commas.',
    meant: (value) => value.replaceAll(';', ','),
  },
  {
    pattern: /(?<=^\{[^=]*)=(?=.*\}$)/u,
    message: 'A name is followed by a colon here, not by =.',
    meant: (value) => value.replace(/\s*=\s*/gu, ': '),
  },
  {
    pattern: /^[\w.-]+:\s[^{}]*\}$/u,
    message: 'The brace that is closed at the end was never opened.',
    meant: (value) => `{ ${value}`,
  },
  {
    pattern: /^[\w.-]+:\s[^{},]*(?:,\s*[\w.-]+:\s[^{},]*)+$/u,
    message: 'Several keys on one line need braces around them.',
    meant: (value) => `{ ${value} }`,
  },
];

/** Braces over several lines, as in JSON: one that is never closed, and a comma that is missing at the end of a line. */
export const bracesOverLines: Recogniser = function* (page, trouble) {
  for (const line of linesNear(page, trouble.line)) {
    const before = neighbour(page, line, -1);
    const isItem = /^["'\w]/u.test(line.body) && before !== undefined && /["'\w\]}]$/u.test(before.body);
    if (!isItem || openBefore(page, line.number).length === 0) continue;
    const ended = before.text.trimEnd();
    yield slipOn(before, ended.length, 'A comma is missing at the end of this line.', `${ended},`);
  }
  const open = openBefore(page, Number.POSITIVE_INFINITY);
  const [first] = open;
  const last = page.content.at(-1);
  if (first === undefined || last === undefined || first.line === last) return;
  const closing = open
    .map(({ line, at }) => partner[line.text[at] ?? ''] ?? '')
    .reverse()
    .join('');
  yield {
    code: 'YAML_SYNTAX',
    message: `This ${first.line.text[first.at]} is never closed.`,
    hint: `Add ${closing} at the end.`,
    line: first.line.number,
    column: first.at + 1,
    repair: new Map([[last.number, `${last.text.trimEnd()}${closing}`]]),
  };
};

/** The brackets and braces that are open where a line begins. */
function openBefore(
  { content }: Page,
  number: number,
): readonly { readonly line: Line; readonly at: number }[] {
  const open: { readonly line: Line; readonly at: number }[] = [];
  for (const line of content) {
    if (line.number >= number) break;
    for (const { 0: character, index } of outsideQuotes(line).matchAll(/[{}[\]]/gu)) {
      if (character === '{' || character === '[') open.push({ line, at: index });
      else open.pop();
    }
  }
  return open;
}

/** The line with what is in quotes or a comment replaced. */
function outsideQuotes({ text }: Line): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|(?:^|\s)#.*$/gu, (quoted) =>
    'x'.repeat(quoted.length),
  );
}
