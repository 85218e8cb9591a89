import { fieldNamed } from '../fields.ts';
import type { PartnerBody } from '../introw/api.ts';
import type { Change } from '../plan/plan.ts';

/** What is sent for a change: its fields under their wire names, and nothing else. */
export function requestBody(change: Change): PartnerBody {
  return Object.fromEntries(change.fields.map((row) => [fieldNamed(row.field).wire, row.after]));
}
