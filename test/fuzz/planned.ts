/** A real plan and what became of it: creates, updates, doubts, strangers, and a change that Introw refuses. */
import { applyPlan } from '../../src/apply/apply-plan.ts';
import { outcomeDocument } from '../../src/apply/outcome-document.ts';
import { planLive } from '../../src/apply/plan-live.ts';
import { loadDesired } from '../../src/desired/load.ts';
import { openConnection } from '../../src/introw/connection.ts';
import { writer } from '../../src/introw/writer.ts';
import type { Outcome } from '../../src/plan/outcome.ts';
import type { Change, Plan } from '../../src/plan/plan.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';

const text = `version: 1
catalog: { tiers: { gold: t1, silver: t2 } }
partners:
  acme: { id: ptn_1, name: Acme, tier: gold, ownerId: u1 }
  globex: { name: Globex, domain: globex.example }
  twin: { name: Twin }
`;
const live = [
  { id: 'ptn_1', name: 'Acme', tierId: 't2' },
  { id: 'ptn_2', name: 'Twin', domain: 'one.example' },
  { id: 'ptn_3', name: 'Twin', domain: 'two.example' },
  { id: 'ptn_4', name: 'Stranger' },
];

export async function plannedAndApplied(): Promise<{ readonly plan: Plan; readonly outcome: Outcome }> {
  const introw = await startSandbox({ seed: { partners: live } });
  const connection = openConnection({ url: introw.url, key: 'sandbox-key', userAgent: 'test' });
  try {
    const desired = loadDesired([{ path: 'partners.yaml', text }]);
    const { plan } = await planLive(connection, { desired, version: '0.0.0' });
    // A partner that is gone by now, so that one change is refused.
    const gone = { id: 'ptn_9', name: 'Gone', domain: null } as Change['partner'];
    const refused = plan.changes.map((change) =>
      change.partner === null ? change : { ...change, partner: gone },
    );
    const applied = await applyPlan([...plan.changes, ...refused], writer(connection));
    const facts = { startedAt: plan.createdAt, finishedAt: plan.createdAt, version: '0.0.0' };
    return { plan, outcome: outcomeDocument(applied, { ...facts, budget: connection.budget() }) };
  } finally {
    await connection.close();
    await introw.close();
  }
}
