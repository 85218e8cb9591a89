import { type Field, identities } from '../fields.ts';
import type { Change } from '../plan/plan.ts';

/** The name and the domain by which Introw finds the partner that a create means. */
export function sentIdentity(change: Change): { readonly name: string; readonly domain: string | null } {
  const sent = ({ name }: Field) => {
    const after = change.fields.find((row) => row.field === name)?.after;
    return typeof after === 'string' ? after : null;
  };
  return { name: sent(identities.name) ?? change.name, domain: sent(identities.domain) };
}
