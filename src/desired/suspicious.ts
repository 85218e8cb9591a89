/** What is valid and probably not meant: reported, and no reason to stop. */
import { fields } from '../fields.ts';
import { strayInvisibleIn } from '../invisible.ts';
import { foreignLetterIn } from '../look-alike-letters.ts';
import { type Warning, warning } from '../problem.ts';
import type { Entry, Merged } from './merge.ts';
import type { DesiredState } from './state.ts';

type Row = {
  /** What is odd about a name, given what follows it on its line and what is before it; null where nothing is. */
  readonly odd: (name: string, after: string, before: string) => string | null;
};

const rows: readonly Row[] = [
  {
    odd: (name, after) => {
      const comment = /^\s+(#(?:\S|\s*\d).*)$/u.exec(after)?.[1];
      if (comment === undefined) return null;
      return `ends before the #, which begins a comment. If it is a part of the name, write ${JSON.stringify(`${name} ${comment.trimEnd()}`)}.`;
    },
  },
  {
    odd: (name) => {
      const inner = /^[“”„‟«]\s*(.*?)\s*[“”‟»]?$|^(.*?)[“”‟»]$|^[‘‚‛](.*)[’‘]$|^([^"]*)"$|^"([^"]*)$/u.exec(
        name,
      );
      if (inner === null || /[“„«].*[”“»]./u.test(name)) return null;
      const meant = inner.slice(1).find((each) => each !== undefined) ?? '';
      return `has quotes in it that are a part of the name. If they aren't, write ${JSON.stringify(meant)} with straight ones or none.`;
    },
  },
  {
    odd: (name, _, before) => {
      const anchor = /\s(&\S+)\s+$/u.exec(before)?.[1];
      if (anchor === undefined) return null;
      return `begins after ${anchor}, which only marks it for use elsewhere. If it is a part of the name, write ${JSON.stringify(`${anchor} ${name}`)}.`;
    },
  },
  {
    odd: (name) =>
      /&(?:amp|lt|gt|quot|apos|nbsp|#\d+);/u.test(name)
        ? `is written as in a web page. If you mean its characters, write ${JSON.stringify(unescapedHtml(name))}.`
        : null,
  },
  {
    odd: (name) => {
      const foreign = foreignLetterIn(name);
      return foreign === null
        ? null
        : `mixes two alphabets: ${foreign}. Type it again if that was not meant.`;
    },
  },
  {
    odd: (name) =>
      /\$\{\w+\}|\$\(\w+\)|%\w+%/u.test(name)
        ? 'holds a variable that nothing has filled in. Write the name itself.'
        : null,
  },
  {
    odd: (name) => {
      const inner = /^<(\w+)[^>]*>(.*)<\/\1>$/u.exec(name)?.[2];
      return inner === undefined
        ? null
        : `holds tags of HTML. If you mean what is between them, write ${JSON.stringify(inner)}.`;
    },
  },
  {
    odd: (name) => {
      const found = strayInvisibleIn(name);
      return found === null ? null : `holds ${found.name}. Type the name again if it has no place there.`;
    },
  },
];

/** Warnings about the names and domains of the partners. `texts` holds the files. */
export function suspiciousValues(merged: Merged, texts: ReadonlyMap<string, string>): readonly Warning[] {
  const lines = new Map(
    [...texts].map(([path, text]) => [path, text.replace(/^\uFEFF/u, '').split(/\r\n|\r|\n/u)]),
  );
  return [...merged.partners].flatMap(([handle, entry]) => [
    ...aboutName(handle, entry, lines),
    ...aboutDomain(handle, entry),
  ]);
}

/** Warnings about ids that are names of the catalog: they would go to Introw as they are. */
export function namesAsIds({
  partners,
  catalog,
}: Pick<DesiredState, 'partners' | 'catalog'>): readonly Warning[] {
  const warnings: Warning[] = [];
  for (const [handle, { values }] of partners)
    for (const field of fields) {
      const given = field.catalog === null ? undefined : values.get(field.name);
      if (field.catalog === null || given === undefined || given.name !== null || given.from !== 'partner')
        continue;
      const entries = catalog[field.catalog];
      const { value, position } = given;
      if (typeof value !== 'string' || !entries.has(value) || [...entries.values()].includes(value)) continue;
      const key = field.path.at(-1) ?? field.name;
      const message = `The ${field.name} of ${handle} is given as the id ${JSON.stringify(value)}, which is a name in catalog.${field.catalog}. If you mean the name, write ${key}: ${value}`;
      warnings.push(warning('SUSPICIOUS_VALUE', message, position));
    }
  return warnings;
}

function aboutName(
  handle: string,
  { value, tree }: Entry,
  lines: ReadonlyMap<string, readonly string[]>,
): Warning[] {
  const data = value as Readonly<Record<string, unknown>>;
  const { name } = data;
  if (typeof name !== 'string') return [];
  const position = tree.valueAt(data, 'name');
  const line = lines.get(position.file)?.[position.line - 1] ?? '';
  const before = line.slice(0, position.column - 1);
  const rest = line.slice(position.column - 1);
  const after = rest.startsWith(name) ? rest.slice(name.length) : '';
  return rows.flatMap(({ odd }) => {
    const found = odd(name, after, before);
    return found === null ? [] : [warning('SUSPICIOUS_VALUE', `The name of ${handle} ${found}`, position)];
  });
}

function aboutDomain(handle: string, { value, tree }: Entry): Warning[] {
  const data = value as Readonly<Record<string, unknown>>;
  const { domain } = data;
  const position = tree.valueAt(data, 'domain');
  if (domain === null && position.column === tree.keyAt(data, 'domain').column) {
    const message = `The domain of ${handle} has nothing after its colon, which clears it. Write null if that is meant, or leave the line out.`;
    return [warning('SUSPICIOUS_VALUE', message, position)];
  }
  if (typeof domain !== 'string') return [];
  const foreign = foreignLetterIn(domain);
  const said = [
    foreign === null ? '' : `mixes two alphabets: ${foreign}. Type it again if that was not meant.`,
    /[.。．｡]$/u.test(domain) ? `ends in a dot, which means nothing. Write ${domain.slice(0, -1)}` : '',
  ].filter((each) => each !== '');
  return said.map((each) => warning('SUSPICIOUS_VALUE', `The domain of ${handle} ${each}`, position));
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

function unescapedHtml(text: string): string {
  return text.replace(/&(?:(\w+)|#(\d+));/gu, (all, name?: string, point?: string) =>
    name === undefined ? String.fromCodePoint(Math.min(Number(point), 0x10ffff)) : (entities[name] ?? all),
  );
}
