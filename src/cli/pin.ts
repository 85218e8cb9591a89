import { existsSync } from 'node:fs';
import { amend } from '../desired/edit/amend.ts';
import { nameAmong } from '../desired/files.ts';
import { pinEdits, pinnable, unpinned } from '../plan/pin.ts';
import { count } from '../render/words.ts';
import { refuseUnasked } from './approve.ts';
import type { Run } from './command.ts';
import { offerEdits } from './edits.ts';
import { readDesired } from './files.ts';
import { prepare } from './prepare.ts';

/** Writes the id of every matched partner that has no pin; nothing that this module can reach writes to Introw. */
export const run: Run = async (args, terminal) => {
  if (!args.check) refuseUnasked(args, terminal);
  const { into } = args;
  const file = into !== undefined && existsSync(into) ? [...args.file, into] : args.file;
  const desired = await readDesired(file);
  if (unpinned(desired).length === 0) {
    return offerEdits([], { text: 'Every handle is pinned.\n', json: { pinned: {} } }, args, terminal);
  }
  const { plan, connection } = await prepare('drift', { ...args, file }, terminal, desired);
  await connection.close();
  const target = into === undefined ? null : await nameAmong(desired.files, into);
  const pins = pinnable(desired, plan.changes);
  const { files } = amend(desired, pinEdits(desired, pins, target));
  const text = `Pins ${count(pins.size, 'handle')}.\n`;
  const json = { pinned: Object.fromEntries(pins), cost: plan.cost };
  return offerEdits(files, { text, json }, args, terminal);
};
