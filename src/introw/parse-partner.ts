import { identities, readFields, readNames } from '../fields.ts';
import { isObject } from '../json.ts';
import type { LivePartner, PartnerId } from '../partner.ts';
import { failure } from '../problem.ts';

/** Takes from a returned partner what the tool works with; everything else may be anything. `what` names the request. */
export function parsePartner(json: unknown, what: string): LivePartner {
  if (!isPartner(json)) {
    throw failure(
      'UNREADABLE_ANSWER',
      `Introw returned something without an id where a partner belongs (${what}).`,
    );
  }
  const values = readFields(json);
  return {
    id: json.id as PartnerId,
    externalId: idText(json.externalId),
    name: text(values[identities.name.name]),
    domain: text(values[identities.domain.name]),
    createdAt: text(json.createdAt),
    updatedAt: text(json.updatedAt),
    values,
    names: readNames(json),
  };
}

/** Whether something that was returned has an id as a partner has one. */
export function isPartner(
  json: unknown,
): json is { readonly id: string } & Readonly<Record<string, unknown>> {
  return isObject(json) && typeof json.id === 'string' && json.id !== '';
}

/** An id of the CRM, which may be a number there. */
function idText(value: unknown): string | null {
  return Number.isSafeInteger(value) ? String(value) : text(value);
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
