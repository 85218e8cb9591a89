/** Keys that aren't ones: the colon, or the space after it, is missing or is another character. */
import { alsoOn } from '../condense.ts';
import { isDeeper, type Line, linesNear, neighbour, type Page } from './page.ts';
import { type Recogniser, type Slip, slipOn } from './slip.ts';

/** `tier:silver`, also between braces, and on all lines below a key. */
export const missingSpace: Recogniser = function* (page, trouble) {
  for (const line of linesNear(page, trouble.line)) {
    yield* onAllAlike(page, line, withoutSpace);
    const inBraces = /[{,]\s*([\w.-]+):(?=[^\s:/,}])/u.exec(line.text);
    if (inBraces !== null) {
      const meant = line.text.replace(/([{,]\s*[\w.-]+):(?=[^\s:/,}])/gu, '$1: ');
      const at = inBraces.index + inBraces[0].length - 1;
      yield slipOn(line, at, `A space is missing after the colon of ${inBraces[1]}.`, meant);
    }
  }
};

function withoutSpace(line: Line): Misspelled | null {
  const [before, key] = /^(?:- +)?["']?([\w.-]+|<<)["']?:(?=[^\s:/])/u.exec(line.body) ?? [];
  if (before === undefined || key === undefined) return null;
  const at = line.indent.length + before.length;
  const meant = `${line.text.slice(0, at)} ${line.text.slice(at).trimEnd()}`;
  return { line, key, at: at - 1, message: `A space is missing after the colon of ${key}`, meant };
}

/** `tier = silver`, `tier silver`, `tier：silver`, also on all lines below a key. */
export const otherThanColon: Recogniser = function* (page, trouble) {
  for (const line of linesNear(page, trouble.line)) {
    if (line.key !== null) continue;
    const [, early, late] = /^:\s*([\w.-]+)\s+(\S.*)$/u.exec(line.body) ?? [];
    const [, lone, mark] = /^([\w.-]+)\s*([：﹕;])$/u.exec(line.body) ?? [];
    if (lone !== undefined && mark !== undefined) {
      const at = line.indent.length + line.body.lastIndexOf(mark);
      yield slipOn(line, at, `${lone} is followed by ${mark} instead of a colon.`, `${line.indent}${lone}:`);
    } else if (early === undefined) yield* onAllAlike(page, line, withOtherSign);
    else {
      const meant = `${line.indent}${early}: ${late}`;
      yield slipOn(line, line.indent.length, `The colon belongs after ${early}.`, meant);
    }
  }
};

function withOtherSign(line: Line): Misspelled | null {
  const [, key, sign, value] =
    /^([\w.-]+|<<)(\s*(?:=>|->|→|➔|:=|==|::|=|：|﹕|;)\s*|\s+(?:- +)?)(\S.*)$/u.exec(line.body) ?? [];
  if (line.key !== null || key === undefined || sign === undefined || value === undefined) return null;
  const written = sign.trim();
  const message =
    written === ''
      ? `A colon is missing after ${key}`
      : `${key} is followed by ${written} instead of a colon`;
  const at = line.indent.length + key.length + sign.indexOf(written);
  return { line, key, at, message, meant: `${line.indent}${key}: ${value}` };
}

/** A line whose key can't be told from its value, and the line as it was meant. */
type Misspelled = {
  readonly line: Line;
  readonly key: string;
  readonly at: number;
  /** Without its full stop. */
  readonly message: string;
  readonly meant: string;
};

/** The slip on a line; then on all of its neighbours together, which are one text to YAML, so that one repair is no help. */
function* onAllAlike(page: Page, line: Line, read: (line: Line) => Misspelled | null): Iterable<Slip> {
  const own = read(line);
  if (own === null) return;
  yield slipOn(line, own.at, `${own.message}.`, own.meant);
  const [first, ...others] = alikeAround(page, line, read);
  if (first === undefined || others.length === 0) return;
  const also = alsoOn(others.map((other) => other.line.number));
  yield {
    ...slipOn(first.line, first.at, `${first.message}. ${also}`, first.meant),
    repair: new Map([first, ...others].map((each) => [each.line.number, each.meant])),
  };
}

/** The lines around one with its indent that read the same. */
function alikeAround(
  { content }: Page,
  line: Line,
  read: (line: Line) => Misspelled | null,
): readonly Misspelled[] {
  const at = content.indexOf(line);
  const isUnlike = (each: Line) => each.indent !== line.indent || read(each) === null;
  const above = content.slice(0, at).findLastIndex(isUnlike) + 1;
  const below = content.slice(at).findIndex(isUnlike);
  return content.slice(above, below === -1 ? undefined : at + below).flatMap((each) => read(each) ?? []);
}

/** A handle that begins with a character which YAML gives a meaning: `@globex:`. */
export const indicatorKey: Recogniser = function* (page, trouble) {
  for (const line of linesNear(page, trouble.line)) {
    const [, characters, rest] = /^([@*&!%`{[?|>~]+\s*)(\S.*)$/u.exec(line.body) ?? [];
    if (characters === undefined || rest === undefined) continue;
    const [key = '', value = ''] = rest.split(/(?<=:)(?=\s|$)|(?<!:)$/u);
    const meant = `${line.indent}${key.replace(/[}\]`*:]+$/u, '')}:${value}`;
    yield slipOn(line, line.indent.length, `A key can't begin with ${characters.trim()}.`, meant);
  }
};

/** `globex` alone on its line, with its fields below. */
export const missingColon: Recogniser = function* (page, trouble) {
  for (const line of linesNear(page, trouble.line)) {
    const next = neighbour(page, line, 1);
    if (!/^["']?[^\s:#"'{}[\],]+["']?$/u.test(line.body) || next === undefined || !isDeeper(next, line))
      continue;
    const at = line.indent.length + line.body.length;
    yield slipOn(
      line,
      line.indent.length,
      `A colon is missing after ${line.body}.`,
      `${line.text.slice(0, at)}:`,
    );
  }
};
