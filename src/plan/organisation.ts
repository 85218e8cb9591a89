/** Whether the key opens the organisation that the files are for. */
import type { DesiredState } from '../desired/state.ts';
import type { LiveState } from '../partner.ts';
import { failure } from '../problem.ts';
import type { Matches } from './match.ts';

/**
 * Throws a Failure where the partner that must be there isn't, and where more handles are pinned to partners that
 * aren't live than match anything: then one problem says more than one for each pin.
 */
export function refuseOtherOrganisation(desired: DesiredState, live: LiveState, matches: Matches): void {
  const { contains, name } = desired.organisation;
  const these = name === null ? 'the organisation of these files' : name;
  const lacksPartner = contains !== null && !live.partners.some(({ id }) => id === contains);
  if (lacksPartner && (live.complete || live.partners.length > 0))
    throw failure(
      'WRONG_ORGANISATION',
      `This key opens an organisation without ${contains}, so it isn't ${these}.`,
    );

  const kinds = [...matches.values()].map(({ kind }) => kind);
  const pinned = [...matches].filter(([handle]) => isPinned(desired, handle));
  const gone = pinned.filter(([, { kind }]) => kind === 'missing').length;
  const found = kinds.filter((kind) => kind === 'matched').length;
  if (gone >= 2 && gone > found)
    throw failure(
      'WRONG_ORGANISATION',
      `${gone} of the ${pinned.length} pinned partners aren't in Introw, so this key probably isn't for ${these}.`,
    );
}

function isPinned(
  { partners }: DesiredState,
  handle: Parameters<DesiredState['partners']['get']>[0],
): boolean {
  const partner = partners.get(handle);
  return partner !== undefined && (partner.id !== null || partner.externalId !== null);
}
