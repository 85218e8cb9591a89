/**
 * Reads files again after an edit, but not the partners that say what they said: an entry with the same text in the same
 * surroundings means the same. Each file is read without those entries, as every file is read, and the partners of both
 * are put together. Where text can change its meaning without being changed, all of it is read.
 */

import type { SourceFile } from '../files/read.ts';
import { grouped } from '../grouped.ts';
import type { Handle } from '../partner.ts';
import { Failure, type Position, type Warning } from '../problem.ts';
import { type ChangedPart, changedPart } from './changed-part.ts';
import { loadDesired } from './load.ts';
import { checkOwners } from './pins.ts';
import type { DesiredPartner, DesiredState, DesiredValue } from './state.ts';

/** What `loadDesired` gives for the files, with warnings in the order of lines; `before` is what they said before an edit. */
export function reloadDesired(before: DesiredState, files: readonly SourceFile[]): DesiredState {
  return reloadChanged(before, files) ?? loadDesired(files);
}

/** Null where everything must be read. */
function reloadChanged(before: DesiredState, files: readonly SourceFile[]): DesiredState | null {
  if (files.length !== before.files.length) return null;
  const parts: ChangedPart[] = [];
  for (const [at, file] of files.entries()) {
    const earlier = before.files[at];
    const part = earlier?.path === file.path ? changedPart(earlier.text, file) : null;
    if (part === null) return null;
    parts.push(part);
  }
  if (parts.every(({ kept }) => kept.size === 0)) return null;
  try {
    return joined(before, files, parts, loadDesired(parts.map(({ source }) => source)));
  } catch (error) {
    // What is wrong is explained best by reading everything, of which it may only be a part.
    if (error instanceof Failure) return null;
    throw error;
  }
}

/** The partners of both in the order of the files; null where they don't go together. */
function joined(
  before: DesiredState,
  files: readonly SourceFile[],
  parts: readonly ChangedPart[],
  read: DesiredState,
): DesiredState | null {
  const byPath = new Map(parts.map((part) => [part.source.path, part]));
  const fromBefore = (at: Position) => moveTo(at, byPath.get(at.file)?.fromBefore(at.line));
  const fromRead = (at: Position) => moveTo(at, byPath.get(at.file)?.fromRead(at.line));
  const known = byFile(before.partners.values());
  const fresh = byFile([...read.partners.values()].map((partner) => moved(partner, fromRead)));
  const all = parts.flatMap(({ source: { path }, entries, kept }) => {
    if (entries === null) return fresh.get(path) ?? [];
    const [knownAt, freshAt] = [byLine(known.get(path)), byLine(fresh.get(path))];
    return entries.map((line) => {
      const partner = knownAt.get(kept.get(line) ?? 0);
      return partner === undefined ? freshAt.get(line) : moved(partner, fromBefore);
    });
  });
  const partners = new Map<Handle, DesiredPartner>();
  for (const partner of all) if (partner !== undefined) partners.set(partner.handle, partner);
  let isSound = partners.size === all.length;
  checkOwners(partners, () => {
    isSound = false;
  });
  if (!isSound) return null;
  const { organisation, catalog, settings, pinsFile } = read;
  const defaults = { ...read.defaults, values: movedValues(read.defaults.values, fromRead) };
  return {
    organisation,
    catalog,
    settings,
    defaults,
    partners,
    pinsFile,
    files,
    // Both look for them when they are asked.
    get warnings() {
      const kept = before.warnings.filter(({ position }) => isKept(position, byPath));
      return inOrder([...moveAll(kept, fromBefore), ...moveAll(read.warnings, fromRead)], files);
    },
  };
}

function byFile(partners: Iterable<DesiredPartner>): Map<string, DesiredPartner[]> {
  return grouped(partners, ({ position }) => position.file);
}

function byLine(partners: readonly DesiredPartner[] = []): Map<number, DesiredPartner> {
  return new Map(partners.map((partner) => [partner.position.line, partner]));
}

type MovePosition = (position: Position) => Position;

/** The same object where nothing moves. */
function moveTo(position: Position, line: number | null | undefined): Position {
  return line === position.line || line == null ? position : { ...position, line };
}

function moved(partner: DesiredPartner, move: MovePosition): DesiredPartner {
  const position = move(partner.position);
  const pinPosition = partner.pinPosition === null ? null : move(partner.pinPosition);
  const values = movedValues(partner.values, move);
  const stays =
    position === partner.position && pinPosition === partner.pinPosition && values === partner.values;
  return stays ? partner : { ...partner, position, pinPosition, values };
}

function movedValues(
  values: ReadonlyMap<string, DesiredValue>,
  move: MovePosition,
): ReadonlyMap<string, DesiredValue> {
  let stays = true;
  const all = [...values].map(([name, value]): [string, DesiredValue] => {
    const position = move(value.position);
    const namedAt = value.namedAt === null ? null : move(value.namedAt);
    if (position === value.position && namedAt === value.namedAt) return [name, value];
    stays = false;
    return [name, { ...value, position, namedAt }];
  });
  return stays ? values : new Map(all);
}

function isKept(position: Position | null, parts: ReadonlyMap<string, ChangedPart>): boolean {
  const part = position === null ? undefined : parts.get(position.file);
  return part?.entries != null && part.fromBefore(position?.line ?? 0) !== null;
}

function moveAll(warnings: readonly Warning[], move: MovePosition): Warning[] {
  return warnings.map((each) => (each.position === null ? each : { ...each, position: move(each.position) }));
}

function inOrder(warnings: readonly Warning[], files: readonly SourceFile[]): Warning[] {
  const rank = new Map(files.map(({ path }, at) => [path, at]));
  const fileOf = ({ position }: Warning) => rank.get(position?.file ?? '') ?? 0;
  const lineOf = ({ position }: Warning) => position?.line ?? 0;
  return [...warnings].sort((one, other) => fileOf(one) - fileOf(other) || lineOf(one) - lineOf(other));
}
