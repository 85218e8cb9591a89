import type { ValidateDocument } from '../../render/documents.ts';
import type { Passed } from '../../render/doors.ts';
import { problemsGitlab } from '../../render/gitlab.ts';
import type { Run } from '../command.ts';
import { readDesired } from '../load-files.ts';

export const run: Run<'validate'> = async (args, terminal) => {
  const { partners, files } = await readDesired(args.file);
  const sizes = { partners: partners.size, files: files.map((file) => file.path) };
  const count = (n: number, noun: string) => `${n} ${noun}${n === 1 ? '' : 's'}`;
  const { doors } = terminal;
  const text = () =>
    doors.text(null, () => `${count(partners.size, 'partner')} in ${count(files.length, 'file')}: valid.\n`);
  const others: Partial<Record<typeof args.format, () => Passed>> = {
    json: () => doors.data({ valid: true, ...sizes } satisfies ValidateDocument),
    gitlab: () => doors.data(problemsGitlab([])),
  };
  await terminal.out((others[args.format] ?? text)());
  return 0;
};
