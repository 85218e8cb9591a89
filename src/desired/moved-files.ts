/**
 * What files said before they were renamed, moved, split or joined: the named files of an earlier commit, and files of
 * that commit which are gone now. A gone file may have belonged to something else, so it explains handles, and nothing
 * that it says is taken where two gone files say different things.
 */
import { fieldNamed, sameValue } from '../fields.ts';
import type { SourceFile } from '../files/read.ts';
import { isObject } from '../json.ts';
import type { Handle } from '../partner.ts';
import { type Problem, throwOnAny } from '../problem.ts';
import { checkedFile, soundTree } from './load.ts';
import { meaningOf, sameIgnore, sameMeaning } from './meaning.ts';
import { type Entry, type Merged, mergeFiles, type Section } from './merge.ts';
import { valuesGiven } from './read-fields.ts';
import { resolveState } from './resolve.ts';
import type { DesiredPartner, DesiredValue } from './state.ts';

export type Explained = {
  /** What the earlier files said of each handle, with handles of gone files that nobody asked for. */
  readonly partners: ReadonlyMap<Handle, DesiredPartner>;
  /** The handles that only gone files have. */
  readonly fromGone: ReadonlySet<Handle>;
  /** Handles of which the gone files leave open what they said, and why. */
  readonly unclear: ReadonlyMap<Handle, string>;
};

/**
 * Explains the handles of today's files (`now`). Throws a Failure where the named files don't validate; of gone
 * files that don't, which any YAML may be, only the handles that they seem to have are unclear.
 */
export function explainHandles(
  named: readonly SourceFile[],
  gone: readonly SourceFile[],
  now: ReadonlyMap<Handle, DesiredPartner>,
): Explained {
  const problems: Problem[] = [];
  const namedTrees = named.flatMap((file) => checkedFile(file, (found) => void problems.push(found)) ?? []);
  const own = mergeFiles(namedTrees, (found) => void problems.push(found));
  const read = gone.filter(mayHoldPartners).map((file) => ({ file, tree: soundTree(file) }));
  const others = read.flatMap(({ tree }) => (tree === null ? [] : mergeFiles([tree], () => undefined)));
  // Each contested file once before the others, so that what two of them say differently comes to light.
  const orders = contestedAmong(others, own).map((first) => [
    first,
    ...others.filter((each) => each !== first),
  ]);
  const namedFiles = new Set(namedTrees.map(({ file }) => file));
  const alone = readingOf(own, namedFiles, []);
  const readings = [others, ...orders].map((order) => readingOf(own, namedFiles, order));
  const [first] = readings;
  throwOnAny([...problems, ...(first?.problems ?? [])]);

  const partners = new Map<Handle, DesiredPartner>();
  const unclear = new Map<Handle, string>();
  for (const handle of first?.partners.keys() ?? []) {
    const found = readings.flatMap((reading) => reading.partners.get(handle) ?? []);
    const today = now.get(handle);
    const named = alone.partners.get(handle);
    const chosen =
      named?.isResolved === true
        ? chooseExplanation(named.partner, found, today)
        : chooseReading(found, today);
    if (typeof chosen !== 'string') partners.set(handle, chosen);
    else if (today !== undefined) unclear.set(handle, chosen);
  }
  const broken = read.flatMap(({ file, tree }) => (tree === null ? [file] : []));
  for (const handle of now.keys()) {
    const file = partners.has(handle) ? undefined : broken.find(({ text }) => hasKey(text, handle));
    if (file !== undefined && !unclear.has(handle))
      unclear.set(handle, `${file.path} has it and doesn't validate`);
  }
  const fromGone = [...partners.keys(), ...unclear.keys()].filter((handle) => !own.partners.has(handle));
  return { partners, fromGone: new Set(fromGone), unclear };
}

/** Whether a text that can't be read as YAML, or isn't one of ours, seems to have a key. A handle needs no escaping but its dots. */
function hasKey(text: string, handle: Handle): boolean {
  return new RegExp(`(?:^|[\\s{,"'])${handle.replaceAll('.', '\\.')}["']? *:`, 'm').test(text);
}

type Found = { readonly partner: DesiredPartner; readonly isResolved: boolean };
type Reading = { readonly partners: ReadonlyMap<Handle, Found>; readonly problems: readonly Problem[] };

/** The meaning that all readings share; of several, that of today, unless files disagree on the handle itself. */
function chooseReading(found: readonly Found[], today: DesiredPartner | undefined): DesiredPartner | string {
  const [first] = found;
  if (first === undefined) return "it isn't in any file";
  const resolved = found.filter(({ isResolved }) => isResolved).map(({ partner }) => partner);
  const [partner] = resolved;
  if (partner === undefined) return `${first.partner.position.file} gives it names that no catalog there has`;
  const agrees = (other: DesiredPartner) => sameMeaning(meaningOf(other), meaningOf(partner));
  if (resolved.every(agrees)) return partner;
  const files = [...new Set(resolved.map(({ position }) => position.file))];
  if (files.length > 1) return `${files.join(' and ')} say different things of it`;
  const unchanged = resolved.find(
    (each) => today !== undefined && sameMeaning(meaningOf(each), meaningOf(today)),
  );
  return unchanged ?? apart;
}

