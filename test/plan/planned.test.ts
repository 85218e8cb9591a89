/** What planning finds out, from files, base and Introw to every part of the plan, as a text that shows each case. */
import { expect, test } from 'vitest';
import { loadDesired } from '../../src/desired/load.ts';
import type { Handle } from '../../src/partner.ts';
import type { BaseState } from '../../src/plan/base.ts';
import { wasManaged } from '../../src/plan/doubts.ts';
import type { PlanInput, Planned } from '../../src/plan/make-plan.ts';
import type { FieldChange, PartnerRef } from '../../src/plan/plan.ts';
import { liveOf, planOf } from './world.ts';

type Case = {
  readonly name: string;
  /** Lines of the file, without its version. */
  readonly files: readonly string[];
  readonly base?: readonly string[];
  readonly live?: readonly Record<string, unknown>[];
  readonly explainOnly?: readonly string[];
  readonly doubtAtBase?: string;
  readonly more?: Omit<Partial<PlanInput>, 'options' | 'live'> & { options?: Partial<PlanInput['options']> };
  readonly isPartial?: boolean;
};

const acme = { id: 'p0', name: 'Acme', domain: 'acme.example', tierId: 't1', owner: null };
const globex = { id: 'p1', name: 'Globex', domain: null, tierId: 't1', owner: null };
const set = (...handles: string[]) => new Set(handles as Handle[]);
const tiers = 'catalog: { tiers: { silver: t1, gold: t2 } }';
const partner = (handle: string, says: string) => ['partners:', `  ${handle}: { ${says} }`];

