/** Doubts about who a handle is: each belongs to one handle, names the candidates, and says how to resolve it. */

import type { DesiredPartner } from '../desired/state.ts';
import { firstOf } from '../english.ts';
import { isPublishing } from '../fields.ts';
import type { Handle, LivePartner } from '../partner.ts';
import { type Position, type ProblemCode, problem } from '../problem.ts';
import { shellWord } from '../shell-word.ts';
import { spelledOut } from '../spelled-out.ts';
import type { Blocked, PartnerRef } from './plan.ts';

export type Doubt = Required<Blocked> & {
  readonly address: Handle;
  /** The candidates that the handle may be pinned to. */
  readonly pinnable: readonly PartnerRef[];
};

/** Whether what blocks is about one handle; guards are about the plan. */
export function isDoubt({ address }: Blocked): boolean {
  return address != null;
}

type More = {
  readonly candidates?: readonly PartnerRef[];
  /** The candidates that the handle may be pinned to; all of them where it isn't given. */
  readonly pinnable?: readonly PartnerRef[];
  readonly hint?: string;
  readonly position?: Position | null;
};

/** A doubt about a handle. */
export function doubt(code: ProblemCode, partner: DesiredPartner, message: string, more: More = {}): Doubt {
  const { candidates = [], pinnable = candidates, position = partner.position } = more;
  const { hint } = problem(code, message);
  return {
    code,
    message,
    hint: more.hint ?? hint,
    address: partner.handle,
    candidates: candidates.map(reference),
    pinnable,
    position,
  };
}

/**
 * The doubt as a plan has it: its hint also says how to pin the handle to each candidate, but for those that some handle
 * is pinned to (`taken`), since that pin would be refused.
 */
export function withWayOut({ pinnable, ...blocked }: Doubt, taken: ReadonlySet<string>): Blocked {
  const wayOut = pinCommands(
    blocked.address,
    pinnable.filter(({ id }) => !taken.has(id)),
  );
  return { ...blocked, hint: [blocked.hint, wayOut].filter((part) => part !== '').join(' ') };
}

export function ambiguous(partner: DesiredPartner, why: string, candidates: readonly PartnerRef[]): Doubt {
  const message = `${partner.handle} could be more than one partner: ${why}: ${describeAll(candidates)}.`;
  return doubt('AMBIGUOUS_MATCH', partner, message, { candidates });
}

/** A name alone is a weak sign: with another domain it may well be another company of the same name. */
export function matchedByName(partner: DesiredPartner, live: LivePartner): Doubt {
  const message = `${partner.handle} has the name of ${describe(live)}, and another domain: ${spelledOut(partner.domain ?? '')}.`;
  return doubt('MATCHED_BY_NAME', partner, message, { candidates: [live] });
}

/** CRMs reuse and copy their ids, so one that leads to a partner of another name and domain proves nothing. */
export function externalIdMismatch(partner: DesiredPartner, live: LivePartner): Doubt {
  const message = `${partner.handle} has the external id of ${describe(live)}, and neither its name nor its domain.`;
  return doubt('EXTERNAL_ID_MISMATCH', partner, message, {
    candidates: [live],
    position: partner.pinPosition,
  });
}

export function pinNotLive(partner: DesiredPartner, pin: string, candidates: readonly LivePartner[]): Doubt {
  const message = `${partner.handle} is pinned to ${spelledOut(pin)}, and Introw has no such partner.`;
  const published = [...partner.values.keys()].some(isPublishing) ? ' and publish its portal' : '';
  const hint = `If it was deleted on purpose, remove the handle; to create it again${published}, remove its pin and, with a base, pass --recreate; to apply the others now, pass --exclude ${shellWord(partner.handle)}.`;
  return doubt('PIN_NOT_LIVE', partner, message, { candidates, hint, position: partner.pinPosition });
}

export function wasManaged(partner: DesiredPartner): Doubt {
  const message = `${partner.handle} was in the files at the base, and no partner in Introw matches it now.`;
  return doubt('WAS_MANAGED', partner, message);
}

const mostDescribed = 5;

/** Some live partners as messages name them. */
export function describeAll(partners: readonly PartnerRef[]): string {
  return firstOf(partners.map(describe), mostDescribed);
}

/** A live partner as messages name it. */
export function describe({ name, domain, id }: PartnerRef): string {
  const at = domain === null ? '' : ` <${spelledOut(domain)}>`;
  return `${name === null ? '(no name)' : spelledOut(name)}${at} ${id}`;
}

export function reference({ id, name, domain }: PartnerRef): PartnerRef {
  return { id, name, domain };
}

/** A handle as messages point to it. */
export function placed(partner: DesiredPartner): string {
  return `${partner.handle} (${partner.position.file}:${partner.position.line})`;
}

const mostCommands = 3;

function pinCommands(handle: Handle, candidates: readonly PartnerRef[]): string {
  if (candidates.length === 0) return '';
  const commands = candidates.slice(0, mostCommands).map(({ id }) => pinCommand(handle, id));
  const more = candidates.length > mostCommands ? ', …' : '';
  return `To pin it: ${commands.join(', or ')}${more}.`;
}

/** The command that pins a handle to a live partner. */
export function pinCommand(handle: Handle, id: string): string {
  return `introwctl pin ${shellWord(`${handle}=${id}`)}`;
}
