/**
 * Gives a handle or a catalog name another name, and follows every use. Written on the syntax tree, since a use may come
 * from an alias or a merge; the result is read again and must mean the same as before, so what can't be followed
 * changes nothing.
 */
import { isAlias, isMap, isScalar, isSeq, type Node } from 'yaml';
import { meaningOf } from '../desired/meaning.ts';
import { reloadDesired } from '../desired/reload.ts';
import type { DesiredState } from '../desired/state.ts';
import { type CatalogKind, catalogKinds, fields } from '../fields.ts';
import type { SourceFile } from '../files/read.ts';
import { Failure, failure } from '../problem.ts';
import { entryNamed } from '../yaml/map.ts';
import { parseYaml, withoutMark } from '../yaml/parse.ts';
import { quotingOf, scalarText } from '../yaml/scalar.ts';
import { applySplices } from '../yaml/splice.ts';
import type { EditedFile } from './amendment.ts';

/** What is called so: a handle, or a name in a catalog. */
export type Named = { readonly kind: 'handle' | CatalogKind; readonly from: string; readonly to: string };

/** The files that change. Throws EDIT_UNSAFE where they would then mean something else. */
export function rename(state: DesiredState, named: Named): EditedFile[] {
  const files = state.files.map((file) => renameIn(file, named));
  refuseOtherMeaning(state, files, named);
  return files.filter(({ before, after }) => before !== after);
}

function renameIn({ path, text: before }: SourceFile, named: Named): EditedFile {
  const text = withoutMark(before);
  const mark = before.length - text.length;
  const { document } = parseYaml(text);
  const found = new Set<Node>();
  const uses = usesIn(document, found, named);
  if (named.kind === 'handle') {
    for (const section of ['partners', 'pins']) uses.key([section]);
  } else {
    uses.key(['catalog', named.kind]);
    for (const field of fields.filter(({ catalog }) => catalog === named.kind)) {
      uses.value(['partners', null, ...field.path]);
      uses.value(['defaults', ...field.path]);
    }
    if (named.kind === 'tiers') uses.value(['settings', 'tierOrder', null]);
  }
  const splices = [...found].map((node) => {
    const [start = 0, end = 0] = node.range ?? [];
    return {
      start: start + mark,
      end: end + mark,
      text: scalarText(named.to, quotingOf(text.slice(start, end))),
    };
  });
  return { path, before, after: applySplices(before, splices) };
}

/** Adds to `found` the scalars that name it, at a path of keys in which null is every entry. */
function usesIn(document: ReturnType<typeof parseYaml>['document'], found: Set<Node>, { from }: Named) {
  const target = (node: Node | null | undefined): Node | null =>
    isAlias(node) ? (node.resolve(document) ?? null) : (node ?? null);
  const note = (node: Node | null) => {
    if (isScalar(node) && node.value === from) found.add(node);
  };
  const below = (given: Node | null, [key, ...rest]: readonly (string | null)[]): void => {
    const node = target(given);
    if (key === undefined) {
      note(node);
      return;
    }
    if (isSeq<Node>(node)) for (const item of node.items) below(item, key === null ? rest : [key, ...rest]);
    if (!isMap<Node, Node | null>(node)) return;
    for (const entry of node.items) {
      const name = isScalar(entry.key) ? String(entry.key.value) : null;
      if (name === '<<') below(entry.value, [key, ...rest]);
      else if (key === null || name === key) below(entry.value, rest);
    }
  };
  return {
    value: (path: readonly (string | null)[]) => below(document.contents, path),
    key: (path: readonly string[]) => {
      const section = path.reduce<Node | null>(
        (node, key) => target(entryNamed(node, key)?.value),
        document.contents,
      );
      const entry = entryNamed(section, from);
      if (entry !== undefined) found.add(entry.key);
    },
  };
}

function refuseOtherMeaning(before: DesiredState, files: readonly EditedFile[], named: Named): void {
  try {
    const after = reloadDesired(
      before,
      files.map(({ path, after: text }) => ({ path, text })),
    );
    if (meaningText(after, null) === meaningText(before, named)) return;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw unsafe(error.problems[0].message, error);
  }
  throw unsafe('something else would change its meaning, too');
}

/** All that files mean; of a state before a renaming, with the new name. */
function meaningText(
  { partners, catalog, defaults, settings, organisation }: DesiredState,
  named: Named | null,
) {
  const called = (kind: Named['kind'] | null, name: string | null) =>
    named !== null && named.kind === kind && name === named.from ? named.to : name;
  const kindOf = new Map(fields.map(({ name, catalog: kind }) => [name, kind]));
  const namesIn = (values: DesiredState['defaults']['values']) =>
    [...values].map(([field, { name, value }]) => [field, value, called(kindOf.get(field) ?? null, name)]);
  return JSON.stringify([
    [...partners].map(([handle, partner]) => {
      const { id, externalId, ignore } = meaningOf(partner);
      return [called('handle', handle), id, externalId, [...ignore], namesIn(partner.values)];
    }),
    catalogKinds.map((kind) => [kind, [...catalog[kind]].map(([name, id]) => [called(kind, name), id])]),
    namesIn(defaults.values),
    [...defaults.ignore],
    settings,
    organisation,
  ]);
}

function unsafe(why: string, cause?: unknown): Failure {
  const message = `The name can't be changed without changing more than was asked: ${why.replace(/\.$/, '')}.`;
  return failure('EDIT_UNSAFE', message, { cause });
}
