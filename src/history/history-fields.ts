import { fields } from '../fields.ts';

/** What is known of a partner besides its fields: its pin, and what is left to the CRM. None of it is sent to Introw. */
export const beyondFields = ['id', 'externalId', 'ignore'] as const;

/** What --field takes, in the order in which it is shown. */
export const historyFields: readonly string[] = [...fields.map(({ name }) => name), ...beyondFields];
