/** All doubts about who the handles are, one a handle and kind, in file order. */
import type { Handle } from '../partner.ts';
import type { Doubt } from './doubts.ts';
import type { Match, Matches } from './match.ts';
import type { Plan } from './plan.ts';
import type { Scope } from './scope.ts';
import { mergingCreates, sharedPartners } from './twins.ts';

export type Doubts = {
  /** Those of the handles that may be changed. */
  readonly blocking: readonly Doubt[];
  /** Those of handles that are compared and left alone. */
  readonly unrelated: readonly Doubt[];
  /** Every handle that is in doubt, chosen or not. */
  readonly handles: ReadonlySet<Handle>;
  readonly all: readonly Doubt[];
};

/** A partner that is gone is a doubt for a plan; drift reports it as missing. */
export function findDoubts(kind: Plan['kind'], scope: Scope, matches: Matches): Doubts {
  const found = [
    ...[...matches.values()].flatMap((match) => doubtOf(match, kind)),
    ...sharedPartners(scope.matched, matches),
    ...mergingCreates(scope.matched, matches),
  ];
  const rank = new Map([...scope.matched.keys()].map((handle, index) => [handle, index]));
  const all = found.sort((one, other) => (rank.get(one.address) ?? 0) - (rank.get(other.address) ?? 0));
  return {
    blocking: all.filter(({ address }) => scope.planned.has(address)),
    unrelated: all.filter(({ address }) => scope.compared.has(address) && !scope.planned.has(address)),
    handles: new Set(all.map(({ address }) => address)),
    all,
  };
}

function doubtOf(match: Match, kind: Plan['kind']): Doubt[] {
  if (match.kind === 'doubtful') return [match.doubt];
  return match.kind === 'missing' && kind === 'plan' ? [match.doubt] : [];
}
