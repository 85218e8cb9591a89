/** Characters that look like a space or like nothing, which come along when text is copied from a web page or a document. */
import { linesNear } from './page.ts';
import { type Recogniser, slipOn } from './slip.ts';

const names: Readonly<Record<string, string>> = {
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

const unseen = /[\p{Cf}\p{Zl}\p{Zp}\u115f\u1160\u3164]|(?! )\p{Zs}/u;

/** `a non-breaking space (U+00A0)`. */
function nameOf(character: string): string {
  const point = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return `${names[character] ?? 'an invisible character'} (U+${point})`;
}

/** The text as it looks: spaces for what looks like one, nothing for what looks like nothing. */
function asSeen(text: string): string {
  return text.replace(/\p{Zs}/gu, ' ').replace(/[\p{Cf}\p{Zl}\p{Zp}\u115f\u1160\u3164]/gu, '');
}

/** An invisible character in the indentation, around a key or before a value. */
export const invisible: Recogniser = function* (page, trouble) {
  for (const line of linesNear(page, trouble.line)) {
    const found = unseen.exec(line.text);
    if (found === null) continue;
    const message = `${sentence(nameOf(found[0]))} is hidden ${found.index < line.indent.length ? 'in front of this line' : 'here'}.`;
    yield slipOn(line, found.index, message, asSeen(line.text).replace(/:\s{2,}(?=\S)/u, ': '), {
      advice: 'Type the line again:',
    });
  }
};

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
