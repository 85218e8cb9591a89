import { type Line, linesNear, type Page } from './page.ts';
import { type Recogniser, type Slip, slipOn } from './slip.ts';

const bullet = /^(?:[-–—•*·+]|\d+[.)])\s+/u;

/** A dash or a bullet before a key, where a map belongs: `- globex:`. */
export const bullets: Recogniser = function* (page, trouble) {
  for (const line of linesNear(page, trouble.line)) {
    const dash = bullet.exec(line.body)?.[0];
    if (dash === undefined) continue;
    const meant = line.indent + line.body.slice(dash.length);
    const name = dash.trim();
    yield slipOn(
      line,
      line.indent.length,
      `${meant.trim().split(':')[0]} is an item of a list here, with ${name} before it.`,
      meant,
      {
        advice: `Leave out the ${name === '-' ? 'dash' : name}:`,
      },
    );
    yield* together(page, line, name);
  }
};

/** All items of a list with that bullet: dashes alone don't make partners a list. */
function* together(page: Page, first: Line, name: string): Iterable<Slip> {
  const items = page.content.filter(
    ({ number, indent, body }) =>
      number >= first.number && indent === first.indent && bullet.exec(body)?.[0].trim() === name,
  );
  if (items.length < 2) return;
  const meant = (line: Line) => line.indent + line.body.replace(bullet, '');
  yield {
    code: 'WRONG_TYPE',
    message: `Partners are not a list: ${items.length} of them have ${name === '-' ? 'a dash' : name} before them.`,
    hint: `Leave them out: ${meant(first).trim()}`,
    line: first.number,
    column: first.indent.length + 1,
    repair: new Map(items.map((line) => [line.number, meant(line)])),
  };
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
