/** Text of another kind in place of YAML. */
import type { Line, Page } from './page.ts';
import type { Recogniser, Slip } from './slip.ts';

const asPartners =
  'Write each row as a partner: a handle under partners:, and below it name: and what else you know, indented.';

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
    name: 'TOML, INI or a list of variables',
    fits: ({ content }) =>
      content.length > 0 &&
      content.every(({ body }) => /^(?:\[{1,2}[\w."-]+\]{1,2}|[\w.-]+\s*=.*)$/u.test(body)),
    hint: 'Write key: value, and indent what belongs to a partner under its handle.',
  },
  {
    name: 'Terraform or HCL',
    fits: ({ content }) => /^[\w-]+(?:\s+"[^"]*")*\s*\{$/u.test(content[0]?.body ?? ''),
    hint: 'Write a partner as a handle under partners:, and below it name: and the rest, indented.',
  },
  {
    name: 'a table of Markdown',
    fits: ({ content }) =>
      content.length > 1 && content.every(({ body }) => /^\|.*\|$|\S\s+\|\s+\S/u.test(body)),
    hint: asPartners,
  },
  {
    name: 'a pointer of Git LFS',
    fits: ({ content }) => /^version https:\/\/git-lfs/u.test(content[0]?.body ?? ''),
    hint: 'Run git lfs pull to get the file itself.',
  },
  {
    name: 'a script',
    fits: ({ lines }) => lines[0]?.text.startsWith('#!') ?? false,
    hint: 'Pass the file that holds the partners.',
  },
  {
    name: 'an answer of a web server',
    fits: ({ content }) =>
      content.length === 1 &&
      /^(?:[1-5]\d\d\b[: ]|\{"(?:error|message|data)":)/u.test(content[0]?.body ?? ''),
    hint: 'Was it saved in place of the file? introwctl import writes a file from what is in Introw.',
  },
  {
    name: 'CSV',
    fits: ({ content }) => {
      const [first, ...rest] = content.map(({ body }) => body.split(/[,;\t]/u).length);
      const isData = content.some(({ key, body }) => key !== null || /^[{[]/u.test(body));
      return (
        first !== undefined && first > 1 && !isData && rest.every((columns) => Math.abs(columns - first) < 2)
      );
    },
    hint: asPartners,
  },
];

export const foreign: Recogniser = function* (page) {
  const kind = kinds.find(({ fits }) => fits(page));
  const line = page.content[0];
  if (kind === undefined || line === undefined) return;
  const message = `This looks like ${kind.name}, not like YAML.`;
  yield { code: 'NOT_YAML', message, hint: kind.hint, line: line.number, column: 1, repair: null };
};

/** Rows of a sheet or a table within the file, below partners: most often. */
export const tableRows: Recogniser = function* (page, trouble) {
  const columns = ({ key, body }: Line) =>
    key !== null || /^[{[-]/u.test(body) ? 1 : body.split(/[,;\t|]/u).length;
  const { content } = page;
  const at = content.findIndex((line) => line.number >= trouble.line);
  const first = [at, at - 1, at + 1]
    .map((index) => content[index])
    .find((line) => line !== undefined && columns(line) > 1);
  if (first === undefined) return;
  const from = content.slice(content.indexOf(first));
  const end = from.findIndex((line) => columns(line) !== columns(first));
  const rows = end === -1 ? from : from.slice(0, end);
  if (rows.length < 2) return;
  yield {
    code: 'NOT_YAML',
    message: `These ${rows.length} lines look like rows of a sheet, not like YAML.`,
    hint: asPartners,
    line: first.number,
    column: first.indent.length + 1,
    repair: null,
  };
};

/** Lines without a single key: prose, or names one below the other. */
export const keyless: Recogniser = function* ({ content }) {
  const [line] = content;
  if (line === undefined || content.some(({ key, body }) => key !== null || /^(?:[{[]|-\s)/u.test(body)))
    return;
  yield {
    code: 'NOT_YAML',
    message: 'This file holds text without any key.',
    hint: 'Begin with version: 1, and list the partners under partners:, each with a handle.',
    line: line.number,
    column: 1,
    repair: null,
  };
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
