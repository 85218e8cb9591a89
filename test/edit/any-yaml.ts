/** Maps of any YAML in any layout: block and flow collections, anchors, comments, texts over several lines. */
import fc from 'fast-check';
import { scalarText } from '../../src/yaml/scalar.ts';

const words = [
  'gold',
  'a b',
  "it's",
  '"q"',
  'x: y',
  'Ünï 😀',
  '日本語',
  'yes',
  '0123',
  '#x',
  'a, b',
  'w'.repeat(45),
];
const keys = ['a', 'b', 'cc', 'name', 'k'.repeat(30), '日本'];
const scalar = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...words).map((word) => scalarText(word)) },
  { weight: 1, arbitrary: fc.constantFrom('1', 'true', '~', 'null') },
);
const comment = fc.constantFrom('# note', '#no', '# - item', '# name: "x" {');
const beside = fc.oneof(
  { weight: 5, arbitrary: fc.constant('') },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(' ', '   '), comment).map(([gap, text]) => gap + text) },
);

/** Comments and blank lines above an entry. */
function above(indent: string): fc.Arbitrary<string> {
  const line = fc.oneof(
    fc.constant(''),
    comment.map((text) => indent + text),
  );
  return fc.array(line, { maxLength: 2 }).map((lines) => lines.map((each) => `${each}\n`).join(''));
}

function someKeys(): fc.Arbitrary<string[]> {
  return fc.uniqueArray(fc.constantFrom(...keys), { minLength: 1, maxLength: 3 });
}

/** Braces or brackets on one line, however long. */
function flow(depth: number): fc.Arbitrary<string> {
  const value =
    depth === 0
      ? scalar
      : fc.oneof({ weight: 3, arbitrary: scalar }, { weight: 1, arbitrary: later(() => flow(depth - 1)) });
  const map = someKeys().chain((names) =>
    fc.tuple(...names.map(() => value)).map((values) => names.map((name, at) => `${name}: ${values[at]}`)),
  );
  const pad = fc.constantFrom('', ' ');
  return fc.oneof(
    fc.tuple(pad, map).map(([gap, parts]) => `{${gap}${parts.join(', ')}${gap}}`),
    fc
      .tuple(pad, fc.array(value, { maxLength: 4 }))
      .map(([gap, parts]) => `[${gap}${parts.join(`,${gap}`)}${gap}]`),
  );
}

/** Braces over several lines, with comments. */
function openFlow(indent: string): fc.Arbitrary<string> {
  return someKeys().chain((names) =>
    fc.tuple(...names.map(() => fc.tuple(above(indent), scalar, beside))).map((values) => {
      const lines = names.map((name, at) => {
        const [lead = '', value = '', end = ''] = values[at] ?? [];
        return `${lead}${indent}${name}: ${value},${end}\n`;
      });
      return `{\n${lines.join('')}${indent.slice(1)}}`;
    }),
  );
}

/** What follows a key and its colon, with the line break. */
function valueText(indent: string, depth: number, anchors: { next: number }): fc.Arbitrary<string> {
  const inner = `${indent}  `;
  const line = (text: fc.Arbitrary<string>) =>
    fc.tuple(text, beside).map(([value, end]) => ` ${value}${end}\n`);
  const text = fc
    .tuple(
      fc.constantFrom('|', '>', '|-', '>-'),
      beside,
      fc.array(fc.constantFrom('foo', 'foo bar', '', ' in'), { maxLength: 3 }),
    )
    .map(
      ([mark, end, lines]) =>
        ` ${mark}${end}\n${['one', ...lines, 'end'].map((each) => `${inner}${each}`.trimEnd()).join('\n')}\n`,
    );
  const several = fc
    .constantFrom('"foo\nbar"', 'foo\nbar', "'foo\n\nb\"ar'")
    .map((words) => ` ${words.replace(/\n(?=.)/g, `\n${inner}`)}\n`);
  const simple = [
    line(scalar),
    line(flow(2)),
    openFlow(inner).map((braces) => ` ${braces}\n`),
    text,
    several,
  ];
  if (depth === 0) return fc.oneof(...simple);
  const anchor = fc.oneof(
    { weight: 5, arbitrary: fc.constant('') },
    { weight: 1, arbitrary: fc.constant(0).map(() => ` &n${anchors.next++}`) },
  );
  const block = fc
    .tuple(
      anchor,
      beside,
      later(() =>
        fc.oneof(
          anyMap(inner, depth - 1, anchors),
          list(inner, depth - 1, anchors),
          list(indent, depth - 1, anchors),
        ),
      ),
    )
    .map(([name, end, lines]) => `${name}${end}\n${lines}`);
  return fc.oneof(...simple, { weight: 4, arbitrary: block });
}

/** The lines of a map. */
export function anyMap(indent: string, depth = 1, anchors = { next: 0 }): fc.Arbitrary<string> {
  return someKeys().chain((names) =>
    fc
      .tuple(
        ...names.map(() =>
          fc.tuple(
            above(indent),
            later(() => valueText(indent, depth, anchors)),
          ),
        ),
      )
      .map((entries) =>
        names.map((name, at) => `${entries[at]?.[0]}${indent}${name}:${entries[at]?.[1]}`).join(''),
      ),
  );
}

function list(indent: string, depth: number, anchors: { next: number }): fc.Arbitrary<string> {
  const dash = fc.constantFrom('- ', '-   ');
  const simple = fc
    .tuple(above(indent), dash, fc.oneof(scalar, flow(1)), beside)
    .map(([lead, mark, value, end]) => `${lead}${indent}${mark}${value}${end}\n`);
  const map = fc
    .tuple(
      above(indent),
      later(() => anyMap(`${indent}  `, depth - 1, anchors)),
    )
    .map(([lead, lines]) => `${lead}${indent}- ${lines.replace(/^(\s*(#.*)?\n)*\s*/, '')}`);
  const item = depth > 0 ? fc.oneof(simple, map) : simple;
  return fc.array(item, { minLength: 1, maxLength: 2 }).map((items) => items.join(''));
}

function later(make: () => fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.constant(0).chain(make);
}
