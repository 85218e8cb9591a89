/** Text of another kind in place of YAML. */
import type { Page } from './page.ts';
import type { Recogniser, Slip } from './slip.ts';

const kinds: readonly {
  readonly name: string;
  readonly fits: (page: Page) => boolean;
  readonly hint: string;
}[] = [
  {
    name: 'HTML or XML',
    fits: ({ content }) => /^<[!?a-z]/i.test(content[0]?.body ?? ''),
    hint: 'Was a web page saved in its place? A file starts with version: 1.',
  },
  {
    name: 'TOML or INI',
    fits: ({ content }) =>
      /^\[{1,2}[\w."-]+\]{1,2}$/u.test(content.find(({ body }) => !/^[\w-]+\s*=/.test(body))?.body ?? '') &&
      content.some(({ body }) => /^[\w.-]+\s*=/.test(body)),
    hint: 'Write key: value, and indent what belongs to a partner under its handle.',
  },
  {
    name: 'CSV',
    fits: ({ content }) => {
      const [first, ...rest] = content.map(({ body }) => body.split(/[,;\t]/u).length);
      return (
        first !== undefined &&
        first > 1 &&
        !content.some(({ body }) => /^[{[]|:/u.test(body)) &&
        rest.every((columns) => Math.abs(columns - first) < 2)
      );
    },
    hint: 'Write each row as a partner: a handle under partners:, and below it name: and what else you know, indented.',
  },
];

export const foreign: Recogniser = function* (page) {
  const kind = kinds.find(({ fits }) => fits(page));
  const line = page.content[0];
  if (kind === undefined || line === undefined) return;
  const message = `This looks like ${kind.name}, not like YAML.`;
  yield { code: 'NOT_YAML', message, hint: kind.hint, line: line.number, column: 1, repair: null };
};

/** The fence that Markdown puts around code comes along when an example is copied. */
export const codeFence: Recogniser = function* ({ content }) {
  const fences = content.filter(({ body }) => /^(?:```|~~~)/u.test(body));
  const [first] = fences;
  if (first === undefined) return;
  const slip: Slip = {
    code: 'YAML_SYNTAX',
    message: `${first.body.slice(0, 3)} marks code in Markdown and has no place in a file.`,
    hint: `Delete ${fences.length === 1 ? 'this line' : `the ${fences.length} lines that begin with ${first.body.slice(0, 3)}`}.`,
    line: first.number,
    column: first.indent.length + 1,
    repair: new Map(fences.map(({ number }) => [number, ''])),
  };
  yield slip;
};
