/** What the files mean: defaults filled in, catalog names turned into ids, pins put where they belong. */

import { domainFault } from '../bare-domain.ts';
import { type Field, fieldNamed, fields, forEachCatalog, identities } from '../fields.ts';
import type { SourceFile } from '../files/read.ts';
import { isObject } from '../json.ts';
import type { Handle, PartnerId } from '../partner.ts';
import { type Problem, problem } from '../problem.ts';
import type { Tree } from '../yaml/tree.ts';
import { type LookUp, lookUpIn } from './look-up.ts';
import { type Entry, keyPosition, type Merged, type Section } from './merge.ts';
import { checkPins, pinsOf } from './pins.ts';
import { type Given, type GivenValue, type Lookup, valuesGiven } from './read-fields.ts';
import { mayHave } from './sound-part.ts';
import type { Catalog, DesiredPartner, DesiredState, DesiredValue, MaxChanges } from './state.ts';

type Note = (found: Problem) => void;

/** Resolves merged files. What is missing in a section that is `open` may be where a file is wrong, and isn't reported. */
export function resolveState(
  merged: Merged,
  files: readonly SourceFile[],
  note: Note,
  open: ReadonlySet<Section>,
): Omit<DesiredState, 'pinsFile' | 'warnings'> {
  const lookUp = lookUpIn(merged, catalogOf(merged), open, note);
  const shared = sharedOf(merged, lookUp, note);
  const partners = new Map<Handle, DesiredPartner>();
  for (const [handle, entry] of merged.partners)
    if (entry.value !== undefined)
      partners.set(handle as Handle, resolvePartner(handle as Handle, entry, merged, shared, lookUp, note));
  lookUp.finish();
  checkPins(partners, merged, open, note);
  return {
    organisation: {
      name: (merged.organisation.get('name')?.value as string | undefined) ?? null,
      contains: (merged.organisation.get('contains')?.value as PartnerId | undefined) ?? null,
    },
    catalog: shared.catalog,
    settings: settingsOf(merged, shared.tierOrder),
    defaults: shared.defaults,
    partners,
    files,
  };
}

/** What all partners have in common: names for ids, and what applies to each that doesn't state it itself. */
export type Shared = Pick<DesiredState, 'catalog' | 'defaults'> &
  Pick<DesiredState['settings'], 'tierOrder'> & {
    /** The fields that the defaults give, those included whose value is wrong. */
    readonly given: ReadonlySet<string>;
  };

export function sharedOf(merged: Merged, lookUp: LookUp, note: Note): Shared {
  const given: Given = { data: dataOf(merged.defaults), from: 'defaults' };
  const values = valuesGiven(given, treeLookup(merged.defaults), note);
  return {
    catalog: lookUp.catalog,
    tierOrder: tierOrderOf(merged, lookUp),
    given: new Set(values.keys()),
    defaults: { values: lookUpAll(values, lookUp), ignore: new Set(ignored(given.data)) },
  };
}

/** One partner, with the defaults filled in; whether pins are given twice is for checkPins to say. */
export function resolvePartner(
  handle: Handle,
  entry: Entry,
  merged: Merged,
  shared: Shared,
  lookUp: LookUp,
  note: Note,
): DesiredPartner {
  const { defaults } = shared;
  const data = entry.value as Readonly<Record<string, unknown>>;
  const stated = valuesGiven({ data, from: 'partner' }, entry.tree, note);
  const own = lookUpAll(stated, lookUp);
  const values = new Map<string, DesiredValue>();
  for (const { name } of fields) {
    const given = own.get(name) ?? defaults.values.get(name);
    if (given !== undefined) values.set(name, given);
  }
  for (const { name, needs, path } of fields) {
    const given = values.get(name);
    if (given === undefined || needs === null || stated.has(needs) || shared.given.has(needs)) continue;
    if (lookUp.open.has('defaults') || mayGive(entry.tree, data, path[0], needs)) continue;
    const message = `${handle} gives ${name} without ${needs}, and Introw takes it only together with that.`;
    const hint = `Add ${needs}, or leave ${name} out.`;
    note(problem('MISSING_KEY', message, { position: given.position, hint }));
  }
  checkDomain(handle, values.get(identities.domain.name), note);
  return {
    handle,
    position: keyPosition(entry),
    ...pinsOf(handle, data, entry, merged, note),
    name: identityOf(values, identities.name) ?? handle,
    domain: identityOf(values, identities.domain),
    values,
    ignore: data.ignore === undefined ? defaults.ignore : new Set([...defaults.ignore, ...ignored(data)]),
  };
}

