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
  const written = {
    text,
    json: () => doors.data({ valid: true, ...sizes }),
    markdown: text,
    gitlab: () => doors.data(problemsGitlab([])),
    slack: text,
    teams: text,
  };
  await terminal.out(written[args.format]());
  return 0;
};
