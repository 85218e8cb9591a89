/**
 * Worlds as messy as real ones, and a model of Introw that shares no code with the tool. Names and domains are spellings
 * of a few known ones, so which of them are the same is known from how they were made and not from folding them.
 */
import fc from 'fast-check';
import type { Change } from '../../src/plan/plan.ts';
import type { FilePartner } from './world.ts';

const names: Readonly<Record<string, readonly string[]>> = {
  acme: ['Acme', 'ACME', 'acme', ' acme ', 'Ac\u200bme', 'Ａｃｍｅ'],
  street: ['Straße', 'STRASSE', 'strasse', 'Stra\u00adße'],
  initech: ['Initech Inc', 'Initech  Inc', 'INITECH\u00a0INC'],
  cafe: ['Café', 'Cafe\u0301', 'CAFÉ'],
  globex: ['Globex', 'globex'],
  hooli: ['Hooli'],
  stark: ['Stark', 'STARK'],
  wayne: ['Wayne & Söhne', 'WAYNE & SÖHNE'],
  umbrella: ['Umbrella'],
  nakatomi: ['ﾅｶﾄﾐ', 'ナカトミ'],
};
const bareDomains: Readonly<Record<string, readonly string[]>> = {
  acme: ['acme.example', 'ACME.example', 'acme.example.'],
  books: ['bücher.example', 'xn--bcher-kva.example', 'BÜCHER.example'],
  globex: ['globex.example'],
  hooli: ['hooli.example'],
};
/** In Introw people write whatever they like. */
const liveDomains: Readonly<Record<string, readonly string[]>> = {
  ...bareDomains,
  acme: ['acme.example', 'https://acme.example/', 'http://u:p@Acme.example.:80/x?y', 'acme.example\u00a0'],
  books: ['bu\u0308cher.example', 'https://xn--bcher-kva.example'],
};

function meaningsOf(spellings: Readonly<Record<string, readonly string[]>>): [string, string][] {
  return Object.entries(spellings).flatMap(([meaning, all]) =>
    all.map((each): [string, string] => [each, meaning]),
  );
}

const nameMeanings = new Map(meaningsOf(names));
const domainMeanings = new Map([...meaningsOf(bareDomains), ...meaningsOf(liveDomains)]);
const spelling = (of: Readonly<Record<string, readonly string[]>>) =>
  fc.constantFrom(...Object.values(of).flat());
/** A file gives no white space around a name; Introw may. */
const fileNames = spelling(names).filter((name) => name === name.trim());
const maybe = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined });

export type LiveRecord = Record<string, unknown> & { readonly id: string };

const handles = ['a', 'b', 'c', 'd'] as const;
const tiers = fc.constantFrom('t1', 't2', 't3');

const filePartner = fc
  .record({
    pin: fc.oneof(
      { weight: 5, arbitrary: fc.constant({}) },
      { weight: 3, arbitrary: fc.constantFrom('p0', 'p1', 'p2', 'p3').map((id) => ({ id })) },
      { weight: 1, arbitrary: fc.constantFrom('x0', 'x1', 'p0').map((externalId) => ({ externalId })) },
    ),
    name: fileNames,
    domain: maybe(fc.option(spelling(bareDomains))),
    tierId: maybe(tiers),
    ignore: maybe(fc.constantFrom(['name'], ['domain'], ['tier'])),
  })
  .map(
    ({ pin, ...rest }): FilePartner =>
      Object.fromEntries(Object.entries({ ...pin, ...rest }).filter(([, value]) => value !== undefined)),
  );

export const filesArbitrary = fc.dictionary(fc.constantFrom(...handles), filePartner);

const livePartner = fc.record({
  name: fc.option(spelling(names), { freq: 8 }),
  domain: fc.option(spelling(liveDomains)),
  externalId: fc.option(fc.constantFrom('x0', 'x1', 'p0')),
  tierId: fc.option(tiers),
  phaseId: fc.constant('ph'),
});

export const liveArbitrary: fc.Arbitrary<LiveRecord[]> = fc
  .array(livePartner, { minLength: 2, maxLength: 5 })
  .map((all) => all.map((partner, index) => ({ id: `p${index}`, ...partner })));

/** What the files said before: handles that were called otherwise, were not there, or said something else. */
export const baseArbitrary = fc.dictionary(
  fc.constantFrom(...handles, 'old'),
  fc
    .record({ name: fileNames, domain: maybe(spelling(bareDomains)), tierId: maybe(tiers) })
    .map(
      (partner): FilePartner =>
        Object.fromEntries(Object.entries(partner).filter(([, value]) => value !== undefined)),
    ),
);

export type Identity = 'name' | 'domain';

/** What a name or a domain means; null where there is none. */
export function meaningOf(field: Identity, value: unknown): string | null {
  if (typeof value !== 'string') return null;
  return (field === 'name' ? nameMeanings : domainMeanings).get(value) ?? value;
}

/** The pairs of partners that are the same in name, or in domain: `name p0 p1`. */
export function equalPairs(partners: readonly LiveRecord[]): Set<string> {
  const pairs = new Set<string>();
  for (const field of ['name', 'domain'] as const)
    for (const one of partners)
      for (const other of partners) {
        const meaning = meaningOf(field, one[field]);
        if (one.id < other.id && meaning !== null && meaning === meaningOf(field, other[field]))
          pairs.add(`${field} ${one.id} ${other.id}`);
      }
  return pairs;
}

/** What Introw does with the changes, one after the other: PATCH by id; POST changes whoever has the name or the domain. */
export function carryOut(live: readonly LiveRecord[], changes: readonly Change[]) {
  const partners = live.map((partner) => ({ ...partner }));
  const merged: string[] = [];
  for (const change of changes) {
    const sent = Object.fromEntries(
      change.fields.map(({ field, after }) => [field === 'tier' ? 'tierId' : field, after]),
    );
    const isSame = (partner: LiveRecord, field: Identity) =>
      meaningOf(field, sent[field]) !== null &&
      meaningOf(field, sent[field]) === meaningOf(field, partner[field]);
    const twin = partners.find((partner) => isSame(partner, 'name') || isSame(partner, 'domain'));
    const target = change.partner === null ? twin : partners.find(({ id }) => id === change.partner?.id);
    if (change.partner === null && twin !== undefined) merged.push(change.address);
    if (target !== undefined) Object.assign(target, sent);
    else
      partners.push({ id: `new-${change.address}`, domain: null, externalId: null, tierId: null, ...sent });
  }
  return { partners, merged };
}
