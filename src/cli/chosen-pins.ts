/** The pins that `introwctl pin acme=ptn_…` names: each is read from Introw, since a wrong pin changes another company. */
import { didYouMean, nearest } from '../desired/nearest.ts';
import type { DesiredState } from '../desired/state.ts';
import { reader } from '../introw/reader.ts';
import type { Handle, PartnerId } from '../partner.ts';
import { costOf } from '../plan/document.ts';
import type { Cost } from '../plan/plan.ts';
import { failure } from '../problem.ts';
import type { Args } from './command.ts';
import type { connect } from './connect.ts';
import type { Terminal } from './terminal.ts';

/** One request for each pin. Throws a Failure where a handle or a partner doesn't exist, or is another handle's. */
export async function chosenPins(
  open: typeof connect,
  desired: DesiredState,
  args: Args<'pin'>,
  terminal: Terminal,
): Promise<{ readonly pins: ReadonlyMap<Handle, PartnerId>; readonly cost: Cost }> {
  const wanted = args.positionals.map((text) => parsePin(text, desired));
  const twice = wanted.find(
    ({ handle }, index) => wanted.findIndex((each) => each.handle === handle) < index,
  );
  if (twice !== undefined)
    throw failure('USAGE', `${twice.handle} is given two pins.`, { hint: 'Keep one of them.' });
  refuseTaken(desired, new Map(wanted.map(({ handle, id }) => [handle, id])));
  const connection = await open(args, terminal, desired.settings);
  try {
    const pins = new Map<Handle, PartnerId>();
    for (const { handle, id } of wanted) {
      const partner = await reader(connection).get(id);
      if (partner === null)
        throw failure('PARTNER_NOT_FOUND', `Introw has no partner ${id}, so ${handle} isn't pinned to it.`);
      if (partner.id !== id)
        throw failure('USAGE', `${id} is an external id; the partner's Introw id is ${partner.id}.`, {
          hint: `Pin by Introw's id: introwctl pin ${handle}=${partner.id}.`,
        });
      pins.set(handle, partner.id);
    }
    return { pins, cost: costOf(connection.budget(), 0) };
  } finally {
    await connection.close();
  }
}

/** Every partner is one handle's: what another one keeps is not free. */
function refuseTaken({ partners }: DesiredState, pins: ReadonlyMap<Handle, string>): void {
  const owners = new Map<string, { readonly handle: Handle; readonly shown: string }>();
  for (const [handle, { id, pinPosition, position }] of partners) {
    const { file, line } = pinPosition ?? position;
    if (id !== null && !pins.has(handle)) owners.set(id, { handle, shown: `${handle} (${file}:${line})` });
  }
  for (const [handle, id] of pins) {
    const owner = owners.get(id);
    if (owner !== undefined)
      throw failure('SAME_PIN', `${handle} can't be pinned to ${id}, since ${owner.shown} is.`, {
        hint: `If ${owner.handle} is another partner, pin it to its own in the same command.`,
      });
    owners.set(id, { handle, shown: handle });
  }
}

/** `acme=ptn_…`. A handle may hold an equals sign itself, so the one after a handle of the files counts. */
function parsePin(text: string, { partners }: DesiredState): { handle: Handle; id: string } {
  const [handle] = [...partners.keys()]
    .filter((each) => text.startsWith(`${each}=`))
    .sort((one, other) => other.length - one.length);
  const id = handle === undefined ? '' : text.slice(handle.length + 1);
  if (handle !== undefined && id !== '') return { handle, id };
  const [meant = ''] = text.split('=');
  if (handle === undefined && text.includes('='))
    throw failure(
      'UNKNOWN_HANDLE',
      `${JSON.stringify(meant)} isn't in any file.${didYouMean(nearest(meant, partners.keys()))}`,
    );
  throw failure('USAGE', `A pin is written as handle=id, not ${JSON.stringify(text)}.`, {
    hint: 'For example: introwctl pin acme=ptn_….',
  });
}
