/**
 * The two doors through which everything leaves: text for people, and data for programs. Whatever a name in a file, in
 * Introw or on the command line holds, text neither moves a cursor nor commands a CI system, and neither shows the key.
 */

import { fields } from '../fields.ts';
import { newSecrets } from '../introw/secrets.ts';
import { failure } from '../problem.ts';
import {
  cleanDocument,
  isUserChosen,
  safeJson,
  safeLines,
  visible,
  withoutAnyCommands,
  withoutCommands,
} from './sanitise.ts';

declare const door: unique symbol;

/** What has passed a door, and so may leave: nothing else makes one. */
export type Passed = string & { readonly [door]: true };

export type Doors = {
  /** Lets a key through no door from now on. */
  readonly hide: (key: string) => void;
  /** What `render` makes of a document for people; it gets every text in it masked and made visible. */
  readonly text: <Document>(document: Document, render: (clean: Document) => string) => Passed;
  /** One line for people, however it was put together. */
  readonly line: (text: string) => Passed;
  /** Workflow commands of GitHub, made by `render`; a line that is none is dropped. */
  readonly commands: <Document>(document: Document, render: (clean: Document) => string) => Passed;
  /** JSON for programs. Throws KEY_IN_DATA where a text in it holds the key. */
  readonly data: (document: unknown, indent?: number) => Passed;
  /** JSON about what happened, such as a failure or an outcome; the key is masked in it. */
  readonly report: (document: unknown) => Passed;
  /** One line of JSON with the keys that this run made up, and so may show. */
  readonly ownKeys: (document: { readonly url: string; readonly keys: readonly string[] }) => Passed;
  /** One line for people with a key that this run made up. */
  readonly ownKeyLine: (text: string) => Passed;
  /** A sheet: a cell that would command a CI system is spelt so that `edit --from` still reads the same. */
  readonly sheet: (what: string, csv: string) => Passed;
  /** A file as it is. Throws KEY_IN_DATA where it holds the key. */
  readonly file: (path: string, text: string) => Passed;
};

/** Words of documents that the code branches on: they are never masked, even if the key is one of them. */
const choices: ReadonlySet<string> = new Set([
  ...fields.map(({ name }) => name),
  ...['plan', 'drift', 'create', 'update', 'none', 'proposed', 'conflict'],
  ...['applied', 'failed', 'skipped', 'unknown', 'stated', 'unstated', 'stated apart', 'ignored'],
]);

/** Doors of their own: what `hide` is given, none of them lets through. */
export function openDoors(): Doors {
  const { add, mask, isIn } = newSecrets();
  const maskText = (text: string) => (choices.has(text) ? text : mask(text));
  // The key is masked before anything can cut, wrap or escape it, and once more in what a renderer made.
  const clean = (text: string) => withoutCommands(visible(maskText(text)));
  const withoutKey = (what: string, text: string) => {
    if (isIn(text)) throw failure('KEY_IN_DATA', `${what} would hold the API key, so nothing was written.`);
    return text;
  };
  return {
    hide: add,
    text: (document, render) => passed(safeLines(mask(render(cleanDocument(document, clean))))),
    line: (text) => passed(safeLines(visible(mask(text)))),
    commands: (document, render) => {
      const lines = mask(render(cleanDocument(document, clean))).split('\n');
      return passed(lines.filter((line) => /^::(error|warning|notice) /.test(line)).join('\n'));
    },
    data: (document, indent = 2) => {
      const json = JSON.stringify(document, null, indent);
      const place = isIn(json) ? placeOf(document, isIn) : null;
      if (place === null) return passed(`${safeJson(json)}\n`);
      throw failure(
        'KEY_IN_DATA',
        `The API key is in the result, at ${place}, so it wasn't written as data.`,
      );
    },
    report: (document) => passed(`${safeJson(JSON.stringify(cleanDocument(document, maskText), null, 2))}\n`),
    ownKeys: (document) => passed(`${safeJson(JSON.stringify(document))}\n`),
    ownKeyLine: (text) => passed(safeLines(visible(text))),
    sheet: (what, csv) => passed(withoutAnyCommands(withoutKey(what, csv))),
    file: (path, text) => passed(withoutKey(path, text)),
  };
}

function passed(text: string): Passed {
  return text as Passed;
}

/** Where the first text is that holds a key: `changes[3].name`. */
function placeOf(value: unknown, isIn: (text: string) => boolean, at = ''): string | null {
  if (typeof value === 'string') return isIn(value) ? at : null;
  if (typeof value !== 'object' || value === null) return null;
  for (const [name, each] of Object.entries(value)) {
    const place = Array.isArray(value) ? `${at}[${name}]` : `${at}${at === '' ? '' : '.'}${name}`;
    if (!Array.isArray(value) && isUserChosen(name) && isIn(name)) return place;
    const found = placeOf(each, isIn, place);
    if (found !== null) return found;
  }
  return null;
}