const cases: readonly Case[] = [
  {
    name: 'a create sends all that the files give, but for what is cleared or ignored only later',
    files: [
      tiers,
      'partners:',
      '  new:',
      '    name: New',
      '    domain: null',
      '    tier: gold',
      '    phaseId: ph',
      '    portal: { experienceId: e1, access: RESTRICTED_USERS }',
      '    ignore: [tier]',
    ],
    live: [],
  },
  {
    name: 'with a base, a create is proposed',
    files: partner('new', 'name: New'),
    base: ['partners: {}'],
    live: [],
  },
  {
    name: 'names come from the catalog, and an id that it lacks has none',
    files: [
      tiers,
      'partners:',
      '  acme: { id: p0, name: Acme, tier: gold }',
      '  globex: { id: p1, name: Globex, tierId: t2 }',
      '  hooli: { id: p2, name: Hooli, tierId: t9 }',
    ],
    live: [acme, { ...globex, tierId: 't8' }, { ...globex, id: 'p2', name: 'Hooli', tierId: null }],
  },
  {
    name: 'a name that can not be seen is nobody’s',
    files: partner('new', "name: '\u200b'"),
    live: [
      { ...acme, name: '\u200d' },
      { ...globex, name: '' },
    ],
  },
  {
    name: 'a value comes from the partner, from the defaults, or from what it merges',
    files: [
      'defaults: { phaseId: ph2 }',
      'x-common: &common { tierId: t2 }',
      'partners:',
      '  acme:',
      '    <<: *common',
      '    id: p0',
      '    name: Acme',
      '    domain: new.example',
    ],
    live: [{ ...acme, phaseId: 'ph1' }],
  },
  {
    name: 'a value comes from the catalog where the same name means another id than at the base',
    files: [
      'catalog: { tiers: { silver: t1, gold: t3 } }',
      ...partner('acme', 'id: p0, name: Acme, tier: gold'),
    ],
    base: [tiers, ...partner('acme', 'id: p0, name: Acme, tier: gold')],
  },
  {
    name: 'a name that means the same id as at the base is no change of the catalog',
    files: [tiers, ...partner('acme', 'id: p0, name: Acme, tier: gold')],
    base: [tiers, ...partner('acme', 'id: p0, name: Acme, tier: gold')],
  },
  {
    name: 'another name is a change of the partner, with what the base called it',
    files: [tiers, ...partner('acme', 'id: p0, name: Acme, tier: gold')],
    base: [tiers, ...partner('acme', 'id: p0, name: Acme, tier: silver')],
  },
  {
    name: 'an id at the base is called as the catalog calls it now',
    files: [tiers, ...partner('acme', 'id: p0, name: Acme, tier: gold')],
    base: partner('acme', 'id: p0, name: Acme, tierId: t1'),
  },
  {
    name: 'a field that both changed is a conflict',
    files: partner('acme', 'id: p0, name: Acme, tierId: t2'),
    base: partner('acme', 'id: p0, name: Acme, tierId: t3'),
  },
  {
    name: 'access is sent where the base said something else',
    files: partner('acme', 'id: p0, name: Acme, portal: { experienceId: e1, access: RESTRICTED_USERS }'),
    base: partner('acme', 'id: p0, name: Acme, portal: { experienceId: e1, access: RESTRICTED_DOMAINS }'),
    live: [{ ...acme, experienceTemplateId: 'e1' }],
  },
  {
    name: 'access is not sent where the base said the same',
    files: partner('acme', 'id: p0, name: Acme, portal: { experienceId: e1, access: RESTRICTED_USERS }'),
    base: partner('acme', 'id: p0, name: Acme, portal: { experienceId: e1, access: RESTRICTED_USERS }'),
    live: [{ ...acme, experienceTemplateId: 'e1' }],
  },
  {
    name: 'access is not sent without a base',
    files: partner('acme', 'id: p0, name: Acme, portal: { experienceId: e1, access: RESTRICTED_USERS }'),
    live: [{ ...acme, experienceTemplateId: 'e1' }],
  },
  {
    name: 'a portal that differs is sent complete, and what is not seen of it is no drift',
    files: partner('acme', 'id: p0, name: Acme, portal: { experienceId: e1, access: RESTRICTED_USERS }'),
    live: [{ ...acme, experienceTemplateId: 'e2' }],
  },
  {
    name: 'a portal that --publish names is sent in any case',
    files: partner(
      'acme',
      'id: p0, name: Acme, tierId: t1, portal: { experienceId: e1, access: RESTRICTED_USERS }',
    ),
    live: [{ ...acme, experienceTemplateId: 'e1' }],
    more: { options: { publish: set('acme') } },
  },
  {
    name: 'a portal that --publish names is proposed, even where it has drifted',
    files: partner('acme', 'id: p0, name: Acme, portal: { experienceId: e1, access: RESTRICTED_USERS }'),
    base: partner('acme', 'id: p0, name: Acme, portal: { experienceId: e1, access: RESTRICTED_USERS }'),
    live: [{ ...acme, experienceTemplateId: 'e2' }],
    more: { options: { publish: set('acme') } },
  },
  {
    name: 'a portal that --publish names is proposed, and what both changed of it stays a conflict',
    files: partner('acme', 'id: p0, name: Acme, portal: { experienceId: e1, access: RESTRICTED_USERS }'),
    base: partner('acme', 'id: p0, name: Acme, portal: { experienceId: e3, access: RESTRICTED_USERS }'),
    live: [{ ...acme, experienceTemplateId: 'e2' }],
    more: { options: { publish: set('acme'), overwriteConflicts: true } },
  },
  {
    name: 'a portal that has drifted is put back complete',
    files: partner('acme', 'id: p0, name: Acme, portal: { experienceId: e1, access: RESTRICTED_USERS }'),
    base: partner('acme', 'id: p0, name: Acme, portal: { experienceId: e1, access: RESTRICTED_USERS }'),
    live: [{ ...acme, experienceTemplateId: 'e2' }],
  },
  {
    name: 'drift of a portal is what is seen of it',
    files: partner('acme', 'id: p0, name: Acme, portal: { experienceId: e1, access: RESTRICTED_USERS }'),
    base: partner('acme', 'id: p0, name: Acme, portal: { experienceId: e1, access: RESTRICTED_USERS }'),
    live: [{ ...acme, experienceTemplateId: 'e2' }],
    more: { kind: 'drift' },
  },
  {
    name: '--only proposed leaves a portal alone that has drifted',
    files: partner('acme', 'id: p0, name: Acme, portal: { experienceId: e1, access: RESTRICTED_USERS }'),
    base: partner('acme', 'id: p0, name: Acme, portal: { experienceId: e1, access: RESTRICTED_USERS }'),
    live: [{ ...acme, experienceTemplateId: 'e2' }],
    more: { options: { only: 'proposed' } },
  },
  {
    name: '--only proposed leaves a portal alone that has drifted, next to another change of the partner',
    files: partner('acme', 'id: p0, name: Acme, tierId: t2, portal: { experienceId: e1 }'),
    base: partner('acme', 'id: p0, name: Acme, tierId: t1, portal: { experienceId: e1 }'),
    live: [{ ...acme, experienceTemplateId: 'e2' }],
    more: { options: { only: 'proposed' } },
  },
  {
    name: 'drift of a portal is next to what this change does to it, seen or not',
    files: partner('acme', 'id: p0, name: Acme, portal: { experienceId: e1, access: RESTRICTED_USERS }'),
    base: partner('acme', 'id: p0, name: Acme, portal: { experienceId: e1, access: RESTRICTED_DOMAINS }'),
    live: [{ ...acme, experienceTemplateId: 'e2' }],
    more: { kind: 'drift' },
  },
  {
    name: '--only proposed sends a changed portal complete, so that its drift is a conflict',
    files: partner('acme', 'id: p0, name: Acme, portal: { experienceId: e1, access: RESTRICTED_USERS }'),
    base: partner('acme', 'id: p0, name: Acme, portal: { experienceId: e1, access: RESTRICTED_DOMAINS }'),
    live: [{ ...acme, experienceTemplateId: 'e2', tierId: 't1' }],
    more: { options: { only: 'proposed' } },
  },
  {
    name: '--only proposed makes no conflict of drift next to a changed portal',
    files: partner('acme', 'id: p0, name: Acme, tierId: t2, portal: { experienceId: e1 }'),
    base: partner('acme', 'id: p0, name: Acme, tierId: t2, portal: { experienceId: e2 }'),
    live: [{ ...acme, experienceTemplateId: 'e2' }],
    more: { options: { only: 'proposed' } },
  },
  {
    name: 'a portal that Introw does not show is compared with the base',
    files: partner('acme', 'id: p0, name: Acme, portal: { experienceId: e1 }'),
    base: partner('acme', 'id: p0, name: Acme, portal: { experienceId: e2 }'),
  },
  {
    name: 'a portal that Introw does not show, of a partner that the base did not have',
    files: partner('acme', 'id: p0, name: Acme, portal: { experienceId: e1 }'),
    base: ['partners: {}'],
  },
  {
    name: 'a portal is compared by partner, whatever its handle was',
    files: partner('new', 'id: p0, name: Acme, portal: { access: RESTRICTED_USERS, experienceId: e1 }'),
    base: partner('old', 'id: p0, name: Acme, portal: { access: RESTRICTED_USERS, experienceId: e1 }'),
  },
  {
    name: 'a handle that was another partner says nothing of this one',
    files: partner('acme', 'id: p0, name: Acme, tierId: t2'),
    base: partner('acme', 'id: p1, name: Globex, tierId: t2'),
    live: [acme, globex],
  },
  {
    name: 'what another handle said of the partner counts',
    files: partner('new', 'id: p0, name: Acme, tierId: t2'),
    base: [
      'partners:',
      '  new: { id: p1, name: Globex, tierId: t9 }',
      '  old: { id: p0, name: Acme, tierId: t2 }',
    ],
    live: [acme, globex],
  },
  {
    name: 'what the handle said counts where its partner of the base is unknown',
    files: partner('acme', 'id: p0, name: Acme, tierId: t2'),
    base: partner('acme', 'id: p9, name: Acme, tierId: t2'),
  },
  {
    name: 'fields that can not be read are not compared',
    files: [
      'defaults: { ownerId: o1 }',
      'partners:',
      '  acme: { id: p0, name: Acme, tierId: t2 }',
      '  globex: { id: p1, name: Globex }',
    ],
    live: [
      { ...acme, owner: ['?'] },
      { ...globex, owner: ['?'] },
    ],
  },
  {
    name: 'several fields that can not be read, each with its partners',
    files: [
      'defaults: { ownerId: o1, tierId: t2 }',
      'partners:',
      '  acme: { id: p0, name: Acme }',
      '  globex: { id: p1, name: Globex }',
    ],
    live: [
      { ...acme, owner: ['?'], tierId: ['?'] },
      { ...globex, owner: ['?'], tierId: 't2' },
    ],
  },
  {
    name: 'a new name alone is no surprise',
    files: partner('acme', 'id: p0, name: New, tierId: t2'),
  },
  {
    name: 'one field that can not be read',
    files: partner('acme', 'id: p0, name: Acme, ownerId: o1'),
    live: [{ ...acme, owner: ['?'] }],
  },
  {
    name: '--only proposed leaves drift alone',
    files: [
      'partners:',
      '  acme: { id: p0, name: Acme, domain: new.example, tierId: t2 }',
      '  globex: { id: p1, name: Globex, tierId: t2 }',
      '  hooli: { name: Hooli }',
      '  stark: { id: p3, name: Stark, tierId: t1 }',
    ],
    base: [
      'partners:',
      '  acme: { id: p0, name: Acme, domain: acme.example, tierId: t2 }',
      '  globex: { id: p1, name: Globex, tierId: t2 }',
      '  hooli: { name: Hooli }',
      '  stark: { id: p3, name: Stark, tierId: t1 }',
    ],
    live: [acme, globex, { ...globex, id: 'p3', name: 'Stark' }],
    more: { options: { only: 'proposed', recreate: true } },
  },
  {
    name: '--only proposed without a base plans everything',
    files: partner('acme', 'id: p0, name: Acme, tierId: t2'),
    more: { options: { only: 'proposed' } },
  },
  {
    name: '--only all plans drift as well',
    files: partner('acme', 'id: p0, name: Acme, tierId: t2'),
    base: partner('acme', 'id: p0, name: Acme, tierId: t2'),
    more: { options: { only: 'all' } },
  },
  {
    name: '--only proposed blocks at no doubt about a handle that it leaves alone',
    files: [
      'partners:',
      '  acme: { id: p0, name: Acme, tierId: t2 }',
      '  gone: { id: p9, name: Gone }',
      '  lost: { id: p8, name: Lost }',
    ],
    base: ['partners:', '  acme: { id: p0, name: Acme }', '  gone: { id: p9, name: Gone }'],
    live: [acme, globex, { ...globex, id: 'p3', name: 'Stark' }],
    more: { options: { only: 'proposed' } },
  },
  {
    name: 'a doubt that the base itself leaves about a handle',
    files: partner('acme', 'id: p0, name: Acme'),
    base: partner('acme', 'id: p0, name: Acme'),
    doubtAtBase: 'acme',
  },
  {
    name: 'handles that the base had are released',
    files: ['partners: {}'],
    base: [
      'partners:',
      '  acme: { id: p0, name: Old name }',
      '  globex: { name: Globex }',
      '  gone: { id: p9, name: Gone, domain: gone.example }',
    ],
    live: [acme, globex, { ...globex, id: 'p2', name: 'Hooli' }],
  },
  {
    name: 'handles that the base had are released where not all partners were read',
    files: partner('acme', 'id: p0, name: Acme'),
    base: [
      'partners:',
      '  acme: { id: p0, name: Acme }',
      '  gone: { id: p9, name: Gone, domain: gone.example }',
      '  elsewhere: { name: Elsewhere }',
    ],
    live: [acme, globex],
    isPartial: true,
    more: { selection: set('acme') },
  },
  {
    name: 'a partner that another handle has taken over is not released',
    files: partner('new', 'id: p0, name: Acme'),
    base: partner('old', 'id: p0, name: Acme'),
  },
  {
    name: 'a handle of a file that is gone is not released',
    files: ['partners: {}'],
    base: ['partners:', '  acme: { id: p0, name: Acme }', '  globex: { id: p1, name: Globex }'],
    explainOnly: ['acme'],
    live: [acme, globex],
  },
  {
    name: 'partners in no file are listed',
    files: partner('acme', 'id: p0, name: Acme'),
    live: [acme, globex],
  },
  {
    name: 'partners in no file are only counted where the files ignore them',
    files: ['settings: { unmanaged: ignore }', ...partner('acme', 'id: p0, name: Acme')],
    live: [acme, globex],
  },
  {
    name: 'partners in no file are only counted in a plan of some handles',
    files: ['partners:', '  acme: { id: p0, name: Acme }', '  other: { id: p7, name: Other }'],
    live: [acme, globex],
    more: { selection: set('acme') },
  },
  {
    name: 'drift reports partners that are gone, however they were known',
    files: [
      'partners:',
      '  acme: { id: p0, name: Acme }',
      '  byid: { id: p9, name: By id }',
      '  bycrm: { externalId: x9, name: By CRM }',
      '  known: { name: Known }',
    ],
    base: partner('known', 'name: Known'),
    live: [acme, globex, { ...globex, id: 'p2', name: 'Hooli' }],
    more: { kind: 'drift', selection: set('acme', 'byid', 'known') },
  },
  {
    name: 'drift reports partners that are gone by the id that the CRM gave them',
    files: ['partners:', '  acme: { id: p0, name: Acme }', '  bycrm: { externalId: x9, name: By CRM }'],
    more: { kind: 'drift' },
  },
  {
    name: 'drift says nothing of what only would make twins',
    files: partner('acme', 'id: p0, name: Globex'),
    live: [acme, globex],
    more: { kind: 'drift' },
  },
  {
    name: 'a partner that is gone is made again with --recreate',
    files: partner('gone', 'name: Gone'),
    base: partner('gone', 'name: Gone'),
    more: { options: { recreate: true } },
  },
  {
    name: 'a handle is followed from the base to a partner with another name and domain',
    files: partner('acme', 'name: New, domain: new.example'),
    base: partner('acme', 'name: Acme, domain: acme.example'),
  },
  {
    name: 'a handle that keeps its domain is no surprise',
    files: partner('acme', 'id: p0, name: New, domain: acme.example'),
  },
  {
    name: 'a handle that changes only the case of its name is no surprise',
    files: partner('acme', 'id: p0, name: ACME, domain: new.example'),
  },
  {
    name: 'a partner without a name and a domain gets both',
    files: partner('acme', 'id: p0, name: Acme, domain: acme.example'),
    live: [{ ...acme, name: null, domain: null }],
  },
  {
    name: 'a partner with a domain only gets a name, and loses the domain',
    files: partner('acme', 'id: p0, name: Acme, domain: null'),
    live: [{ ...acme, name: null }],
  },
  {
    name: 'moves in a plan lead to what the files say, the most frequent first',
    files: [
      'catalog: { tiers: { bronze: t0, silver: t1, gold: t2 } }',
      'settings: { tierOrder: [bronze, silver, gold] }',
      'partners:',
      ...['a', 'b', 'c', 'd'].map(
        (handle, index) =>
          `  ${handle}: { id: p${index}, name: ${handle}, tier: ${index === 0 ? 'silver' : 'gold'}, ownerId: o2, phaseId: ph2 }`,
      ),
      '  new: { name: new, tier: gold }',
    ],
    live: [
      ['t2', 'o1', 'ph1'],
      ['t1', 'o2', 'ph3'],
      ['t1', 'o1', 'ph2'],
      [null, 'o1', 'ph2'],
    ].map(([tierId, owner, phaseId], index) => ({
      id: `p${index}`,
      name: 'abcd'[index],
      tierId,
      owner: { id: owner },
      phaseId,
    })),
  },
  {
    name: 'moves of a plan are what this change does',
    files: [
      'partners:',
      '  a: { id: p0, name: Acme, tierId: t3 }',
      '  b: { id: p1, name: Globex, tierId: t2 }',
    ],
    base: [
      'partners:',
      '  a: { id: p0, name: Acme, tierId: t1 }',
      '  b: { id: p1, name: Globex, tierId: t2 }',
    ],
    live: [acme, globex],
  },
  {
    name: 'moves of drift are what Introw did',
    files: [
      'partners:',
      '  a: { id: p0, name: Acme, tierId: t3 }',
      '  b: { id: p1, name: Globex, tierId: t2 }',
    ],
    base: [
      'partners:',
      '  a: { id: p0, name: Acme, tierId: t1 }',
      '  b: { id: p1, name: Globex, tierId: t2 }',
    ],
    live: [acme, globex],
    more: { kind: 'drift' },
  },
];

