/** Files as people might write them: any order, quotes, indentation, comments and style. */
import fc from 'fast-check';

const comment = fc.constantFrom('', '', '', ' # note', '   #note: "x" {', " # isn't");
const above = (indent: string) =>
  fc.array(fc.constantFrom('', `${indent}# above`, '# far out', `${indent}   # further in`), {
    maxLength: 2,
  });
const word = fc.oneof(
  fc.constantFrom(
    'gold',
    'yes',
    'null',
    '0123',
    '1e3',
    'a b',
    "it's",
    '#x',
    'a: b',
    '- a',
    '*x',
    ' lead',
    'Ünï 😀',
    '2026-01-01',
  ),
  fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }).filter((text) => /^[^\p{C}]+$/u.test(text)),
);
const spelled = word.chain((text) =>
  fc.constantFrom(
    JSON.stringify(text),
    `'${text.replaceAll("'", "''")}'`,
    ...(/^\w[\w ]*\w$/.test(text) ? [text] : []),
  ),
);
const domain = fc.constantFrom('acme.example', '"acme.example"', 'null', '~', "'b.example'");
const entries = fc.tuple(
  fc.record(
    { name: spelled, domain, tierId: spelled, ownerId: spelled, externalId: spelled },
    { requiredKeys: ['name'] },
  ),
  fc.boolean(),
  fc.infiniteStream(fc.nat()),
);

/** A map in block or flow style, its keys shuffled and commented. */
const partner = (indent: string) =>
  entries.chain(([values, flow, numbers]) => {
    const order = Object.entries(values)
      .map((entry) => ({ entry, at: numbers.next().value ?? 0 }))
      .sort((one, other) => one.at - other.at)
      .map(({ entry: [key, value] }) => `${key}: ${value}`);
    if (flow) return comment.map((beside) => ` { ${order.join(', ')} }${beside}\n`);
    return fc
      .tuple(comment, ...order.map(() => fc.tuple(above(indent), comment)))
      .map(([beside, ...around]) => {
        const lines = order.map((line, index) => {
          const [lead, end] = (around[index] ?? [[], '']) as [string[], string];
          return [...lead, `${indent}${line}${end}`].join('\n');
        });
        return `${beside}\n${lines.join('\n')}\n`;
      });
  });

export const writtenFile: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom('  ', '    ', ' '), fc.boolean(), fc.boolean(), fc.integer({ min: 1, max: 5 }))
  .chain(([step, first, dos, count]) =>
    fc
      .tuple(
        fc.array(fc.tuple(above(step), partner(step + step)), { minLength: count, maxLength: count }),
        comment,
        above(''),
        above(step),
      )
      .map(([partners, beside, head, end]) => {
        const list = partners
          .map(([lead, text], index) => [...lead, `${step}p${index}:${text}`].join('\n'))
          .join('');
        const section = `partners:${beside}\n${list}${end.join('\n')}\n`;
        const text = first ? `version: 1\n${section}` : `${section}version: 1\n`;
        const whole = [...head, text].join('\n');
        return dos ? whole.replaceAll('\n', '\r\n') : whole;
      }),
  );

/** How many of the comments that such files have are in a text. */
export const comments = (text: string) =>
  text.match(/# ?(note|above|far out|further in|isn't)/g)?.length ?? 0;
