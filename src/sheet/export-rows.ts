/** The partners of an export: of the files, of Introw, or both next to each other. */
import type { DesiredPartner, DesiredState } from '../desired/state.ts';
import type { LivePartner, LiveState } from '../partner.ts';
import { indexLive } from '../plan/live.ts';
import { matchPartners } from '../plan/match.ts';
import { desiredRow, liveRow, type Row } from './rows.ts';

export type ExportRow = {
  readonly row: Row;
  /** Null where only Introw is shown. */
  readonly partner: DesiredPartner | null;
  /** Undefined unless both sides are shown; null where Introw has no match. */
  readonly live?: Row | null;
};

/**
 * Without `live`, the partners of the files; with it, both sides by who is who, where a handle in doubt has no live
 * side; `liveAlone` lists Introw's partners in its order.
 */
export function exportRows(
  { partners }: DesiredState,
  live: LiveState | null,
  liveAlone: boolean,
): ExportRow[] {
  if (live === null) return [...partners.values()].map((partner) => ({ row: desiredRow(partner), partner }));
  const matches = matchPartners(partners.values(), indexLive(live), null);
  const handles = new Map<LivePartner, DesiredPartner>();
  for (const [handle, match] of matches) {
    const partner = partners.get(handle);
    if (match.kind === 'matched' && partner !== undefined) handles.set(match.live, partner);
  }
  if (liveAlone)
    return live.partners.map((each) => ({
      row: liveRow(handles.get(each)?.handle ?? null, each),
      partner: null,
    }));
  return [...partners.values()].map((partner) => {
    const match = matches.get(partner.handle);
    const other = match?.kind === 'matched' ? liveRow(partner.handle, match.live) : null;
    return { row: desiredRow(partner), partner, live: other };
  });
}
