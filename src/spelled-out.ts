import { isPlain } from './plain-text.ts';

/**
 * A value as people see it next to another: white space at its ends or doubled is put between quotes, as is an empty text, other spaces than
 * the plain one and letters in pieces (NFD) are shown as their code points (`\u{a0}`). Without that, two values that
 * differ look the same. What can't be seen at all is made visible where text leaves the tool.
 */
export function spelledOut(text: string): string {
  return /^$|^\s|\s$|\s{2}/u.test(text) ? quotedOut(text) : visibly(text);
}

/** The same, always between quotes: those that the text doesn't have itself, so that its ends can be seen. */
export function quotedOut(text: string): string {
  const shown = visibly(text);
  if (!shown.includes('"')) return `"${shown}"`;
  return shown.includes("'") ? JSON.stringify(shown) : `'${shown}'`;
}

function visibly(text: string): string {
  if (isPlain(text)) return text;
  const shown = text === text.normalize('NFC') ? text : text.replace(/[^\p{ASCII}]/gu, codePoint);
  return shown.replace(/(?! )\p{Zs}/gu, codePoint);
}

function codePoint(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
