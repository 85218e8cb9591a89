/** Keys that aren't ones: the colon, or the space after it, is missing or is another character. */
import { isDeeper, linesNear, neighbour } from './page.ts';
import { type Recogniser, slipOn } from './slip.ts';

/** `tier:silver`, also between braces. */
export const missingSpace: Recogniser = function* (page, trouble) {
  for (const line of linesNear(page, trouble.line)) {
    const [before, key] = /^(?:- +)?["']?([\w.-]+|<<)["']?:(?=[^\s:/])/u.exec(line.body) ?? [];
    if (before !== undefined && key !== undefined) {
      const at = line.indent.length + before.length;
      const meant = `${line.text.slice(0, at)} ${line.text.slice(at).trimEnd()}`;
      yield slipOn(line, at - 1, `A space is missing after the colon of ${key}.`, meant);
    }
    const inBraces = /[{,]\s*([\w.-]+):(?=[^\s:/,}])/u.exec(line.text);
    if (inBraces !== null) {
      const meant = line.text.replace(/([{,]\s*[\w.-]+):(?=[^\s:/,}])/gu, '$1: ');
      const at = inBraces.index + inBraces[0].length - 1;
      yield slipOn(line, at, `A space is missing after the colon of ${inBraces[1]}.`, meant);
    }
  }
};

/** `tier = silver`, `tier silver`, `tier：silver`. */
export const otherThanColon: Recogniser = function* (page, trouble) {
  for (const line of linesNear(page, trouble.line)) {
    if (line.key !== null) continue;
    const [, early, late] = /^:\s*([\w.-]+)\s+(\S.*)$/u.exec(line.body) ?? [];
    if (early !== undefined) {
      const meant = `${line.indent}${early}: ${late}`;
      yield slipOn(line, line.indent.length, `The colon belongs after ${early}.`, meant);
      continue;
    }
    const [, key, sign, value] =
      /^([\w.-]+|<<)(\s*(?:=>|->|→|➔|:=|==|::|=|：|﹕|;)\s*|\s+)(\S.*)$/u.exec(line.body) ?? [];
    if (key === undefined || sign === undefined || value === undefined) continue;
    const written = sign.trim();
    const message =
      written === ''
        ? `A colon is missing after ${key}.`
        : `${key} is followed by ${written} instead of a colon.`;
    yield slipOn(
      line,
      line.indent.length + key.length + sign.indexOf(written),
      message,
      `${line.indent}${key}: ${value}`,
    );
  }
};

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