function identityOf(values: ReadonlyMap<string, DesiredValue>, { name }: Field): string | null {
  const value = values.get(name)?.value;
  return typeof value === 'string' ? value : null;
}

/** Whether a field may be given by a key that means nothing, in the partner or in that section of it. */
function mayGive(
  tree: Tree,
  data: Readonly<Record<string, unknown>>,
  section: string,
  name: string,
): boolean {
  const key = fieldNamed(name).path.at(-1) ?? name;
  return [data, data[section]].some((map) => isObject(map) && mayHave(tree, map, key));
}

/** What is left to IDNA: the schema has found all that can be seen from the characters. */
function checkDomain(handle: Handle, given: DesiredValue | undefined, note: Note): void {
  if (given === undefined || typeof given.value !== 'string') return;
  const fault = domainFault(given.value);
  if (fault === null) return;
  const message = `${handle}.domain is ${JSON.stringify(given.value)}, which ${fault.says}.`;
  note(problem('NOT_A_DOMAIN', message, { position: given.position, hint: fault.hint }));
}

/** Values as they go to Introw; a name that the catalog lacks is reported, and its field left out. */
function lookUpAll(given: ReadonlyMap<string, GivenValue>, { find }: LookUp): Map<string, DesiredValue> {
  const values = new Map<string, DesiredValue>();
  for (const [name, { value, named, position, from }] of given) {
    if (value === undefined) continue;
    const field = fieldNamed(name);
    if (!named || field.catalog === null || typeof value !== 'string') {
      values.set(name, { value, name: null, namedAt: null, position, from });
      continue;
    }
    const found = find(field, field.catalog, value, position);
    if (found !== null) values.set(name, { value: found.id, name: value, namedAt: found.at, position, from });
  }
  return values;
}

/** Names are compared in NFC: an é may be one character or two. */
export function catalogOf(merged: Merged): Catalog {
  return forEachCatalog(
    (kind) =>
      new Map(
        [...merged[`catalog.${kind}`]].flatMap(([name, { value }]) =>
          typeof value === 'string' ? [[name.normalize('NFC'), value]] : [],
        ),
      ),
  );
}

/** The ids of the tiers in `settings.tierOrder`, which names them as the catalog does. */
function tierOrderOf(merged: Merged, { find }: LookUp): string[] {
  const entry = merged.settings.get('tierOrder');
  if (entry === undefined) return [];
  const names = (entry.value ?? []) as readonly (string | undefined)[];
  return names.flatMap((name, index) => {
    const position = entry.tree.valueAt(names, String(index));
    return name === undefined ? [] : (find(null, 'tiers', name, position)?.id ?? []);
  });
}

function settingsOf(
  { settings }: Merged,
  tierOrder: DesiredState['settings']['tierOrder'],
): DesiredState['settings'] {
  const given = settings.get('maxChanges')?.value as number | string | undefined;
  return {
    unmanaged:
      (settings.get('unmanaged')?.value as DesiredState['settings']['unmanaged'] | undefined) ?? 'report',
    maxChanges: given === undefined ? null : maxChangesOf(given),
    reserveCredits: (settings.get('reserveCredits')?.value as number | undefined) ?? 0,
    paging: (settings.get('paging')?.value as string | undefined) ?? null,
    tierOrder,
  };
}

function maxChangesOf(given: number | string): MaxChanges {
  return typeof given === 'number' ? { partners: given } : { percent: Number.parseInt(given, 10) };
}

/** `ignore` as the files write it, as fields: the name of a section means all of its fields. */
function ignored(data: Readonly<Record<string, unknown>>): string[] {
  const names = (data.ignore ?? []) as readonly string[];
  return fields.filter((field) => names.includes(field.path[0])).map((field) => field.name);
}

function dataOf(section: ReadonlyMap<string, Entry>): Readonly<Record<string, unknown>> {
  return Object.fromEntries([...section].map(([key, entry]) => [key, entry.value]));
}

/** Defaults may be spread over files: each top-level key is found in its own, what lies below in the file of its key. */
function treeLookup(section: ReadonlyMap<string, Entry>): Lookup {
  const holderOf = (parent: object, key: string) => {
    const entry = [...section.values()].find(({ value }) => value === parent) ?? section.get(key);
    if (entry === undefined) throw new TypeError(`the defaults have no ${key}`);
    return { tree: entry.tree, holder: entry.value === parent ? parent : entry.parent };
  };
  return {
    valueAt: (parent, key) => {
      const { tree, holder } = holderOf(parent, key);
      return tree.valueAt(holder, key);
    },
    isMerged: (parent, key) => {
      const { tree, holder } = holderOf(parent, key);
      return tree.isMerged(holder, key);
    },
  };
}