const refs = (
  some: readonly (PartnerRef | { id: string | null; name: string | null; domain: string | null })[],
) => some.map(({ id, name, domain }) => `${id} ${name} ${domain}`).join(', ');
const valued = (value: unknown, name: string | null | undefined) =>
  name == null ? String(value) : `${name} (${value})`;

function rowText(row: FieldChange): string {
  const { field, before, after, origin, base, from, position, writeOnly } = row;
  return [
    `${field} ${valued(before, row.beforeName)} → ${valued(after, row.afterName)}`,
    ...(origin === null ? [] : [origin]),
    ...(base == null ? [] : [`at the base ${valued(base, row.baseName)}`]),
    ...(from === undefined ? [] : [`from ${from}`]),
    ...(writeOnly ? ['write-only'] : []),
    `line ${position.line}`,
  ].join(', ');
}

/** Everything that a plan says, and nothing of what it doesn't. */
function textOf(plan: Planned): string[] {
  const list = (title: string, items: readonly string[]) => items.map((item) => `${title}: ${item}`);
  const figures = Object.entries(plan.summary).filter(([, count]) => count !== 0);
  return [
    ...plan.changes.flatMap(({ address, action, partner: live, fields, warnings }) => [
      `${action} ${address}${live === null ? '' : ` = ${refs([live])}`}`,
      ...fields.map((row) => `  ${rowText(row)}`),
      ...warnings.map(({ code, message }) => `  ${code}: ${message}`),
    ]),
    ...list(
      'missing',
      plan.missing.map(({ address, name, pin }) => `${address} (${name}), pinned to ${pin}`),
    ),
    ...list(
      'left alone',
      (plan.leftAlone ?? []).map(({ address, fields }) => `${address} ${fields.join(', ')}`),
    ),
    ...list(
      'released',
      plan.released.map((each) => `${each.address} = ${refs([each])}`),
    ),
    ...list(
      'settled',
      plan.settled.map(({ address }) => address),
    ),
    ...list(
      'unmanaged',
      plan.unmanaged.map((each) => refs([each])),
    ),
    ...list(
      'moves',
      (plan.moves ?? []).map(({ field, partners, moves, balance, order }) => {
        const steps = moves.map(
          ({ from, to, fromName, toName, partners: count, direction }) =>
            `${count} ${valued(from, fromName)} → ${valued(to, toName)}${direction === null ? '' : ` ${direction}`}`,
        );
        const sums = balance.map(
          ({ value, name, gained, lost }) => `${valued(value, name)} +${gained} −${lost}`,
        );
        const ordered = order === undefined ? '' : `; in the order ${order.join(', ')}`;
        return `${field} of ${partners}: ${steps.join(', ')}; ${sums.join(', ')}${ordered}`;
      }),
    ),
    ...list(
      'blocked',
      plan.blocked.map(({ code, message }) => `${code}: ${message}`),
    ),
    ...list(
      'warning',
      plan.warnings.map(({ code, message }) => `${code}: ${message}`),
    ),
    `${plan.complete ? 'all' : 'some handles'}: ${figures.map(([name, count]) => `${name} ${count}`).join(', ')}`,
  ];
}

const stateOf = (lines: readonly string[]) =>
  loadDesired([{ path: 'partners.yaml', text: ['version: 1', ...lines, ''].join('\n') }]);

function baseOf({ base, explainOnly = [], doubtAtBase }: Case): BaseState | null {
  if (base === undefined) return null;
  const { partners } = stateOf(base);
  const unclear = [...partners.values()].filter(({ handle }) => handle === doubtAtBase);
  return {
    partners,
    explainOnly: set(...explainOnly),
    doubts: new Map(unclear.map((each) => [each.handle, wasManaged(each)])),
  };
}

test('what plans say of files, a base and Introw', async () => {
  const texts = cases.map((each) => {
    const { name, files, live = [acme], more = {}, isPartial = false } = each;
    const plan = planOf(stateOf(files), liveOf(live), {
      ...more,
      base: baseOf(each),
      live: { partners: liveOf(live), complete: !isPartial },
    });
    return [name, ...textOf(plan).map((line) => `  ${line}`), ''].join('\n');
  });
  const visible = texts.join('\n').replace(/\p{Cf}/gu, (hidden) => `\\u${hidden.charCodeAt(0).toString(16)}`);
  await expect(visible).toMatchFileSnapshot('expected/planned.txt');
});
