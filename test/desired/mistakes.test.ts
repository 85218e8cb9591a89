/** A book of mistakes: what people who don't know YAML type, and exactly how it is explained to them. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { said } from './said.ts';

const path = new URL('expected/mistakes.txt', import.meta.url);
const [head = '', ...sections] = readFileSync(path, 'utf8').split(/^(?==== )/m);
const right = head.slice(head.indexOf('\n\n') + 2).trimEnd();

const escapes: Readonly<Record<string, string>> = { t: '\t', r: '\r', '\\': '\\' };

function unescaped(text: string): string {
  return text.replace(/\\(?:u([\dA-F]{4})|([tr\\]))/g, (_, point?: string, letter = '') =>
    point === undefined ? (escapes[letter] ?? '') : String.fromCharCode(Number.parseInt(point, 16)),
  );
}

/** The right file with the case's lines in it. */
function typed(edits: string): string {
  const lines = right.split('\n').map((line) => [line]);
  for (const [, number, isAfter, text = ''] of edits.matchAll(/^(\d+)(\+?)\|(.*)$/gm)) {
    const line = lines[Number(number) - 1] ?? [];
    if (isAfter === '+') line.push(unescaped(text));
    else line[0] = unescaped(text);
  }
  return `${lines.flat().join('\n')}\n`;
}

test('every mistake is explained in the words of the person who made it', async () => {
  const book = sections.map((section) => {
    const [input = ''] = section.split(/^\.\.\.\.\n/m);
    return `${input}....\n${said(typed(input.slice(input.indexOf('\n') + 1)))}\n\n`;
  });
  expect(book.length).toBeGreaterThan(150);
  await expect(`${head}${book.join('').trimEnd()}\n`).toMatchFileSnapshot(path.pathname);
}, 120_000);

test('a mistake is explained in the same words where hundreds of partners follow', () => {
  const others = Array.from(
    { length: 300 },
    (_, at) => `  other-${at}:\n    name: Other ${at}\n    tier: gold\n`,
  ).join('');
  const some = sections.filter((section, at) => at % 13 === 0 && !/^26\+?\|/m.test(section));
  const texts = some.map((section) =>
    typed(section.slice(section.indexOf('\n') + 1, section.indexOf('....'))),
  );
  const withoutHandles = (told: string) => told.replace(/^valid: .*/, 'valid');
  expect(texts.map((text) => withoutHandles(said(text + others)))).toEqual(
    texts.map((text) => withoutHandles(said(text))),
  );
  expect(texts.length).toBeGreaterThan(15);
});
