/** What to read from Introw: the cheapest that answers the question, since every request costs a credit. */
import type { DesiredPartner, DesiredState } from '../desired/state.ts';
import { identities, sameValue } from '../fields.ts';
import type { Pin, Reading } from '../introw/api.ts';
import { type Handle, type LivePartner, type LiveState, listPageSize, type PartnerId } from '../partner.ts';
import type { BaseState } from './base.ts';
import { indexLive } from './live.ts';
import { agrees, identityHits } from './match.ts';
import type { Plan } from './plan.ts';

/** What is to be planned, as far as it is known before anything is read. */
export type Question = {
  readonly kind: Plan['kind'];
  readonly desired: DesiredState;
  readonly base: BaseState | null;
  /** The chosen handles; null for all, which only the list can answer for. */
  readonly selection: ReadonlySet<Handle> | null;
};

/** Single partners where all chosen handles are pinned and a list would cost more; else the list. */
export function chooseReading(question: Question): Reading {
  const { desired, selection } = question;
  if (selection === null) return { kind: 'list' };
  const targets = targetsOf(question);
  const pins = targets.flatMap(pinOf);
  if (pins.length < targets.length || pins.length > pagesOf(desired.partners.size)) return { kind: 'list' };
  if (targets.some((target) => isRenamedSinceBase(target, question))) return { kind: 'list' };
  return { kind: 'each', pins: [...pins, ...guardPin(desired.organisation.contains, pins)] };
}

/**
 * Whether partners that were read one by one leave something that only the list can answer: a name or a domain is to
 * change, and everybody's names decide whether it may; an external id led to a partner that may be another one; another
 * handle may be the same partner; or most aren't there, as with a key of another organisation.
 */
export function needsList(question: Question, live: LiveState): boolean {
  if (live.complete) return false;
  const targets = targetsOf(question);
  const found = live.partners.flatMap((partner) => {
    const target = targets.find((each) => isPinnedTo(each, partner));
    return target === undefined ? [] : [{ partner, target }];
  });
  const { contains } = question.desired.organisation;
  const others = live.partners.filter((each) => !found.some(({ partner }) => partner === each));
  return (
    others.some(({ id }) => id !== contains || targets.some(({ externalId }) => externalId === id)) ||
    mostAreGone(targets.length - found.length, found.length) ||
    found.some(({ target, partner }) => mayBeAnother(target, partner, question)) ||
    othersClaim(
      question,
      found.map(({ partner }) => partner),
    )
  );
}

/** Whether so few of the pinned partners are live that the key is probably of another organisation. */
export function mostAreGone(gone: number, found: number): boolean {
  return gone >= 2 && gone > found;
}

/** Whether what a pin led to may be another partner, or is to get a name or a domain that another may have. */
function mayBeAnother(target: DesiredPartner, partner: LivePartner, { base, kind }: Question): boolean {
  const atBase = base?.partners.get(target.handle);
  const isSure =
    target.id !== null || agrees(target, partner) || (atBase !== undefined && agrees(atBase, partner));
  return !isSure || (kind === 'plan' && isToBeRenamed(target, partner));
}

/**
 * What to read to learn whether a plan still holds: the list where others may have its names now, else what is cheaper.
 * `listPages` is null where the list wasn't read, because its partners alone were cheaper.
 */
export function recheck({ changes, organisation }: Checked, listPages: number | null): Reading {
  const todo = changes.filter((change) => change.action !== 'none');
  const own = todo.flatMap(({ partner }): Pin[] => (partner === null ? [] : [{ by: 'id', id: partner.id }]));
  const renames = todo.some(({ fields }) => fields.some(({ field }) => identityNames.has(field)));
  if (renames || own.length < todo.length) return { kind: 'list' };
  const pins = [...own, ...guardPin(organisation.contains, own)];
  return listPages !== null && pins.length > listPages ? { kind: 'list' } : { kind: 'each', pins };
}

/** The same for a plan that was saved, at the cost that it states. */
export function savedReading(plan: Plan): Reading {
  const { requestsToApply, requestsToApplySaved } = plan.cost;
  return recheck(plan, requestsToApplySaved - requestsToApply);
}

/** How many requests a reading takes; `listPages` is how many the list has. */
export function requestsFor(reading: Reading, listPages: number | null): number {
  return reading.kind === 'each' ? reading.pins.length : (listPages ?? 1);
}

type Checked = Pick<Plan, 'changes' | 'organisation'>;

/** How many requests reading the list takes: as many as it took, or as its partners need. */
export function listCost({ listRequests, partners }: LiveState): number {
  return listRequests ?? Math.max(1, pagesOf(partners.length));
}

/** How many requests a list of that many partners takes. */
function pagesOf(partners: number): number {
  return Math.ceil(partners / listPageSize);
}

const identityFields = Object.values(identities);
const identityNames: ReadonlySet<string> = new Set(identityFields.map(({ name }) => name));

function targetsOf({ desired, selection }: Question): DesiredPartner[] {
  return [...desired.partners.values()].filter(({ handle }) => selection?.has(handle) ?? true);
}

function pinOf(partner: DesiredPartner): Pin[] {
  if (partner.id !== null) return [{ by: 'id', id: partner.id }];
  return partner.externalId === null ? [] : [{ by: 'externalId', id: partner.externalId }];
}

/** The partner that must be there, where something is read and it isn't among it. */
function guardPin(contains: PartnerId | null, pins: readonly Pin[]): Pin[] {
  if (contains === null || pins.length === 0 || pins.some(({ id }) => id === contains)) return [];
  return [{ by: 'id', id: contains }];
}

function isPinnedTo({ id, externalId }: DesiredPartner, partner: LivePartner): boolean {
  return id === partner.id || (externalId !== null && externalId === partner.externalId);
}

/** The files say another name or domain than the base: that is known before anything is read. */
function isRenamedSinceBase(target: DesiredPartner, { kind, base }: Question): boolean {
  const atBase = base?.partners.get(target.handle);
  return (
    kind === 'plan' &&
    atBase !== undefined &&
    stated(target).some(([field, value]) => !sameValue(field, value, atBase.values.get(field.name)?.value))
  );
}

function isToBeRenamed(target: DesiredPartner, { values }: LivePartner): boolean {
  return stated(target).some(([field, value]) => !sameValue(field, value, values[field.name]));
}

/** What the files give of name and domain, but for what they leave to the CRM. */
function stated({ values, ignore }: DesiredPartner) {
  return identityFields.flatMap((field) => {
    const given = values.get(field.name);
    return given === undefined || ignore.has(field.name) ? [] : [[field, given.value] as const];
  });
}

/** Whether a handle that isn't chosen may be one of these partners as well. */
function othersClaim({ desired, selection }: Question, partners: readonly LivePartner[]): boolean {
  const index = indexLive({ partners });
  return [...desired.partners.values()].some((other) => {
    if (selection?.has(other.handle) !== false) return false;
    if (other.id !== null) return index.byId.has(other.id);
    const byExternalId = other.externalId !== null && index.byExternalId.has(other.externalId);
    return byExternalId || identityHits(index, other).length > 0;
  });
}
