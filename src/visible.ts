/**
 * A value as people see it next to another: what can't be seen, and would make two different values look the same, is
 * shown as its code point (`\u{a0}`), and white space at the ends or doubled is put between quotes.
 */
export function visible(text: string): string {
  const shown = text.replace(/[\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu, codePoint);
  const composed = text === text.normalize('NFC') ? shown : shown.replace(/[^\p{ASCII}]/gu, codePoint);
  return /^ | $| {2}|^$/.test(text) ? `"${composed}"` : composed;
}

function codePoint(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
