// Makes patterns with \p{…} when they are used. V8 checks each that stands in a file when it loads the file, used or not, and
// looks up their properties in the tables of Unicode: milliseconds in all, for patterns that plain text never meets.
import { parseAst } from 'rolldown/parseAst';

const property = /\\p\{/i;

export const patterns = {
  name: 'patterns made when they are used',
  transform: {
    filter: { code: property },
    handler(code, id) {
      const literals = literalsIn(parseAst(code, { lang: id.endsWith('.ts') ? 'ts' : 'js' }));
      return {
        code: replaced(
          code,
          literals.filter(({ regex }) => property.test(regex.pattern)),
        ),
      };
    },
  },
};

function replaced(code, literals) {
  let [rest, made] = [0, ''];
  for (const { start, end, regex } of literals) {
    const { pattern, flags } = regex;
    made += `${code.slice(rest, start)}new RegExp(${JSON.stringify(pattern)}, '${flags}')`;
    rest = end;
  }
  return made + code.slice(rest);
}

/** The pattern literals of a program, in the order of their places. */
function literalsIn(node) {
  if (node === null || typeof node !== 'object') return [];
  if (node.type === 'Literal' && node.regex !== undefined) return [node];
  return Object.values(node).flatMap(literalsIn);
}
