/** Text from files, from Introw, from git or from the command line, made fit to be shown on a terminal and in a log. */
import { isPlain } from '../plain-text.ts';

/**
 * The same, after what needs such characters to be read: the flags of three countries, emoji that are joined or
 * have a style, keycaps, and the joiners within Arabic and Indic words.
 */
function unseenOrNeeded(): RegExp {
  madeOnce ??= new RegExp(
    [
      '\\u{1f3f4}\\u{e0067}\\u{e0062}(?:\\u{e0065}\\u{e006e}\\u{e0067}|\\u{e0073}\\u{e0063}\\u{e0074}|\\u{e0077}\\u{e006c}\\u{e0073})\\u{e007f}',
      '(?:\\p{ExtPict}(?:\\ufe0f|\\p{EMod})?\\u200d)*\\p{ExtPict}(?:\\ufe0f|\\ufe0e|\\p{EMod})?',
      '[0-9#*]\\ufe0f\\u20e3',
      `(?<=${joinedScripts()})[\\u200c\\u200d](?=${joinedScripts()})`,
      '([\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}\\p{DI}\\u2800])',
    ].join('|'),
    'gu',
  );
  return madeOnce;
}

/** Made when the first odd character turns up, since to make it takes longer than all else that this file does at the start. */
let madeOnce: RegExp | null = null;

function joinedScripts(): string {
  const scripts =
    'Arab Syrc Nkoo Mong Deva Beng Guru Gujr Orya Taml Telu Knda Mlym Sinh Khmr Mymr Tibt'.split(' ');
  return `[${scripts.map((script) => `\\p{Script=${script}}`).join('')}]`;
}

/** The text with `spell` of each character that could not be seen, or would be acted on. */
function replaceUnseen(text: string, spell: (character: string) => string): string {
  if (isPlain(text) || !holdsUnseen(text)) return text;
  return text.replace(unseenOrNeeded(), (found, character: string | undefined) =>
    character === undefined ? found : spell(character),
  );
}

/** Whether it moves the cursor, colours a line, begins a new one, turns the reading direction, or can't all be seen. */
function holdsUnseen(text: string): boolean {
  return /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{DI}\u2800]/u.test(text);
}

/** Shows each such character as its code point: `\u{202e}`. */
export function visible(text: string): string {
  return replaceUnseen(text, codePoint);
}

function codePoint(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

/** What CI systems obey anywhere in a line: GitHub's and Azure's `##[…]` and `##vso[…]`, TeamCity's, GitLab's sections. */
const commandAnywhere = /##(?=\[|vso\[|teamcity\[)|section_(?=start:|end:)/gi;

/** Searching for plain words takes a tenth of the time of the pattern. */
function mayCommand(text: string): boolean {
  return text.includes('##') || /section_/i.test(text);
}

/** What GitHub obeys at the start of a line, whatever white space or colour comes first. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: colours are what the lines that it looks at may begin with
const commandAtStart = /^((?:[^\S\n]|\x1b\[\d+m)*):(?=:)/gm;

/** The text with the first character of every command to a CI system shown as its code point. */
export function withoutCommands(text: string): string {
  if (!mayCommand(text)) return text;
  return text.replace(commandAnywhere, (found) => `${codePoint(found)}${found.slice(1)}`);
}

/** The colours and weights that this tool writes. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape is what begins a colour
const ownEscape = /\x1b(?=\[(?:[129]|22|29|3[1-9])m)/;

/**
 * What a renderer made, checked once more: only line breaks and this tool's own colours are left of what a
 * terminal acts on, and no line is a command to a CI system.
 */
export function safeLines(text: string): string {
  return withoutAnyCommands(visibleButStructure(text));
}

/** Lines of which none is a command to a CI system. */
export function withoutAnyCommands(text: string): string {
  const lines = text.includes('::')
    ? text.replace(commandAtStart, (_, before: string) => `${before}${codePoint(':')}`)
    : text;
  return withoutCommands(lines);
}

/** What isn't plain, nor one of the signs that the renderers themselves write. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for
const foreign = /[^\n\x1b\x20-\x7e→←−–…·✔✖]|\x1b(?!\[(?:[129]|22|29|3[1-9])m)/;

function visibleButStructure(text: string): string {
  if (!foreign.test(text)) return text;
  return text
    .split('\n')
    .map((line) => line.split(ownEscape).map(visible).join('\x1b'))
    .join('\n');
}

/** JSON of the same meaning in which nothing is acted on by a terminal or a CI system: such characters are escaped. */
export function safeJson(json: string): string {
  const escaped = (character: string) =>
    [...Array(character.length).keys()]
      .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`)
      .join('');
  const seen = /[^\n\x20-\x7e]/.test(json)
    ? json
        .split('\n')
        .map((line) => replaceUnseen(line, escaped))
        .join('\n')
    : json;
  if (!mayCommand(seen)) return seen;
  return seen.replace(commandAnywhere, (found) => `${escaped(found.charAt(0))}${found.slice(1)}`);
}

/**
 * A document with `clean` applied to every text in it, keys of objects and maps included. What has nothing to clean is
 * shared with the original.
 */
export function cleanDocument<Document>(document: Document, clean: (text: string) => string): Document {
  // Handles, tiers and file names recur in every row.
  const known = new Map<string, string>();
  const cleanText = (text: string) => {
    let cleaned = known.get(text);
    if (cleaned === undefined) {
      cleaned = clean(text);
      known.set(text, cleaned);
    }
    return cleaned;
  };
  const names = new Map<string, string>();
  const cleanName = (name: string) => {
    let cleaned = names.get(name);
    if (cleaned === undefined) {
      cleaned = isUserChosen(name) ? clean(name) : name;
      names.set(name, cleaned);
    }
    return cleaned;
  };
  const walk = (value: unknown): unknown => {
    if (typeof value === 'string') return cleanText(value);
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return mapped(value, walk);
    if (value instanceof Map) return new Map([...value].map(([key, each]) => [walk(key), walk(each)]));
    if (value instanceof Set) return new Set([...value].map(walk));
    return walkObject(value as Record<string, unknown>);
  };
  const walkObject = (value: Readonly<Record<string, unknown>>): object => {
    let changed: Record<string, unknown> | null = null;
    // Object.entries would make an array for each of the hundreds of thousands of members of a large plan.
    for (const name in value) {
      const each: unknown = value[name];
      const now = walk(each);
      const nowCalled = cleanName(name);
      if (now === each && nowCalled === name) continue;
      changed ??= { ...value };
      if (nowCalled !== name) delete changed[name];
      changed[nowCalled] = now;
    }
    return changed ?? value;
  };
  // Only texts are replaced, by texts: the type stays.
  return walk(document) as Document;
}

/** Whether a property may be named by a user, as by a handle; those of our own documents are letters alone. */
export function isUserChosen(name: string): boolean {
  return /[^A-Za-z]/.test(name);
}

function mapped(values: readonly unknown[], walk: (value: unknown) => unknown): readonly unknown[] {
  let changed: unknown[] | null = null;
  for (const [index, each] of values.entries()) {
    const now = walk(each);
    if (now === each) continue;
    changed ??= [...values];
    changed[index] = now;
  }
  return changed ?? values;
}
