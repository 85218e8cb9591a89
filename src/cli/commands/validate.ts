import { count } from '../../english.ts';
import type { ValidateDocument } from '../../render/documents.ts';
import type { Passed } from '../../render/doors.ts';
import { problemsGitlab } from '../../render/gitlab.ts';
import type { Run } from '../command.ts';
import { readDistinct } from '../load-files.ts';
import { unreadWarnings } from '../unread-warnings.ts';

/** Checks the files by themselves, and for handles that are one partner. Warnings don't make them invalid. */
export const run: Run<'validate'> = async (args, terminal) => {
  const desired = await readDistinct(args.file);
  const { partners, files } = desired;
  const warnings = [...desired.warnings, ...(await unreadWarnings(args.file, desired))];
  const { doors, note } = terminal;
  if (args.format !== 'json')
    for (const { position, message } of warnings)
      note(
        `${position === null ? '' : `${position.file}:${position.line}:${position.column}  `}Warning: ${message}`,
      );
  const sizes = { partners: partners.size, files: files.map((file) => file.path) };
  const text = () =>
    doors.text(null, () => `${count(partners.size, 'partner')} in ${count(files.length, 'file')}: valid.\n`);
  const others: Partial<Record<typeof args.format, () => Passed>> = {
    json: () => doors.data({ valid: true, ...sizes, warnings } satisfies ValidateDocument),
    gitlab: () => doors.data(problemsGitlab([], warnings)),
  };
  await terminal.out((others[args.format] ?? text)());
  return 0;
};
