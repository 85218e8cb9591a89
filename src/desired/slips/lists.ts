import { catalogKinds } from '../../fields.ts';
import { knownKeys } from '../known-keys.ts';
import { isDeeper, type Line, linesNear, type Page } from './page.ts';
import { type Recogniser, type Slip, slipOn } from './slip.ts';

/** With the box of a list of tasks after it, if there is one. */
const bullet = /^(?:[-–—•*·+▪◦‣o§]|\d+[.)])\s+(?:\[[ xX]?\]\s+)?/u;

/** A dash or a bullet before a key, where a map belongs: `- globex:`. */
export const bullets: Recogniser = function* (page, trouble) {
  for (const line of linesNear(page, trouble.line)) {
    const dash = bullet.exec(line.body)?.[0];
    if (dash === undefined) continue;
    const rest = line.body.slice(dash.length);
    const name = signOf(dash);
    const message = `${rest.split(':')[0]} is an item of a list here, with ${name === 'number' ? 'a number' : name} before it.`;
    const more = { advice: `Leave out the ${name === '-' ? 'dash' : name}:` };
    const wide = line.indent + ' '.repeat(dash.length) + rest;
    yield slipOn(line, line.indent.length, message, line.indent + rest, more);
    yield* together(page, line, name);
    // - name: gold and id: tier_1 below it are no entries of a catalog.
    if (isInCatalog(page, line)) continue;
    yield slipOn(line, line.indent.length, message, wide, more);
    yield* together(page, line, name, ' '.repeat(dash.length));
  }
};

const signs: Readonly<Record<string, string>> = { '-': 'a dash', number: 'a number' };

/** The bullet alone; numbers are all of one kind. */
function signOf(dash: string): string {
  return /^\d/u.test(dash) ? 'number' : (dash.trim().split(' ')[0] ?? '');
}

/** All items of a list with that bullet: dashes alone don't make partners a list. */
function* together(page: Page, first: Line, name: string, indent = ''): Iterable<Slip> {
  const items = page.content.filter(({ number, body }) => {
    const sign = bullet.exec(body)?.[0];
    return number >= first.number && sign !== undefined && signOf(sign) === name;
  });
  const alike = items.filter((each) => each.indent === first.indent);
  if (alike.length < 2) return;
  const meant = (line: Line) => line.indent + indent + line.body.replace(bullet, '');
  const before = signs[name] ?? name;
  for (const which of items.length > alike.length ? [alike, items] : [alike])
    yield {
      code: 'WRONG_TYPE',
      message: `${holderOf(page, first)} a list: ${which.length} lines have ${before} before them.`,
      hint: `Leave them out: ${meant(first).trim()}`,
      line: first.number,
      column: first.indent.length + 1,
      repair: new Map(which.map((line) => [line.number, meant(line)])),
    };
}

function parentOf({ content }: Page, line: Line): Line | undefined {
  return content.slice(0, content.indexOf(line)).findLast((each) => isDeeper(line, each));
}

function isInCatalog(page: Page, line: Line): boolean {
  return catalogKinds.some((kind) => kind === parentOf(page, line)?.key);
}

/** `The fields of globex are not`, by the line that the items are under. */
function holderOf(page: Page, line: Line): string {
  const parent = parentOf(page, line);
  if (parent?.key == null) return 'This is not';
  if (parent.key === 'partners') return 'Partners are not';
  return knownKeys.includes(parent.key)
    ? `What is under ${parent.key} is not`
    : `The fields of ${parent.key} are not`;
}

/** A comment as other languages write it. */
export const otherComment: Recogniser = function* (page, trouble) {
  for (const line of linesNear(page, trouble.line)) {
    const [, text] = /^(?:\/\/|\/\*|;|--(?!-)|<!--|%)\s*(.*?)\s*(?:\*\/|-->)?$/u.exec(line.body) ?? [];
    if (text === undefined) continue;
    yield slipOn(line, line.indent.length, 'A comment begins with # in YAML.', `${line.indent}# ${text}`);
  }
};

/** The last resort: a line that is neither a key nor a value, such as three dots. */
export const strayLine: Recogniser = function* (page, trouble) {
  if (!trouble.isSyntax) return;
  for (const line of linesNear(page, trouble.line)) {
    if (line.key !== null || /^(?:---|\.\.\.)/u.test(line.text)) continue;
    yield {
      code: 'YAML_SYNTAX',
      message: 'This line has no colon, so it is neither a key nor its value.',
      hint: `Delete it, or make it a comment: # ${line.body}`,
      line: line.number,
      column: line.indent.length + 1,
      repair: new Map([[line.number, '']]),
    };
  }
};
