/** Whether the key opens the organisation that the files are for. */
import type { DesiredState } from '../desired/state.ts';
import type { LiveState } from '../partner.ts';
import { failure } from '../problem.ts';
import type { Matches } from './match.ts';
import { mostAreGone } from './read-strategy.ts';
import type { Scope } from './scope.ts';

/**
 * Throws a Failure where the partner that must be there isn't, and where more of the chosen handles are pinned to
 * partners that aren't live than handles match anything: then one problem says more than one for each pin.
 */
export function refuseOtherOrganisation(
  desired: DesiredState,
  live: LiveState,
  scope: Scope,
  matches: Matches,
): void {
  const { contains, name } = desired.organisation;
  const these = name === null ? 'the organisation of these files' : name;
  // Where no handle is chosen, nothing was read, so nothing is known of it.
  const wasRead = live.complete || scope.compared.size > 0;
  if (contains !== null && wasRead && !live.partners.some(({ id }) => id === contains))
    throw failure(
      'WRONG_ORGANISATION',
      `This key opens an organisation without ${contains}, so it isn't ${these}.`,
    );

  const found = [...matches.values()].filter(({ kind }) => kind === 'matched').length;
  const planned = [...scope.compared.values()].filter(({ handle }) => scope.planned.has(handle));
  const pinned = planned.filter(({ id, externalId }) => id !== null || externalId !== null);
  const gone = pinned.filter(({ handle }) => matches.get(handle)?.kind === 'missing');
  if (mostAreGone(gone.length, found))
    throw failure(
      'WRONG_ORGANISATION',
      `${gone.length} of the ${pinned.length} pinned partners aren't in Introw, so this key probably isn't for ${these}.`,
    );
}
