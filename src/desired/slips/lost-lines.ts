/** Lines whose parent is gone: it was commented out, deleted, or never written. */
import { isPartnerKey, knownKeys } from '../known-keys.ts';
import { isDeeper, type Line, neighbour, type Page } from './page.ts';
import type { Recogniser } from './slip.ts';

/** A key after a #, with the lines that belong under it left as they are. */
export const commentedOut: Recogniser = function* ({ lines, content }, trouble) {
  const at = content.find(({ number }) => number >= trouble.line)?.number ?? trouble.line;
  for (const line of lines.filter(({ number }) => number < at && at - number <= 12).reverse()) {
    const { number, indent, body } = line;
    const [, gap = '', key, rest = ''] = /^#+(\s*)([\w.-]+)(:\s*(?:#.*)?)$/u.exec(body) ?? [];
    if (key === undefined) continue;
    const message = `${key}: is commented out, and the lines that belong under it aren't.`;
    const hint = 'Take the # away, or put one in front of each of those lines too.';
    const column = indent.length + 1;
    for (const width of new Set([indent + gap, indent, `${indent} ${gap}`, indent + gap.slice(1)]))
      yield {
        code: 'YAML_INDENT',
        message,
        hint,
        line: number,
        column,
        repair: new Map([[number, width + key + rest]]),
      };
  }
};

/** Fields of a partner without a handle above them: below partners:, or right below those of another partner. */
export const missingHandle: Recogniser = function* ({ content }, trouble) {
  const at = content.findIndex(({ number }) => number === trouble.line);
  const line = content[at];
  if (line === undefined || line.key === null || !isPartnerKey(line.key)) return;
  const end = content.findIndex((each, index) => index > at && each.indent.length < line.indent.length);
  const fields = content.slice(at, end === -1 ? content.length : end);
  const parent = content.slice(0, at).findLast((each) => isDeeper(line, each));
  if (parent === undefined || !fields.some(({ key }) => key === 'name')) return;
  const isUnderPartners = parent.key === 'partners';
  if (!isUnderPartners && (fields.length < 2 || line.key !== 'name')) return;
  const indent = isUnderPartners && line.indent.length < 4 ? line.indent : parent.indent;
  const handleIndent = isUnderPartners && line.indent.length >= 4 ? '  ' : indent;
  const moved = isUnderPartners && line.indent.length < 4 ? '  ' : '';
  yield {
    code: 'MISSING_KEY',
    message: isUnderPartners
      ? `${line.key}: is directly under partners:, with no handle above it.`
      : `${line.key} is given to ${parent.key ?? 'a partner'} twice; is a handle missing above this line?`,
    hint: isUnderPartners
      ? `Write a handle above it, such as acme:, and indent the lines of the partner under that.`
      : `Write the handle of the second partner above it, or delete what ${parent.key ?? 'it'} already has.`,
    line: line.number,
    column: line.indent.length + 1,
    repair: new Map(
      fields.map((each, index) => [
        each.number,
        `${index === 0 ? `${handleIndent}line-${line.number}:\n` : ''}${moved}${each.text}`,
      ]),
    ),
  };
};

/** Partners at the top of a file that has no partners:. */
export const missingPartners: Recogniser = function* (page, trouble) {
  const { content } = page;
  const isTop = (line: Line) => line.indent === '';
  if (content.some((line) => isTop(line) && line.key === 'partners')) return;
  const first = content.find((line) => isTop(line) && isHandle(page, line));
  if (first === undefined || first.number < trouble.line) return;
  let isInside = false;
  const moved = content.filter((line) => {
    if (isTop(line)) isInside = isHandle(page, line);
    return isInside;
  });
  const partners = moved.filter(isTop).length;
  const others = partners === 1 ? '' : ` and the ${partners - 1} other${partners === 2 ? '' : 's'}`;
  yield {
    code: 'MISSING_KEY',
    message: `This file has no partners:, which ${first.key}${others} belong${partners === 1 ? 's' : ''} under.`,
    hint: `Write partners: above ${first.key}:, and indent all that follows by two more spaces.`,
    line: first.number,
    column: 1,
    repair: new Map(
      moved.map((line) => [line.number, `${line === first ? 'partners:\n' : ''}  ${line.text}`]),
    ),
  };
};

/** Whether a line opens a partner: no section, and with fields below it. */
function isHandle(page: Page, line: Line): boolean {
  const below = neighbour(page, line, 1);
  if (line.key === null || line.value !== '' || knownKeys.includes(line.key)) return false;
  return below !== undefined && isDeeper(below, line) && below.key !== null && isPartnerKey(below.key);
}
