import { fields } from '../fields.ts';

/** What is known of a partner besides its fields: its pin, and what is left to the CRM. None of it is sent to Introw. */
export const beyondFields = ['id', 'externalId', 'ignore'] as const;

/** What --field takes, in the order in which it is shown. */
export const historyFields: readonly string[] = [...fields.map(({ name }) => name), ...beyondFields];

/** Whether a name is that of a pin, or of what is left to the CRM. */
export function isBeyond(field: string): boolean {
  return beyondFields.some((name) => name === field);
}
