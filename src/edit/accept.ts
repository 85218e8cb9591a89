/** Accepts drift: what the files must say so that they say what Introw holds. */

import { type Statement, stateable } from '../desired/can-state.ts';
import type { DesiredState, DesiredValue } from '../desired/state.ts';
import { type Field, fieldNamed, fields, sameValue, sectionOf } from '../fields.ts';
import { append } from '../grouped.ts';
import { isNone, type Json } from '../json.ts';
import type { Handle } from '../partner.ts';
import type { Change, FieldChange, Plan } from '../plan/plan.ts';
import type { Position } from '../problem.ts';
import { commentsIn } from '../yaml/trivia.ts';
import type { PartnerEdit } from './partner-edit.ts';

/** A live value that the files are to take over, and how. */
export type Taken = {
  readonly address: Handle;
  readonly field: string;
  /** What the files say now, and what Introw holds: catalog names where there are any. */
  readonly from: Json;
  readonly to: Json;
  /**
   * `stated` where the value is; `stated apart` as the partner's own line, since the value comes from elsewhere;
   * `unstated` and `ignored` where Introw holds nothing and a file has no way to say so.
   */
  readonly how: 'stated' | 'stated apart' | 'unstated' | 'ignored';
  /** The comments about a line that goes: they stay, since only people know whether they still hold. */
  readonly comments: readonly string[];
  /** Whether what the files say isn't committed: taking Introw's value would undo an edit of yours. */
  readonly uncommitted: boolean;
};

/** The fields of each handle that the files state otherwise than the last commit does. */
export type Uncommitted = ReadonlyMap<Handle, ReadonlySet<string>>;

/** A live value that the files can't take over. */
export type Left = { readonly address: Handle; readonly field: string; readonly why: string };

export type Acceptance = {
  readonly edits: ReadonlyMap<Handle, readonly PartnerEdit[]>;
  readonly taken: readonly Taken[];
  readonly left: readonly Left[];
};

/**
 * The fields in which what the files say isn't what they said in the last commit; a handle that the commit didn't have
 * is not among them.
 */
export function uncommittedFields(committed: DesiredState, desired: DesiredState): Uncommitted {
  const found = new Map<Handle, ReadonlySet<string>>();
  for (const [handle, { values }] of desired.partners) {
    const before = committed.partners.get(handle)?.values;
    if (before === undefined) continue;
    const changed = fields
      .filter((field) => !sameValue(field, values.get(field.name)?.value, before.get(field.name)?.value))
      .map(({ name }) => name);
    if (changed.length > 0) found.set(handle, new Set(changed));
  }
  return found;
}

/**
 * What of a drift document can be accepted. `only` names the fields to take, null takes all. With a base, what the files propose stays theirs.
 */
export function accept(
  drift: Plan,
  desired: DesiredState,
  only: ReadonlySet<string> | null,
  uncommitted: Uncommitted,
): Acceptance {
  const edits = new Map<Handle, PartnerEdit[]>();
  const taken: Taken[] = [];
  const left: Left[] = [];
  for (const change of drift.changes.filter(({ action }) => action === 'update')) {
    for (const row of change.fields.filter((each) => isDrift(each) && (only?.has(each.field) ?? true))) {
      const field = fieldNamed(row.field);
      const stated = statementOf(field, row.before);
      if ('why' in stated) {
        left.push({ address: change.address, field: row.field, why: stated.why });
        continue;
      }
      const { edit, how } = decide(field, { ...row, before: stated.value }, desired, change);
      append(edits, change.address, edit);
      const { address } = change;
      taken.push({
        address,
        field: row.field,
        from: row.afterName ?? row.after,
        to: row.beforeName ?? stated.value,
        how,
        comments: how === 'unstated' ? commentsAbout(desired, row.position) : [],
        uncommitted: uncommitted.get(address)?.has(row.field) ?? false,
      });
    }
  }
  return { edits, taken, left };
}

/** How the files can say what Introw holds. */
function statementOf(field: Field, live: Json): Statement {
  if (isNone(live))
    return field.identity === 'name'
      ? { why: 'Introw has no name for it, and in a file every partner has one.' }
      : { value: live };
  const stated = stateable(field, live);
  return 'why' in stated ? { why: `Introw's value ${stated.why}.` } : stated;
}

/** What is left of an acceptance when some partners' lines turn out not to be theirs alone to change. */
export function without(
  { edits, taken, left }: Acceptance,
  refused: ReadonlyMap<Handle, string>,
): Acceptance {
  const kept = <T>(entries: Iterable<readonly [Handle, T]>) =>
    [...entries].filter(([handle]) => !refused.has(handle));
  return {
    edits: new Map(kept(edits)),
    taken: taken.filter(({ address }) => !refused.has(address)),
    left: [
      ...left,
      ...taken.flatMap(({ address, field }) => {
        const why = refused.get(address);
        return why === undefined ? [] : [{ address, field, why }];
      }),
    ],
  };
}

/** An acceptance that leaves alone what nobody has committed yet, of all partners but those that were named. */
export function withoutUncommitted(acceptance: Acceptance, named: ReadonlySet<string>): Acceptance {
  const isKept = ({ address, uncommitted }: Taken) => !uncommitted || named.has(address);
  const spared = acceptance.taken.filter((each) => !isKept(each));
  const isSpared = (handle: Handle, field: string) =>
    spared.some((each) => each.address === handle && each.field === field);
  const edits = [...acceptance.edits].map(([handle, list]): [Handle, readonly PartnerEdit[]] => [
    handle,
    list.filter((edit) => !('field' in edit) || !isSpared(handle, edit.field.name)),
  ]);
  return {
    edits: new Map(edits.filter(([, list]) => list.length > 0)),
    taken: acceptance.taken.filter(isKept),
    left: [
      ...acceptance.left,
      ...spared.map(({ address, field }) => ({
        address,
        field,
        why: `this is an edit of yours that isn't committed. To take Introw's value, run accept ${address}.`,
      })),
    ],
  };
}

/** The comment at the end of a partner's line and those right above it, indented like it. */
function commentsAbout({ files }: DesiredState, { file, line }: Position): string[] {
  const lines = files.find(({ path }) => path === file)?.text.split('\n') ?? [];
  const own = lines[line - 1] ?? '';
  const indent = own.slice(0, own.search(/\S|$/));
  const before = lines.slice(0, line - 1);
  const above = before.slice(before.findLastIndex((each) => !each.startsWith(`${indent}#`)) + 1);
  return [...above.map((each) => each.trim()), ...commentsIn(own)];
}

function isDrift(row: FieldChange): boolean {
  return !row.writeOnly && row.origin !== 'proposed';
}

function decide(
  field: Field,
  row: FieldChange,
  desired: DesiredState,
  { address }: Change,
): { edit: PartnerEdit; how: Taken['how'] } {
  const now: DesiredValue | undefined = desired.partners.get(address)?.values.get(field.name);
  if (row.before !== null || field.clearable) {
    const edit: PartnerEdit = { kind: 'set', field, value: row.before, name: row.beforeName };
    return { edit, how: now?.from === 'partner' ? 'stated' : 'stated apart' };
  }
  // A file can't say "none" here. What the partner doesn't say itself can only be kept off by leaving the field to the CRM.
  return now?.from !== 'partner' || sectionOf(field).some(({ name }) => desired.defaults.values.has(name))
    ? { edit: { kind: 'ignore', field }, how: 'ignored' }
    : { edit: { kind: 'drop', field }, how: 'unstated' };
}
