/** Additions to files: new partners, pins and names at the end of their sections, or in files of their own. */

import type { Node } from 'yaml';
import type { Catalog, DesiredState } from '../desired/state.ts';
import { grouped } from '../grouped.ts';
import type { Item } from '../yaml/item.ts';
import { entryNamed, replaceEntry } from '../yaml/map.ts';
import { parseYaml } from '../yaml/parse.ts';
import { scalarText } from '../yaml/scalar.ts';
import { appendToSection, fileWith } from '../yaml/section.ts';
import type { Splice } from '../yaml/splice.ts';
import type { Addition, EditedFile } from './amendment.ts';

/** What additions change in a file that exists. */
export function addAll(text: string, additions: readonly Addition[]): Splice[] {
  const root = parseYaml(text).document.contents;
  return additions.flatMap((addition) => addTo(text, root, addition));
}

/** A row under `pins` that is there already gets its new value in place. */
function addTo(text: string, root: Node | null, addition: Addition): Splice[] {
  if (addition.section === 'catalog') {
    const catalog = entryNamed(root, 'catalog')?.value ?? null;
    return entryNamed(catalog, addition.catalog) === undefined
      ? appendToSection(text, root, 'catalog', itemsOf(addition))
      : appendToSection(text, catalog, addition.catalog, namesAsItems(addition.names));
  }
  if (addition.section !== 'pins') return appendToSection(text, root, addition.section, itemsOf(addition));
  const section = entryNamed(root, 'pins')?.value ?? null;
  const replaced = [...addition.pins].flatMap(([handle, id]) => {
    const row = entryNamed(section, handle);
    return row === undefined ? [] : replaceEntry(text, row, handle, id);
  });
  const items = itemsOf(addition).filter(({ key }) => entryNamed(section, key) === undefined);
  return items.length === 0 ? replaced : [...replaced, ...appendToSection(text, root, 'pins', items)];
}

/** The catalog with the names that additions give to ids. */
export function catalogWith(catalog: Catalog, additions: readonly Addition[]): Catalog {
  let all = catalog;
  for (const addition of additions)
    if (addition.section === 'catalog')
      all = { ...all, [addition.catalog]: new Map([...all[addition.catalog], ...addition.names]) };
  return all;
}

/** The files that additions make, each with all its sections. */
export function newFiles({ files }: DesiredState, additions: readonly Addition[]): EditedFile[] {
  const known = new Set(files.map(({ path }) => path));
  const made = additions.filter(({ file }) => !known.has(file));
  return [...grouped(made, ({ file }) => file)].map(([path, sections]) => ({
    path,
    before: null,
    after: fileWith(
      new Map(sections.map((addition) => [addition.section, itemsOf(addition)])),
      sections[0]?.head ?? [],
    ),
  }));
}

function itemsOf(addition: Addition): readonly Item[] {
  if (addition.section === 'partners') return addition.items;
  if (addition.section === 'catalog') {
    const value = [...addition.names].map(([key, id]) => ({ key, text: scalarText(id) }));
    return [{ key: addition.catalog, value }];
  }
  return [...addition.pins].map(([key, id]) => ({ key, value: scalarText(id) }));
}

function namesAsItems(names: ReadonlyMap<string, string>): readonly Item[] {
  return [...names].map(([key, id]) => ({ key, value: scalarText(id) }));
}

/** The handles that an addition brings. */
export function newPartners(addition: Addition): string[] {
  return addition.section === 'partners' ? addition.items.map(({ key }) => key) : [];
}
