/**
 * Text from files or from Introw, made safe for a terminal or a log: whatever would move the cursor, colour the line,
 * begin a new one or turn the reading direction is shown as its code point instead.
 */
export function harmless(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}
