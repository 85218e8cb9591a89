/** What a version of a file says: as plain data, of which whatever two versions have in common is the same object. */
import { type Looked, look } from '../desired/load.ts';
import { validatePartners } from '../desired/schema.ts';
import { fields } from '../fields.ts';
import type { SourceFile } from '../files/read.ts';
import { isObject } from '../json.ts';
import { type Problem, problem } from '../problem.ts';
import { cutSection } from '../yaml/entries.ts';
import { withoutMark } from '../yaml/parse.ts';
import { parseFile } from '../yaml/parse-file.ts';
import type { Tree } from '../yaml/tree.ts';
import { holdsOnlyComments } from '../yaml/trivia.ts';

type Data = Readonly<Record<string, unknown>>;

export type Content =
  | {
      readonly stage: 'sound';
      /** All top-level sections but the partners. */
      readonly rest: Data;
      readonly partners: ReadonlyMap<string, Data>;
    }
  | { readonly stage: 'invalid'; readonly problem: Problem };

export type Contents = { readonly of: (file: SourceFile) => Content };

/** Reads versions of files; each text of a partner is parsed once, whatever versions and files it is in. */
export function newContents(): Contents {
  const interned = new Map<string, Data>();
  const intern = (data: Data): Data => {
    const key = JSON.stringify(data);
    const known = interned.get(key);
    if (known === undefined) interned.set(key, data);
    return known ?? data;
  };
  const rests = new Map<string, Data | null>();
  const entries = new Map<string, readonly [string, Data] | null>();

  function cutContent(file: SourceFile): Content | null {
    const cut = cutSection(file.text, 'partners');
    if (cut === null) return null;
    const rest = remembered(rests, cut.rest, (text) => soundData(text));
    if (rest === null) return null;
    const partners = new Map<string, Data>();
    for (const text of cut.entries) {
      const entry = remembered(entries, text, entryIn);
      if (entry === null || partners.has(entry[0])) return null;
      partners.set(...entry);
    }
    return { stage: 'sound', rest: intern(rest), partners };
  }

  function entryIn(text: string): readonly [string, Data] | null {
    // What `<<` merges in gives way to what the partner states itself, which only the complete reading knows.
    if (text.includes('<<')) return null;
    const parsed = parseFile({ path: '', text });
    const data = parsed.stage === 'sound' && isObject(parsed.tree.data) ? parsed.tree.data : {};
    const [entry, ...more] = Object.entries(data);
    if (entry === undefined || more.length > 0 || !isObject(entry[1])) return null;
    const [handle, partner] = entry;
    const isSound = validatePartners({ version: 1, partners: { [handle]: partner } }).length === 0;
    return isSound ? [handle, intern(partner)] : null;
  }

  function fullContent(file: SourceFile): Content {
    if (holdsOnlyComments(file.text)) return { stage: 'sound', rest: intern({}), partners: new Map() };
    const looked = look(file);
    if (looked.stage !== 'sound') return { stage: 'invalid', problem: firstOf(looked, file) };
    const { partners = {}, ...rest } = withoutMerged(looked.tree);
    const own = Object.entries(partners).map(([handle, data]) => [handle, intern(data)] as const);
    return { stage: 'sound', rest: intern(rest), partners: new Map(own) };
  }

  return {
    of: ({ path, text }) => {
      const file = { path, text: withoutMark(text).replaceAll('\r\n', '\n') };
      return cutContent(file) ?? fullContent(file);
    },
  };
}

/** The text without its section of partners as data; null where anything is unusual or wrong. */
function soundData(text: string): Data | null {
  const parsed = parseFile({ path: '', text });
  if (parsed.stage !== 'sound' || !isObject(parsed.tree.data)) return null;
  const { data } = parsed.tree;
  return data.partners === undefined && validatePartners(data).length === 0
    ? withoutMerged(parsed.tree)
    : null;
}

/** What `make` gives for a text. It gets a copy: whatever is cut out of a text keeps all of that text in memory. */
function remembered<T>(known: Map<string, T>, text: string, make: (text: string) => T): T {
  const found = known.get(text);
  if (found !== undefined) return found;
  const copy = Buffer.from(text).toString();
  const made = make(copy);
  known.set(copy, made);
  return made;
}

function firstOf(looked: Exclude<Looked, { stage: 'sound' }>, { path }: SourceFile): Problem {
  const position = { file: path, line: 1, column: 1 };
  return looked.problems[0] ?? problem('YAML_SYNTAX', 'This file is not valid.', { position });
}

type Sections = { readonly partners?: Readonly<Record<string, Data>>; readonly defaults?: Data };

/** The data of a file that fits the schema, in which a field that is stated has no other form merged in with `<<`. */
function withoutMerged({ data, isMerged }: Tree): Sections & Data {
  const root = data as Sections & Data;
  const own = (holder: Data): Data => {
    const merged = fields.flatMap(({ path, idKey }) => {
      const key = path.at(-1) ?? '';
      if (idKey === null || holder[key] === undefined || holder[idKey] === undefined) return [];
      if (isMerged(holder, key) === isMerged(holder, idKey)) return [];
      return [isMerged(holder, key) ? key : idKey];
    });
    const entries = Object.entries(holder).filter(([key]) => !merged.includes(key));
    return Object.fromEntries(entries.map(([key, value]) => [key, isObject(value) ? own(value) : value]));
  };
  const { partners, defaults } = root;
  return {
    ...root,
    ...(defaults === undefined ? {} : { defaults: own(defaults) }),
    ...(partners === undefined
      ? {}
      : { partners: Object.fromEntries(Object.entries(partners).map(([key, value]) => [key, own(value)])) }),
  };
}

/** The entries that a file holds: `partners acme`, `catalog.tiers gold`; null where it isn't valid. */
export function entryNames(content: Content): ReadonlySet<string> | null {
  if (content.stage !== 'sound') return null;
  const { catalog = {}, defaults = {}, pins = {} } = content.rest;
  const sections: [string, unknown][] = [
    ['partners', Object.fromEntries(content.partners)],
    ['defaults', defaults],
    ['pins', pins],
    ...Object.entries(isObject(catalog) ? catalog : {}).map(([kind, names]): [string, unknown] => [
      `catalog.${kind}`,
      names,
    ]),
  ];
  return new Set(
    sections.flatMap(([section, entries]) =>
      Object.keys(isObject(entries) ? entries : {}).map((key) => `${section} ${key}`),
    ),
  );
}
