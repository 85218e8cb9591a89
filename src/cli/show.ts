import type { Run } from './command.ts';
import { readDocument } from './document.ts';
import { showPlan } from './result.ts';

export const run: Run = async (args, terminal) => {
  const [path = ''] = args.positionals;
  await showPlan(await readDocument(path), args, terminal);
  return 0;
};
