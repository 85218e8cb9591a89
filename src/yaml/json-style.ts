/** JSON is YAML too, and a file that is JSON stays JSON when it is edited: other programs read it as that. */
import { Lexer, parse } from 'yaml';
import type { Splice } from './splice.ts';

/** The changes as the style of the text wants them: what goes into JSON is JSON. */
export function inStyleOf(text: string, splices: readonly Splice[]): readonly Splice[] {
  if (splices.length === 0 || !isJson(text)) return splices;
  return splices.map((splice) => ({ ...splice, text: asJson(splice.text) }));
}

/** Whether the text is one JSON object, without comments or trailing commas. */
export function isJson(text: string): boolean {
  if (!/^\s*\{/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** A part of YAML in flow style, with every text in double quotes. */
function asJson(part: string): string {
  const lexemes = [...new Lexer().lex(`{${part}}`)].slice(0, -1);
  const written = lexemes.map((lexeme) => {
    const first = lexeme.charCodeAt(0);
    if (first < 0x20 && first !== 0x0a) return ''; // the lexer's own marks
    if (/^(?:[\s{}[\],:]*|null|true|false|-?\d+(?:\.\d+)?)$/.test(lexeme)) return lexeme;
    return JSON.stringify(String(/^["']/.test(lexeme) ? parse(lexeme) : lexeme));
  });
  return written.join('').slice(1);
}
