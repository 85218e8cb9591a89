import { faultHelp } from './faults.ts';
import { keepingHelp } from './keeping.ts';
import { pagingHelp } from './paging.ts';

/** The options of the sandbox that need explaining, as --help shows them. */
export function sandboxHelp(): string {
  const deleting =
    'DELETE /api/v1/partners/ID deletes a partner, as people do in the app; Introw has no such call.';
  return [deleting, pagingHelp(), keepingHelp(), faultHelp()].join('\n\n');
}
