/** What the YAML parser found wrong, in our own words. */
import type { ErrorCode } from 'yaml';
import type { ProblemCode } from '../problem.ts';

type Row = { readonly code: ProblemCode; readonly message: string; readonly hint?: string };

const syntax = (message: string, hint?: string): Row => ({
  code: 'YAML_SYNTAX',
  message,
  ...(hint === undefined ? {} : { hint }),
});

/** What is too large and too strange to be parsed. */
export const notYaml: Row = { code: 'NOT_YAML', message: 'This is not YAML.' };

/** Every code that the parser has. */
export const syntaxErrors: Readonly<Record<ErrorCode, Row>> = {
  ALIAS_PROPS: syntax(
    'An alias (*name) takes no anchor and no tag.',
    'Leave out the & and the ! in front of it.',
  ),
  BAD_ALIAS: syntax(
    'This alias (*name) is not one.',
    'If it is text, put it in quotes; else write the name of an anchor after the *.',
  ),
  BAD_COLLECTION_TYPE: syntax("The tag doesn't fit what follows it.", 'Leave the tag (!name) out.'),
  BAD_DIRECTIVE: syntax(
    "This line beginning with % isn't a directive that YAML knows.",
    'Delete the line, or put text that begins with % in quotes.',
  ),
  BAD_DQ_ESCAPE: syntax("This backslash escape doesn't exist in double quotes; write \\\\ for a backslash."),
  BAD_INDENT: syntax(
    "This line isn't indented like the others of its block.",
    'Begin it with as many spaces as the lines that it belongs to.',
  ),
  BAD_PROP_ORDER: syntax(
    'Anchors and tags come before the value that they belong to.',
    'Move the & or the ! to directly after the colon.',
  ),
  BAD_SCALAR_START: syntax("A plain value can't begin with this character.", 'Put the value in quotes.'),
  BLOCK_AS_IMPLICIT_KEY: syntax(
    'A key and its value are mixed up here: is there a colon too many, or are quotes missing?',
    'Keep one colon after the key, and put a value that has another in quotes.',
  ),
  BLOCK_IN_FLOW: syntax(
    'Inside { } and [ ], everything is written with commas, not with indentation.',
    'Close the bracket before this line, or put a comma at the end of the line above.',
  ),
  DUPLICATE_KEY: { code: 'DUPLICATE_KEY', message: 'This key is defined twice.' },
  IMPOSSIBLE: syntax('This is not YAML.'),
  KEY_OVER_1024_CHARS: syntax(
    'A key may have 1024 characters at most.',
    'Shorten it, or check whether a colon is missing before it.',
  ),
  MISSING_CHAR: syntax(
    'Something is missing here: a closing quote, bracket or comma.',
    'Add it, or put the text in quotes if the sign is a part of it.',
  ),
  MULTILINE_IMPLICIT_KEY: syntax(
    'This looks like a key without its colon.',
    'Put a colon and a space after the key.',
  ),
  MULTIPLE_ANCHORS: syntax('A value has one anchor (&name) at most.', 'Keep one of the two.'),
  MULTIPLE_DOCS: {
    code: 'MANY_DOCUMENTS',
    message: 'A second document begins here (---); a file holds one.',
  },
  MULTIPLE_TAGS: syntax('A value has one tag (!name) at most.', 'Leave the tags out.'),
  NON_STRING_KEY: syntax('A key must be text.', 'Write the key as one word, followed by a colon.'),
  RESOURCE_EXHAUSTION: {
    code: 'ALIAS_BOMB',
    message: 'This nests deeper than any file of partners.',
    hint: 'Partners need four levels: remove the brackets or the indentation that are too many.',
  },
  TAB_AS_INDENT: { code: 'YAML_TABS', message: 'This line is indented with a tab.' },
  TAG_RESOLVE_FAILED: syntax('This tag (!name) means nothing here.', 'Leave it out.'),
  UNEXPECTED_TOKEN: syntax(
    "This doesn't belong here.",
    'Delete it, or put the text in quotes if it is a part of it.',
  ),
};
