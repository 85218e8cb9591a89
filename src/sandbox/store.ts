/** The partners of a sandbox, and what Introw's calls do to them. */
import { type Field, fieldNamed, fields } from '../fields.ts';
import { foldName } from '../folding.ts';
import { documentedMembers } from '../introw/answer-shape.ts';
import { type KeepingName, keptAs } from './keeping.ts';
import type { Seed } from './seed.ts';

/** A partner as the sandbox keeps it: what the API returns, and under their wire names the fields that it never returns. */
export type StoredPartner = Record<string, unknown> & { readonly id: string };

export type Store = {
  readonly all: () => readonly StoredPartner[];
  /** By Introw's id or the CRM's. */
  readonly find: (id: string) => StoredPartner | undefined;
  /** The partner that a create would update: one with that name or that domain. */
  readonly twin: (body: Readonly<Record<string, unknown>>) => StoredPartner | undefined;
  readonly create: (body: Readonly<Record<string, unknown>>) => StoredPartner;
  readonly update: (partner: StoredPartner, body: Readonly<Record<string, unknown>>) => StoredPartner;
  /** Takes a partner away, as people can in Introw's app; undefined where there is none. */
  readonly remove: (id: string) => StoredPartner | undefined;
};

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export function createStore(seed: Seed, keeping: readonly KeepingName[] = []): Store {
  const partners = new Map<string, StoredPartner>();
  let made = 0;
  /** All of them in order, until one comes or goes: each page of a list is cut from it. */
  let listed: readonly StoredPartner[] | null = null;
  const freeId = () => {
    do made++;
    while (partners.has(idOf(made)));
    return idOf(made);
  };
  const insert = (given: Readonly<Record<string, unknown>>) => {
    const now = new Date().toISOString();
    const id = typeof given.id === 'string' ? given.id : freeId();
    const partner = { ...blank, createdAt: now, updatedAt: now, ...given, id };
    partners.set(id, partner);
    listed = null;
    return partner;
  };
  const find = (id: string) =>
    partners.get(id) ?? [...partners.values()].find((partner) => partner.externalId === id);
  for (const partner of seed.partners) insert(partner);
  return {
    all: () => {
      listed ??= [...partners.values()];
      return listed;
    },
    find,
    twin: ({ name, domain }) =>
      [...partners.values()].find((partner) => same(partner.name, name) || same(partner.domain, domain)),
    create: (body) => insert(stored(keptAs(keeping, body))),
    update: (partner, body) => {
      const values = stored(keptAs(keeping, body));
      if (
        Object.entries(values).every(
          ([name, value]) => JSON.stringify(partner[name]) === JSON.stringify(value),
        )
      )
        return partner;
      return Object.assign(partner, values, { updatedAt: new Date().toISOString() });
    },
    remove: (id) => {
      const partner = find(id);
      if (partner !== undefined) partners.delete(partner.id);
      listed = null;
      return partner;
    },
  };
}

/** What a partner has before anything is set. Every partner always has a phase. */
const blank = {
  ...(Object.assign({}, ...fields.map(({ answered }) => answered(null))) as Record<string, unknown>),
  name: null,
  domain: null,
  externalCompanyId: null,
  externalId: null,
  externalIdType: null,
  managerEmail: null,
  categories: [],
  tierId: null,
  phaseId: 'phase_default',
  owner: null,
  manager: null,
  experienceTemplateId: null,
  partnerObjectCrmProperties: {},
  companyCrmProperties: {},
  crmProperties: {},
  status: 'active',
};

/** What a partner in a seed may hold: what Introw returns, and what it never does. */
export const partnerMembers: readonly string[] = [
  ...new Set([...documentedMembers, ...fields.flatMap(membersOf)]),
];

function membersOf({ wire, returned, answered }: Field): string[] {
  return returned === 'no' ? [wire] : Object.keys(answered(null));
}

/** What a partner holds after a write. A field without the one that it needs has no effect. */
function stored(body: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const taken = fields.filter(
    ({ wire, needs }) =>
      body[wire] !== undefined && (needs === null || body[fieldNamed(needs).wire] !== undefined),
  );
  return Object.assign(
    {},
    ...taken.map(({ wire, returned, answered }) =>
      returned === 'no' ? { [wire]: body[wire] } : answered(body[wire]),
    ),
  ) as Record<string, unknown>;
}

function same(one: unknown, other: unknown): boolean {
  return typeof one === 'string' && typeof other === 'string' && foldName(one) === foldName(other);
}

/** Ids that look like Introw's and are the same in every run. */
function idOf(number: number): string {
  let rest = number;
  let text = '';
  for (let i = 0; i < 26; i++) {
    text = (crockford[rest % 32] ?? '0') + text;
    rest = Math.floor(rest / 32);
  }
  return `ptn_${text}`;
}