const apart = 'files that are gone give different catalogs or defaults';

/** What the named files said of a handle that they explain by themselves, and what gone defaults and pins add to that. */
function chooseExplanation(
  named: DesiredPartner,
  found: readonly Found[],
  today: DesiredPartner | undefined,
): DesiredPartner | string {
  if (today === undefined) return named;
  const explained = [named, ...found.map(({ partner }) => withGone(named, partner, today))];
  const unchanged = explained.find((each) => sameMeaning(meaningOf(each), meaningOf(today)));
  const [, first = named, ...others] = explained;
  const isOne = others.every((each) => sameMeaning(meaningOf(each), meaningOf(first)));
  return unchanged ?? (isOne ? first : apart);
}

/**
 * A gone file may have belonged to something else, such as another organisation. So of its defaults and pins only those
 * count that today's files still have, and of its defaults also those that today's replace: then the move came with an edit.
 */
function withGone(named: DesiredPartner, gone: DesiredPartner, today: DesiredPartner): DesiredPartner {
  const counts = (name: string, value: DesiredValue) => {
    const now = today.values.get(name);
    return (
      now !== undefined && (now.from === 'defaults' || sameValue(fieldNamed(name), value.value, now.value))
    );
  };
  const added = [...gone.values].filter(([name, value]) => !named.values.has(name) && counts(name, value));
  const { id, externalId, pinPosition, hasPinRow } = gone.id === today.id ? gone : named;
  const ignore = sameIgnore(meaningOf(gone), meaningOf(today)) ? gone.ignore : named.ignore;
  const values = new Map([...named.values, ...added]);
  return { ...named, id, externalId, pinPosition, hasPinRow, values, ignore };
}

/** The files that give a key another value than one of the others does, where the named files don't give it. */
function contestedAmong(others: readonly Merged[], own: Merged): Merged[] {
  const first = new Map<string, { readonly by: Merged; readonly value: unknown }>();
  const contested = new Set<Merged>();
  for (const by of others) {
    for (const section of sectionsOf(by)) {
      for (const [key, { value }] of by[section]) {
        const earlier = first.get(`${section} ${key}`);
        if (own[section].has(key)) continue;
        if (earlier === undefined) first.set(`${section} ${key}`, { by, value });
        else if (JSON.stringify(earlier.value) !== JSON.stringify(value)) contested.add(earlier.by).add(by);
      }
    }
  }
  return [...contested];
}

/** The sections that partners' meanings depend on. */
function sectionsOf(merged: Merged): Section[] {
  const all = Object.keys(merged) as Section[];
  return all.filter((section) => section !== 'organisation' && section !== 'settings');
}

/** What the named files say, with what they lack from the gone ones, the first of which counts. */
function readingOf(own: Merged, namedFiles: ReadonlySet<string>, others: readonly Merged[]): Reading {
  const merged = Object.fromEntries(
    Object.entries(own).map(([section, entries]) => [section, new Map(entries)]),
  ) as Record<Section, Map<string, Entry>>;
  for (const other of others)
    for (const section of sectionsOf(other))
      for (const [key, entry] of other[section])
        if (!merged[section].has(key)) merged[section].set(key, entry);
  const problems: Problem[] = [];
  const { partners } = resolveState(merged, [], (found) => void problems.push(found), new Set());
  const shared = Object.fromEntries([...merged.defaults].map(([key, { value }]) => [key, value]));
  const found = [...partners].map(([handle, partner]): [Handle, Found] => {
    const data = merged.partners.get(handle)?.value;
    const given = [data, shared].flatMap((each) => (isObject(each) ? namesIn(each) : []));
    return [handle, { partner, isResolved: given.every((name) => partner.values.has(name)) }];
  });
  return {
    partners: new Map(found),
    problems: problems.filter(({ position }) => position !== null && namedFiles.has(position.file)),
  };
}

/** The fields that a map gives, in whatever form. */
function namesIn(data: Readonly<Record<string, unknown>>): string[] {
  const nowhere = { file: '', line: 1, column: 1 };
  const lookup = { valueAt: () => nowhere, isMerged: () => false };
  return [...valuesGiven({ data, from: 'partner' }, lookup, () => undefined).keys()];
}

/** Before parsing YAML that may be about anything: whether it could be a file of partners. */
export function mayHoldPartners({ text }: Pick<SourceFile, 'text'>): boolean {
  return /\bversion\b/.test(text) && /\b(?:partners|catalog|defaults|pins)\b/.test(text);
}
