/** A saved plan that contradicts itself, because somebody edited it or git merged it, is refused with what is wrong. */
import { expect, test } from 'vitest';
import { throwOnContradiction } from '../../src/apply/consistency.ts';
import type { Handle, PartnerId } from '../../src/partner.ts';
import type { Change, FieldChange, Plan } from '../../src/plan/plan.ts';
import { Failure } from '../../src/problem.ts';
import { desiredOf, liveOf, planOf } from '../plan/world.ts';
import { plan as documentOf } from '../render/documents.ts';

/** A plan of an update of `a`, an update of `b` that publishes, a create of `new`, and of `same`, which is as it should be. */
function sound(): Plan {
  const files = {
    a: { id: 'p0', name: 'Acme', tierId: 't2', domain: null },
    b: { id: 'p1', name: 'Globex', portal: { experienceId: 'e1', access: 'RESTRICTED_USERS' } },
    new: { name: 'New', domain: 'new.example' },
    same: { id: 'p2', name: 'Same' },
  };
  const live = [
    { id: 'p0', name: 'Acme', tierId: 't1', domain: 'acme.example' },
    { id: 'p1', name: 'Globex', domain: null, experienceTemplateId: 'e2' },
    { id: 'p2', name: 'Same', domain: null },
  ];
  const planned = planOf(desiredOf(files), liveOf(live));
  return { ...documentOf(planned.changes), summary: planned.summary };
}

const row = (change: Change, field: string, more: Partial<FieldChange>): Change => ({
  ...change,
  fields: change.fields.map((each) => (each.field === field ? { ...each, ...more } : each)),
});

const changed =
  (handle: string, edit: (change: Change) => Change) =>
  (plan: Plan): Plan => ({
    ...plan,
    changes: plan.changes.map((each) => (each.address === handle ? edit(each) : each)),
  });

/** Another create, next to the one of `new`. */
const with2 =
  (name: string, domain: string | null) =>
  (plan: Plan): Plan => {
    const more = plan.changes.flatMap((each): Change[] => {
      if (each.address !== 'new') return [];
      return [
        row(row({ ...each, address: 'new2' as Handle }, 'name', { after: name }), 'domain', {
          after: domain,
        }),
      ];
    });
    return { ...plan, changes: [...plan.changes, ...more], summary: { ...plan.summary, create: 2 } };
  };

const counted = (more: Partial<Plan['summary']>) => (plan: Plan) => ({
  ...plan,
  summary: { ...plan.summary, ...more },
});

test.each<[string, (plan: Plan) => Plan, string | null]>([
  ['nothing', (plan) => plan, null],
  [
    'a value of another shape',
    changed('a', (each) => row(each, 'tier', { after: '' })),
    'a sends tier, which',
  ],
  [
    'a create of a partner that is there',
    changed('new', (each) => ({ ...each, partner: { id: 'p9' as PartnerId, name: null, domain: null } })),
    'new is created and has a partner',
  ],
  [
    'a field twice',
    changed('a', (each) => ({ ...each, fields: [...each.fields, ...each.fields.slice(0, 1)] })),
    'a has domain twice',
  ],
  [
    'a field that can be read and is called write-only',
    changed('a', (each) => row(each, 'tier', { writeOnly: true })),
    'a calls tier write-only, which can be read',
  ],
  [
    'a write-only field of a create',
    changed('new', (each) => row(each, 'name', { writeOnly: true })),
    'new calls name write-only, which can be read',
  ],
  [
    'a value before a create',
    changed('new', (each) => row(each, 'name', { before: 'Old' })),
    'new is created, and has a value of name before',
  ],
  [
    'a tier that is cleared',
    changed('a', (each) => row(each, 'tier', { after: null })),
    "a clears tier, which can't be cleared",
  ],
  [
    'a tier that is cleared, in a change that is none',
    (plan) => {
      const tier = plan.changes.flatMap(({ fields }) => fields).filter(({ field }) => field === 'tier');
      const fields = tier.map((each) => ({ ...each, after: null }));
      return changed('same', (each) => ({ ...each, fields }))(plan);
    },
    null,
  ],
  [
    'only what changes',
    (plan) => ({ ...plan, changes: plan.changes.filter(({ action }) => action !== 'none') }),
    null,
  ],
  [
    'an access that a create calls write-only',
    (plan) => {
      const access = plan.changes.flatMap(({ fields }) => fields).filter(({ writeOnly }) => writeOnly);
      return changed('new', (each) => ({ ...each, fields: [...each.fields, ...access] }))(plan);
    },
    'new calls portal.access write-only, which can be read',
  ],
  ['a create with the name of a partner that is updated', with2('Acme', null), null],
  ['a handle twice', changed('b', (each) => ({ ...each, address: 'a' as Handle })), 'a is in it twice'],
  [
    'a partner twice',
    changed('b', (each) => ({ ...each, partner: { id: 'p0' as PartnerId, name: null, domain: null } })),
    'p0 is changed twice',
  ],
  ['two creates', with2('Other', 'other.example'), null],
  [
    'two creates without a domain',
    (plan) => with2('Other', null)(changed('new', (each) => row(each, 'domain', { after: null }))(plan)),
    null,
  ],
  ['two creates of one name', with2('NEW', null), 'two partners are created with the name new'],
  [
    'two creates with one domain',
    with2('Other', 'NEW.example'),
    'two partners are created with the domain new.example',
  ],
  ['another count of creates', counted({ create: 2 }), 'its summary has 2 creates, and its changes 1'],
  ['another count of updates', counted({ update: 1 }), 'its summary has 1 updates, and its changes 2'],
  [
    'another count of portals',
    counted({ publishes: 0 }),
    'its summary has 0 published portals, and its changes 1',
  ],
])('%s', (_, edit, says) => {
  const refusal = () => {
    try {
      throwOnContradiction(edit(sound()), 'plan.json');
      return null;
    } catch (error) {
      if (error instanceof Failure) return error.problems[0].message;
      throw error;
    }
  };
  if (says === null) expect(refusal()).toBeNull();
  else expect(refusal()).toContain(`plan.json contradicts itself: ${says}`);
});
