import type { PartnerBody } from '../introw/introw.ts';
import { fieldNamed } from '../partner.ts';
import type { Change } from '../plan/plan.ts';

/** What is sent for a change: its fields under their wire names, and nothing else. */
export function bodyOf(change: Change): PartnerBody {
  return Object.fromEntries(change.fields.map((row) => [fieldNamed(row.field).wire, row.after]));
}
