/** Which partner a row is about: by its handle, or else by Introw's id or the CRM's. */
import { didYouMean, nearest } from '../desired/nearest.ts';
import type { DesiredPartner, DesiredState } from '../desired/state.ts';
import { isReformatted } from './conversions.ts';

/** What a row holds to be recognised by; null where its cell is empty or there is no such column. */
export type Identity = {
  readonly handle: string | null;
  readonly id: string | null;
  readonly externalId: string | null;
};

export type FoundPartner =
  | { readonly kind: 'partner'; readonly partner: DesiredPartner }
  | { readonly kind: 'unknown'; readonly message: string; readonly hint: string };

/** A handle that a spreadsheet has taken for a number is recognised too. */
export function partnerFinder({ partners }: DesiredState): (identity: Identity) => FoundPartner {
  const byHandle = new Map<string, DesiredPartner>(partners);
  const byId = new Map<string, DesiredPartner>();
  const byExternalId = new Map<string, DesiredPartner>();
  for (const partner of partners.values()) {
    if (partner.id !== null) byId.set(partner.id, partner);
    if (partner.externalId !== null) byExternalId.set(partner.externalId, partner);
  }
  return ({ handle, id, externalId }) => {
    const byPins =
      (id === null ? undefined : similar(byId, id)) ??
      (externalId === null ? undefined : similar(byExternalId, externalId));
    const partner = handle === null ? byPins : similar(byHandle, handle);
    if (partner !== undefined) return { kind: 'partner', partner };
    if (handle === null && id === null && externalId === null)
      return {
        kind: 'unknown',
        message: 'the row has no handle, so it is about no partner.',
        hint: 'Write the handle of the partner here, or pass --add to create new partners from such rows.',
      };
    if (handle === null) {
      const shown = JSON.stringify(id ?? externalId ?? '');
      const hint = 'Give the handle of the partner, or pass --add to create new partners from such rows.';
      return { kind: 'unknown', message: `no file has a partner ${shown}.`, hint };
    }
    const named = `no file has a handle ${JSON.stringify(handle)}.`;
    if (byPins !== undefined)
      return {
        kind: 'unknown',
        message: `${named} The id in this row is that of ${byPins.handle}.`,
        hint: `Write ${byPins.handle} here; to give it another handle, run introwctl rename ${byPins.handle} ${handle}.`,
      };
    return {
      kind: 'unknown',
      message: `${named}${didYouMean(nearest(handle, partners.keys()))}`,
      hint: 'Correct it, or pass --add to create new partners from such rows.',
    };
  };
}

/** The value under a key, or under the only key that a spreadsheet may have made this text of. */
function similar<Value>(values: ReadonlyMap<string, Value>, text: string): Value | undefined {
  const found = values.get(text);
  if (found !== undefined || !/^[-+\d.,]|^(?:true|false)$/i.test(text)) return found;
  const alike = [...values].filter(([key]) => isReformatted(key, text));
  return alike.length === 1 ? alike[0]?.[1] : undefined;
}
