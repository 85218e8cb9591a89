/**
 * A value as people see it next to another: white space at its ends or doubled is put between quotes, other spaces than
 * the plain one and letters in pieces (NFD) are shown as their code points (`\u{a0}`). Without that, two values that
 * differ look the same. What can't be seen at all is made visible where text leaves the tool.
 */
export function spelledOut(text: string): string {
  const shown = text === text.normalize('NFC') ? text : text.replace(/[^\p{ASCII}]/gu, codePoint);
  const spaced = shown.replace(/(?! )\p{Zs}/gu, codePoint);
  return /^\s|\s$|\s{2}/u.test(text) ? `"${spaced}"` : spaced;
}

function codePoint(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
