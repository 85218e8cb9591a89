/** Values that are plain text to people and something else to YAML. */
import { isDeeper, type Line, linesNear, neighbour } from './page.ts';
import { inQuotes, type Recogniser, slipOn, withValue } from './slip.ts';

/** A value that begins with a character which YAML gives a meaning: `@globex`, `& Globex`, `[Globex] EMEA`. */
export const indicator: Recogniser = function* (page, trouble) {
  for (const line of linesNear(page, trouble.line)) {
    const given = line.text.slice(line.valueAt).trimEnd();
    const value = given.startsWith('#') ? given : line.value;
    if (line.key === null || !/^(?:[&*!|>%@`{[,#]|[-?:](?:\s|$))/u.test(value)) continue;
    if (value.startsWith('#') && line.key !== 'name' && !/^#[^\s#]/u.test(value)) continue;
    const character = value[0] ?? '';
    const message = value.startsWith('#')
      ? `# begins a comment, so ${line.key} is empty.`
      : `${line.key} begins with ${JSON.stringify(character)}, which has a meaning of its own in YAML.`;
    const isName = line.key === 'name';
    const bare = value.replace(/^[^\p{L}\p{N}"']+/u, '').replace(/[\s}\]`]+$/u, '');
    const meant = isName ? inQuotes(value) : bare;
    if (/^[{[]/.test(value) && !isName && /[,:[\]{}]/.test(bare)) continue;
    if (meant === '') continue;
    yield slipOn(line, line.valueAt, message, line.text.slice(0, line.valueAt) + meant, {
      advice: isName ? 'Put it in quotes:' : 'Leave it out:',
    });
  }
};

/** A colon in a value that isn't in quotes: `name: Globex: EMEA`. */
export const colonInValue: Recogniser = function* (page, trouble) {
  for (const line of linesNear(page, trouble.line)) {
    const at = line.value.search(/:(?:\s|$)/u);
    if (line.key === null || at === -1 || /^["'{[&*!|>]/.test(line.value)) continue;
    const message = `${line.key} has a colon in it, and YAML takes what is before a colon for a key.`;
    yield slipOn(line, line.valueAt + at, message, withValue(line, inQuotes(line.value)), {
      advice: 'Put the value in quotes:',
    });
  }
};

/** A value that goes on in the next line, which isn't indented more than its key. */
export const brokenValue: Recogniser = function* (page, trouble) {
  for (const line of linesNear(page, trouble.line)) {
    const before = neighbour(page, line, -1);
    if (line.key !== null || before === undefined || before.key === null || before.value === '') continue;
    if (!/^[\p{L}\p{N}&(]/u.test(line.body)) continue;
    const isBlock = /^[|>][+-]?$/u.test(before.value);
    if (isBlock && isDeeper(line, before)) continue;
    const value = isBlock ? line.body : `${before.value} ${line.body}`;
    const joined = withValue(before, unquoted(before) ? value : before.value);
    yield {
      code: 'YAML_SYNTAX',
      message: `This line has no key; it seems to belong to the value of ${before.key} above it.`,
      hint: `Write both on one line: ${joined.trim()}`,
      line: line.number,
      column: line.indent.length + 1,
      repair: new Map([
        [before.number, joined],
        [line.number, ''],
      ]),
    };
  }
};

function unquoted({ value }: Line): boolean {
  return !/^["'{[]/.test(value);
}

/** `domain: -`: a sign for nothing that means something to YAML. */
export const signForNothing: Recogniser = function* (page, trouble) {
  for (const line of linesNear(page, trouble.line)) {
    if (line.key === null || line.key === 'name' || !/^[-?]+$/u.test(line.value)) continue;
    const message = `${line.value} stands for nothing, but not to YAML.`;
    const hint =
      line.key === 'domain'
        ? 'Leave the line out, or write domain: null to clear it.'
        : 'Leave the line out.';
    yield { ...slipOn(line, line.valueAt, message, ''), hint };
  }
};
