/** What a program puts in front of every line that it shows, and that comes along when the text is copied. */
import { type Line, linesNear, neighbour, type Page } from './page.ts';
import type { Recogniser, Slip, Trouble } from './slip.ts';

type Kind = {
  readonly pattern: RegExp;
  readonly singular: string;
  readonly plural: string;
  /** Which of the lines that the pattern fits have it from a program. */
  readonly copied: (fitting: readonly Line[]) => readonly Line[];
};

const kinds: readonly Kind[] = [
  {
    pattern: /^\s*(\d+)(?:\s*[:|│┃.)\]]|(?=\s|$))/u,
    singular: 'A line number is in front of this line',
    plural: 'Line numbers are in front of this line',
    copied: (fitting) => fitting.filter(isNumbered),
  },
  {
    pattern: /^\s*>/u,
    singular: 'This line begins with >, as a quoted message does',
    plural: 'Lines begin with >, as those of a quoted message do: this line',
    copied: (fitting) => fitting,
  },
  {
    pattern: /^\s*[|│┃]/u,
    singular: 'This line begins with a bar',
    plural: 'Lines begin with a bar: this line',
    copied: (fitting) => fitting,
  },
];

/** Line numbers, `>` of quoted messages, bars of boxes. */
export const pasted: Recogniser = function* (page, trouble) {
  const near = linesNear(page, trouble.line);
  for (const kind of kinds) {
    const lines = kind.copied(
      page.lines.filter(({ text, indent }) => kind.pattern.test(text) || kind.pattern.test(indent)),
    );
    const [first] = lines;
    if (first === undefined || !near.some((line) => lines.includes(line))) continue;
    const others = lines.length - 1;
    const message = others === 0 ? `${kind.singular}.` : `${kind.plural} and ${others} more.`;
    yield* repairs(page, lines, kind.pattern, (meant) => ({
      code: 'YAML_SYNTAX',
      message,
      hint: `Leave ${others === 0 ? 'it' : 'them'} out: ${meant}`,
      line: first.number,
      column: first.indent.length + 1,
    }));
  }
};

/** A number counts where the next line has the next number, or where it is the number of the line itself. */
function isNumbered(line: Line, at: number, all: readonly Line[]): boolean {
  const offset = (each: Line | undefined) =>
    each === undefined ? null : Number(/\d+/u.exec(each.text)?.[0]) - each.number;
  return offset(line) === 0 || offset(line) === offset(all[at - 1]) || offset(line) === offset(all[at + 1]);
}

type Say = (meant: string) => Omit<Slip, 'repair'>;

/** The lines without it: as far to the left as they go, further to the right, or where it stood in the indentation. */
function* repairs(page: Page, lines: readonly Line[], pattern: RegExp, say: Say): Iterable<Slip> {
  const [first] = lines;
  if (first === undefined) return;
  const rest = ({ text }: Line) => text.replace(pattern, '');
  const gaps = lines.map(rest).filter((text) => text.trim() !== '');
  const gap = Math.min(...gaps.map((text) => text.search(/\S/u)));
  const written: ((line: Line) => string)[] = [
    (line) => rest(line).slice(gap),
    rest,
    (line) => line.text.replace(pattern, (found) => ' '.repeat(found.length)),
    (line) => `${neighbour(page, line, -1)?.indent ?? ''}${rest(line).trim()}`,
  ];
  for (const write of written)
    yield {
      ...say(write(first).trim()),
      repair: new Map(lines.map((line) => [line.number, write(line).trimEnd()])),
    };
}

/** Lines that a patch has about itself and not from the file. */
const header =
  /^(?:diff --git |index [\da-f]+\.\.|--- \S|\+\+\+ \S|@@ |(?:new|deleted) file mode |rename (?:from|to) |similarity index |\\ No newline)/u;

/** The marks that a patch puts in front of lines. */
export const patchMarks: Recogniser = function* (page, trouble) {
  const { lines } = page;
  const headers = lines.filter(({ text }) => header.test(text));
  const marked = lines.filter(({ text }) => !header.test(text) && /^[+-](?![+-])|^\s+\+\s/u.test(text));
  const [first] = [...headers, ...marked].sort((one, other) => one.number - other.number);
  // A file that is a list begins with a dash too.
  const isList = /^- /u.test(page.content[0]?.text ?? '');
  if (first === undefined || (headers.length === 0 && isList)) return;
  if (headers.length === 0 && !isNear(page, trouble, marked)) return;
  const more = marked.length - 1;
  const others = more === 0 ? '' : `, and so ${more === 1 ? 'does 1 more' : `do ${more} more`}`;
  const what = {
    code: 'YAML_SYNTAX',
    message:
      headers.length > 0
        ? 'This is a patch, which shows changes of a file, and not the file.'
        : `This line begins with ${first.body.charAt(0)}, as in a patch${others}.`,
    hint:
      headers.length > 0
        ? 'Apply it with git apply; or delete its headers and the lines with -, and take the first character off the others.'
        : `Delete ${marked.some(isRemoved) ? `the lines with -${marked.every(isRemoved) ? '' : ', and the + in front of the others'}` : 'the +'}.`,
    line: first.number,
    column: first.indent.length + 1,
  } as const;
  const shown = lines.filter(({ text }) => text.startsWith(' ') || text.startsWith('+'));
  const cut = ({ text }: Line) => text.slice(1);
  const blank = ({ text }: Line) => text.replace('+', ' ');
  const aligned = (line: Line) =>
    `${neighbour(page, line, -1)?.indent ?? ''}${line.text.replace(/^\s*\+\s*/u, '')}`;
  const gone = [...headers, ...marked.filter(isRemoved)].map(({ number }): [number, string] => [number, '']);
  const added = marked.filter((line) => !isRemoved(line));
  for (const [which, write] of [
    [headers.length > 0 ? shown : added, cut],
    [added, cut],
    [added, blank],
    [added, aligned],
  ] as const)
    yield {
      ...what,
      repair: new Map([...which.map((line): [number, string] => [line.number, write(line)]), ...gone]),
    };
};

function isRemoved({ text }: Line): boolean {
  return text.startsWith('-');
}

function isNear(page: Page, { line }: Trouble, marked: readonly Line[]): boolean {
  return linesNear(page, line).some((each) => marked.includes(each));
}
