/** A key with something on its line that belongs below it: `globex: Globex Inc`, `partners: {}`, `globex: name: Globex`. */
import { knownKeys } from '../known-keys.ts';
import { isDeeper, type Line, linesNear, neighbour, type Page } from './page.ts';
import { type Recogniser, type Slip, slipOn, withValue } from './slip.ts';

const nothing = /^(?:\{\s*\}|\[\s*\]|null|~)$/u;

/** A key that has a value and keys below it: it can have one or the other. */
export const valueAndBelow: Recogniser = function* (page, trouble) {
  for (const line of linesNear(page, trouble.line)) {
    const below = neighbour(page, line, 1);
    const { key, value } = line;
    if (key === null || value === '' || below === undefined || below.key === null) continue;
    if (!isDeeper(below, line) || /^[|>&*!]/u.test(value)) continue;
    const opened = withValue(line, '').trimEnd();
    if (nothing.test(value)) {
      const message = `${value} says that ${key} has nothing, but lines follow under it.`;
      yield slipOn(line, line.valueAt, message, opened);
    } else if (/^\{[^{}[\]]+\}$/u.test(value)) {
      const entries = value.slice(1, -1).trim().replace(/,$/u, '').split(/,\s*/u);
      const meant = [opened, ...entries.map((entry) => below.indent + entry)].join('\n');
      const message = `${key} has braces on its line and keys below it, and can't have both.`;
      const hint = `Move what is in the braces to the lines below, without them: ${entries[0]}`;
      yield { ...slipOn(line, line.valueAt, message, meant), hint };
    } else if (!knownKeys.includes(key) && value.search(/:(?:\s|$)/u) === -1)
      yield* named(page, line, below, opened);
  }
};

/** The value is the name of the partner, as people write it after a title. */
function* named(page: Page, line: Line, below: Line, opened: string): Iterable<Slip> {
  const { key, value, valueAt } = line;
  const message = `${key} has a value on its line and keys below it, and can't have both.`;
  const hasName = fieldsBelow(page, line).some((field) => field.key === 'name');
  const meant = hasName ? opened : `${opened}\n${below.indent}name: ${value}`;
  const hint = hasName
    ? `Leave the value out: ${key}:`
    : `Write ${key}: alone on this line, and below it name: ${value}`;
  yield { ...slipOn(line, valueAt, message, meant), hint };
}

function fieldsBelow({ content }: Page, line: Line): readonly Line[] {
  const after = content.slice(content.indexOf(line) + 1);
  const end = after.findIndex((each) => !isDeeper(each, line));
  return end === -1 ? after : after.slice(0, end);
}

/** A key on the line of the key that it belongs to: `globex: name: Globex`. */
export const keyOnSameLine: Recogniser = function* (page, trouble) {
  for (const line of linesNear(page, trouble.line)) {
    const inner = /^(?:"[^"]*"|'[^']*'|[\w.-]+)(?=:(?:\s|$))/u.exec(line.value)?.[0];
    if (line.key === null || inner === undefined) continue;
    const below = neighbour(page, line, 1);
    const indent = below !== undefined && isDeeper(below, line) ? below.indent : `${line.indent}  `;
    const opened = line.text.slice(0, line.valueAt).trimEnd();
    const meant = `${opened}\n${indent}${line.text.slice(line.valueAt)}`;
    const message = `${inner}: is on the line of ${line.key}:, which it belongs under.`;
    const hint = `Write it on the next line, with ${indent.length} spaces before it: ${line.value}`;
    yield { ...slipOn(line, line.valueAt, message, meant), hint };
  }
};
