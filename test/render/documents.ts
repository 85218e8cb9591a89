/** Documents of the smallest kind, for tests of what is made of them. */
import type { Handle, PartnerId } from '../../src/partner.ts';
import { fieldMoves } from '../../src/plan/moves.ts';
import type { Change, Plan } from '../../src/plan/plan.ts';

export const position = { file: 'partners.yaml', line: 3, column: 3 };

export function change(name: string, after = 'new'): Change {
  const partner = { id: 'ptn_1' as PartnerId, name, domain: null };
  const field = {
    field: 'tier' as const,
    before: 'old',
    after,
    beforeName: null,
    afterName: null,
    origin: null,
    base: null,
    writeOnly: false,
    position,
  };
  return {
    address: 'acme' as Handle,
    name,
    action: 'update',
    partner,
    fields: [field],
    position,
    warnings: [],
  };
}

export function plan(changes: readonly Change[]): Plan {
  return {
    formatVersion: '1.0',
    kind: 'plan',
    tool: { name: 'introwctl', version: '0.0.0' },
    createdAt: '2026-11-01T00:00:00.000Z',
    organisation: { name: null, contains: null },
    source: {
      files: ['partners.yaml'],
      sha256: '0'.repeat(64),
      base: null,
      api: 'https://api.introw.io',
      commit: null,
      witness: null,
    },
    complete: true,
    summary: {
      create: 0,
      update: changes.length,
      unchanged: 0,
      unmanaged: 0,
      released: 0,
      drifted: 0,
      conflicts: 0,
      missing: 0,
      publishes: 0,
    },
    changes,
    moves: fieldMoves({ kind: 'plan', hasBase: false, changes, tierOrder: ['old', 'new'] }),
    unmanaged: [],
    released: [],
    missing: [],
    settled: [],
    blocked: [],
    cost: {
      requestsSpent: 1,
      requestsToApply: changes.length,
      requestsToApplySaved: changes.length + 1,
      creditsRemaining: null,
      creditsLimit: null,
    },
    warnings: [],
  };
}
