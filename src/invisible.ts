/** Characters that look like a space or like nothing: they come along when text is copied from a web page or a document. */
import { isPlain } from './plain-text.ts';

const names: Readonly<Record<string, string>> = {
  '\u0000': 'a NUL character',
  '\u0007': 'a bell character',
  '\u0008': 'a backspace character',
  '\u000b': 'a vertical tab',
  '\u000c': 'a form feed',
  '\u001b': 'an escape character',
  '\u007f': 'a delete character',
  '\u0085': 'a next-line character',
  '\u00a0': 'a non-breaking space',
  '\u00ad': 'a soft hyphen',
  '\u200b': 'a zero-width space',
  '\u200c': 'a zero-width non-joiner',
  '\u200d': 'a zero-width joiner',
  '\u200e': 'a left-to-right mark',
  '\u200f': 'a right-to-left mark',
  '\u2028': 'a line separator',
  '\u2029': 'a paragraph separator',
  '\u202f': 'a narrow non-breaking space',
  '\u2060': 'a word joiner',
  '\u3000': 'an ideographic space',
  '\ufeff': 'a byte order mark',
};

export type Invisible = { readonly at: number; readonly name: string };

/** The first character of a text that people can't see; null where there is none. */
export function invisibleIn(text: string): Invisible | null {
  if (isPlain(text)) return null;
  // A tab and the ends of lines have their places in a file.
  const found = /[\p{Cf}\p{Zl}\p{Zp}\u115f\u1160\u3164]|(?! )\p{Zs}|(?![\t\n\r])\p{Cc}/u.exec(text);
  return found === null ? null : { at: found.index, name: nameOf(found[0]) };
}

/** The same for running text, in which some of them have their place. */
export function strayInvisibleIn(text: string): Invisible | null {
  return invisibleIn(text) === null ? null : invisibleIn(withoutJoiners(text));
}

/** Joiners belong inside emoji and between the letters of some scripts, such as Persian. */
function withoutJoiners(text: string): string {
  const joined =
    /(?<=[\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}]|(?!\p{Script=Latin})\p{L})[\u200c\u200d](?=\p{Extended_Pictographic}|(?!\p{Script=Latin})\p{L})/gu;
  return text.replace(joined, '-');
}

/** The text as it looks: spaces for what looks like one, nothing for what looks like nothing. */
export function asSeen(text: string): string {
  return text
    .replace(/\p{Zs}/gu, ' ')
    .replace(/[\p{Cf}\p{Zl}\p{Zp}\u115f\u1160\u3164]|(?![\t\n\r])\p{Cc}/gu, '');
}

/** `a non-breaking space (U+00A0)`. */
function nameOf(character: string): string {
  const point = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return `${names[character] ?? (/\p{Cc}/u.test(character) ? 'a control character' : 'an invisible character')} (U+${point})`;
}
