import { type Line, linesNear, type Page } from './page.ts';
import { inQuotes, type Recogniser, slipOn, withValue } from './slip.ts';

/** A quote that is opened and not closed before the line ends, so that it swallows the keys below. */
export const unclosedQuote: Recogniser = function* (page, trouble) {
  const from = page.content.filter(({ number }) => number <= trouble.line);
  // The nearest is the likeliest, but a quote of a name further up may have swallowed everything since.
  for (const line of from.reverse()) {
    const quote = line.value[0];
    if ((quote !== '"' && quote !== "'") || isClosed(line.value, quote) || !swallows(page, line)) continue;
    const [, inner = '', comment = ''] = /^.(.*?)(\s+#\s.*)?$/u.exec(line.text.slice(line.valueAt)) ?? [];
    // 't Hoekje and 's-Hertogenbosch begin with an apostrophe.
    const apostrophe = quote === "'" && /^(?:\p{L}{1,2}[\s-]|\p{Ll}\p{Lu}|\d0s\b)/u.test(inner) ? quote : '';
    const closed = inQuotes(apostrophe + inner.trimEnd().replace(/["']$/u, ''));
    const message = inner.trimEnd().endsWith(quote === '"' ? "'" : '"')
      ? `The quote that opens with ${quote} is closed with ${quote === '"' ? "'" : '"'}.`
      : `The quote (${quote}) that opens here is never closed.`;
    yield slipOn(line, line.valueAt, message, line.text.slice(0, line.valueAt) + closed + comment);
  }
};

function isClosed(value: string, quote: string): boolean {
  return quote === '"' ? /^"(?:[^"\\]|\\.)*"/u.test(value) : /^'(?:[^']|'')*'/u.test(value);
}

/** A text over several lines is fine; one that goes on over what looks like another key is not, nor one to the end. */
function swallows({ content }: Page, { number }: Line): boolean {
  const next = content.find((line) => line.number > number);
  return next === undefined || next.key !== null;
}

/** Quotes around a key and its value together: `"name: Globex"`. */
export const quotedLine: Recogniser = function* (page, trouble) {
  for (const line of linesNear(page, trouble.line)) {
    const [, quote, inner] = /^(["'])([\w.-]+:(?:\s[^"']*)?)\1,?$/u.exec(line.body) ?? [];
    if (quote === undefined || inner === undefined) continue;
    const message = 'The quotes go around a key and its value, which makes one text of them.';
    yield slipOn(line, line.indent.length, message, line.indent + inner);
  }
};

/** Curly quotes, which YAML reads as letters, around what needs straight ones. */
export const curlyQuotes: Recogniser = function* (page, trouble) {
  for (const line of linesNear(page, trouble.line)) {
    const inner = /^[“”„‟«‘‚]\s*(.+?)\s*[“”‟»’‘]$/u.exec(line.value)?.[1];
    if (line.key === null || inner === undefined || !/:\s|\s#/u.test(inner)) continue;
    const message = 'These quotes are curly; YAML takes only straight ones.';
    yield slipOn(line, line.valueAt, message, withValue(line, inQuotes(inner)));
  }
};

/** A quote on one side of a key. */
export const halfQuotedKey: Recogniser = function* (page, trouble) {
  for (const line of linesNear(page, trouble.line)) {
    const [, dash = '', before = '', key = '', after = '', rest] =
      /^(- +)?(["']?)([\w.-]+)(["']?)(:(?:\s.*)?)$/u.exec(line.body) ?? [];
    if (rest === undefined || before === after) continue;
    const at =
      before === '' ? line.indent.length + dash.length + key.length : line.indent.length + dash.length;
    const message = `The quote (${before || after}) has no matching one on the other side of ${key}.`;
    yield slipOn(line, at, message, line.indent + dash + key + rest);
  }
};

/** More after a closing quote: an apostrophe in single quotes, a comma as in JSON, quotes inside of quotes. */
export const afterQuote: Recogniser = function* (page, trouble) {
  for (const line of linesNear(page, trouble.line)) {
    const value = line.text.slice(line.valueAt).trimEnd();
    const quote = value[0];
    if (line.key === null || (quote !== '"' && quote !== "'") || !isClosed(line.value, quote)) continue;
    const closed = /^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')/u.exec(value)?.[0] ?? '';
    const rest = value.slice(closed.length);
    if (/^\s*[,;]$/u.test(rest)) {
      const message = 'Nothing may follow the value on its line, not even a comma.';
      yield slipOn(
        line,
        line.valueAt + closed.length + rest.trimStart().length - 1,
        message,
        line.text.slice(0, line.valueAt) + closed,
      );
      continue;
    }
    if (rest === '' || /^\s+#/.test(rest)) continue;
    const whole = line.value;
    // "Globex" "EMEA" has its quotes in pairs, so that all of them are meant.
    const isPaired = /["']\s+["']/u.test(whole);
    const inner = whole.endsWith(quote) && !isPaired ? whole.slice(1, -1) : whole;
    const name = quote === "'" && whole.endsWith(quote) ? 'An apostrophe' : `A ${quote} in the middle`;
    yield slipOn(
      line,
      line.valueAt + closed.length - 1,
      `${name} ends the quoted value here.`,
      withValue(line, inQuotes(inner)),
    );
  }
};

/** In double quotes a backslash begins an escape, such as \n for a line break. */
export const backslash: Recogniser = function* (page, trouble) {
  for (const line of linesNear(page, trouble.line)) {
    const at = line.text.indexOf('\\', line.valueAt);
    if (!line.value.startsWith('"') || at === -1) continue;
    const inner = line.value.slice(1, -1);
    const meant = inner.includes("'")
      ? `"${inner.replace(/\\(?!")/g, '\\\\')}"`
      : `'${inner.replaceAll('\\"', '"')}'`;
    yield slipOn(line, at, 'A backslash has a meaning of its own in double quotes.', withValue(line, meant));
  }
};
