/** Text as a YAML scalar that every reader, old or new, takes for that text. */
import { isObject, type Json } from '../json.ts';

/** What a scalar looked like in the source; new text keeps to it where it can. */
export type Quoting = 'plain' | 'single' | 'double';

/** Words that YAML 1.1 or 1.2 takes for something other than text. */
const reserved = /^(?:~|null|true|false|yes|no|on|off|y|n|\.nan|[-+]?\.inf|=|<<)$/i;

/** Numbers, times and dates of YAML 1.1 and 1.2: they begin with a digit, or with a sign or dot before one. */
const numeric = /^[-+]?\.?\d[\d_.:,eExXoObB+\-TZa-fA-F ]*$/;

/**
 * The scalar for a text: without quotes where that leaves no doubt, else in the quotes that `style` prefers. A text that
 * holds double quotes is put in single ones, as Prettier does.
 */
export function scalarText(text: string, style: Quoting = 'plain'): string {
  if (style === 'plain' && isPlain(text)) return text;
  if ((style === 'single' || text.includes('"')) && isPrintable(text))
    return `'${text.replaceAll("'", "''")}'`;
  return JSON.stringify(text).replace(
    /[\x7f-\x9f\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]/gu,
    (character) => `\\U${(character.codePointAt(0) ?? 0).toString(16).padStart(8, '0')}`,
  );
}

/** A value on one line: text as a scalar, lists and maps in flow style. */
export function inlineText(value: Json | undefined, style: Quoting = 'plain'): string {
  if (typeof value === 'string') return scalarText(value, style);
  if (Array.isArray(value)) return `[${value.map((item: Json) => inlineText(item)).join(', ')}]`;
  if (!isObject(value)) return String(value ?? null);
  const entries = Object.entries(value).map(([key, each]) => `${scalarText(key)}: ${inlineText(each)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

/** How a scalar of the source is quoted, by its first character. */
export function quotingOf(source: string): Quoting {
  if (source.startsWith("'")) return 'single';
  return source.startsWith('"') ? 'double' : 'plain';
}

/** Whether text without quotes, as a file has it, is text to every reader, old or new. */
export function isTextToAll(written: string): boolean {
  return !reserved.test(written) && !numeric.test(written) && isPrintable(written);
}

function isPlain(text: string): boolean {
  // Begins with what can't begin an indicator, and holds nothing that ends a plain scalar, in a flow collection or not.
  const plain = /^[\p{L}\p{N}._+/(][^\p{C}\p{Zl}\p{Zp}[\]{},#:]*$/u;
  return plain.test(text) && !/\s$/.test(text) && isTextToAll(text);
}

function isPrintable(text: string): boolean {
  return !/[\p{C}\p{Zl}\p{Zp}]/u.test(text);
}
