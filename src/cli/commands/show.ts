import { readDocument } from '../../apply/saved-document.ts';
import type { Run } from '../command.ts';
import { showPlan } from '../output.ts';

export const run: Run<'show'> = async (args, terminal) => {
  const [path = ''] = args.positionals;
  await showPlan(await readDocument(path), args, terminal);
  return 0;
};
