/** Cyrillic and Greek letters that look like Latin ones: a keyboard that was switched, or text from a document. */
import { isPlain } from './plain-text.ts';

/** The likeness as Unicode's confusables have it (UTS 39), for the letters that keyboards offer. */
const latin: Readonly<Record<string, string>> = {
  а: 'a',
  в: 'b',
  с: 'c',
  ԁ: 'd',
  е: 'e',
  ё: 'e',
  һ: 'h',
  і: 'i',
  ї: 'i',
  ј: 'j',
  к: 'k',
  м: 'm',
  н: 'h',
  о: 'o',
  р: 'p',
  ѕ: 's',
  т: 't',
  у: 'y',
  х: 'x',
  ԝ: 'w',
  А: 'A',
  В: 'B',
  С: 'C',
  Е: 'E',
  Н: 'H',
  І: 'I',
  Ј: 'J',
  К: 'K',
  М: 'M',
  О: 'O',
  Р: 'P',
  Ѕ: 'S',
  Т: 'T',
  У: 'Y',
  Х: 'X',
  α: 'a',
  β: 'b',
  ε: 'e',
  ι: 'i',
  κ: 'k',
  ν: 'v',
  ο: 'o',
  ρ: 'p',
  τ: 't',
  υ: 'u',
  χ: 'x',
  Α: 'A',
  Β: 'B',
  Ε: 'E',
  Ζ: 'Z',
  Η: 'H',
  Ι: 'I',
  Κ: 'K',
  Μ: 'M',
  Ν: 'N',
  Ο: 'O',
  Ρ: 'P',
  Τ: 'T',
  Υ: 'Y',
  Χ: 'X',
};

/** The text with Latin letters in their place; the same where none is in it. */
export function likeLatin(text: string): string {
  return text.replace(/[\p{Script=Cyrillic}\p{Script=Greek}]/gu, (letter) => latin[letter] ?? letter);
}

/** `its і is the Cyrillic letter U+0456`, for a text with such a letter in a word that has Latin ones; else null. */
export function foreignLetterIn(text: string): string | null {
  if (isPlain(text)) return null;
  const word =
    /\p{Script=Latin}[\p{L}\p{M}]*?([\p{Script=Cyrillic}\p{Script=Greek}])|([\p{Script=Cyrillic}\p{Script=Greek}])[\p{L}\p{M}]*?\p{Script=Latin}/u.exec(
      text,
    );
  const letter = word?.[1] ?? word?.[2];
  if (letter === undefined) return null;
  const script = /\p{Script=Greek}/u.test(letter) ? 'Greek' : 'Cyrillic';
  const point = (letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return `its ${letter} is the ${script} letter U+${point}`;
}
