import { Lexer } from 'yaml';

/** The comments in a piece of YAML, in order; a # in a text isn't one. */
export function commentsIn(text: string): string[] {
  return [...new Lexer().lex(text)].filter((lexeme) => lexeme.startsWith('#')).map((each) => each.trimEnd());
}
