/** Pages for the tests in a browser: a tier review of any size. */
import type { Handle, PartnerId } from '../../src/partner.ts';
import { fieldMoves } from '../../src/plan/moves.ts';
import type { Change, Plan } from '../../src/plan/plan.ts';
import { openDoors } from '../../src/render/doors.ts';
import { formats } from '../../src/render/formats.ts';
import { plain } from '../../src/render/style.ts';
import { change, plan, position } from '../render/documents.ts';

const tiers = ['bronze', 'silver', 'gold', 'platinum'];
const owners = ['robin', 'sarah', 'jamie'];

/** Every partner moves to another tier, and every third to another owner too. */
export function review(partners: number): Plan {
  const changes = Array.from({ length: partners }, (_, index): Change => {
    const [from, to] = [tiers[index % 4] ?? '', tiers[(index + 1 + (index % 3)) % 4] ?? ''];
    const [base] = change('').fields;
    if (base === undefined) throw new Error('a change has a field');
    const tier = {
      ...base,
      before: `tier_${from}`,
      after: `tier_${to}`,
      beforeName: from,
      afterName: to,
    };
    const owner = {
      ...base,
      field: 'owner',
      before: owners[index % 3] ?? null,
      after: owners[(index + 1) % 3] ?? null,
    };
    return {
      ...change(`Partner ${index}`),
      address: `partner-${index}` as Handle,
      partner: { id: `ptn_${index}` as PartnerId, name: `Partner ${index}`, domain: null },
      fields: index % 3 === 0 ? [tier, owner] : [tier],
      position: { ...position, line: index * 4 + 10 },
    };
  });
  const reviewed = plan(changes);
  const tierOrder = tiers.map((tier) => `tier_${tier}`);
  return {
    ...reviewed,
    organisation: { name: 'Acme, production', contains: null },
    summary: { ...reviewed.summary, unmanaged: 1 },
    moves: fieldMoves({ kind: 'plan', hasBase: false, changes, tierOrder }),
    unmanaged: [{ id: 'ptn_x' as PartnerId, name: 'Umbrella', domain: 'umbrella.example' }],
    blocked: [
      {
        code: 'TOO_MANY_CHANGES',
        message: `${partners} of 300 partners would change, and settings.maxChanges is 30%.`,
        hint: 'Read the plan; if it is right, raise settings.maxChanges or pass --max-changes.',
        address: null,
      },
    ],
    warnings: [{ code: 'NOT_READABLE', message: 'The owner of 2 partners could not be read.', position }],
  };
}

/** The page of a plan, through the door that it leaves by. */
export function pageOf(document: Plan): string {
  return formats.html.plan(openDoors(), document, plain, { verbose: false });
}
