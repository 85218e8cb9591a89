import { readDocument } from '../../apply/saved-document.ts';
import type { Run } from '../command.ts';
import { showOutcome, showPlan } from '../output.ts';

export const run: Run<'show'> = async (args, terminal) => {
  const [path = ''] = args.positionals;
  const document = await readDocument(path);
  if (document.kind === 'outcome') await showOutcome(document, args, terminal, []);
  else await showPlan(document, args, terminal);
  return 0;
};
