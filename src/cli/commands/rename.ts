import { didYouMean, nearest } from '../../desired/nearest.ts';
import type { DesiredState } from '../../desired/state.ts';
import { canBeHandle } from '../../edit/new-handle.ts';
import { type Named, rename } from '../../edit/rename.ts';
import { catalogKinds } from '../../fields.ts';
import { failure } from '../../problem.ts';
import type { RenameDocument } from '../../render/documents.ts';
import { refuseUnasked } from '../approval.ts';
import type { Run } from '../command.ts';
import { readDesired } from '../load-files.ts';
import { linesAnd, offerEdits } from '../offer-edits.ts';

/** Renames a handle, or with `tiers.gold` a catalog name, in all files; Introw knows neither, so nothing changes there. */
export const run: Run<'rename'> = async (args, terminal) => {
  const [from, to, ...more] = args.positionals;
  if (from === undefined || to === undefined || more.length > 0)
    throw failure('USAGE', 'rename takes the old name and the new one.', {
      hint: 'Write introwctl rename acme acme-emea, or introwctl rename tiers.gold platinum.',
    });
  const desired = await readDesired(args.file);
  const named = namedBy(from, to, desired);
  const files = rename(desired, named);
  if (!args.check) refuseUnasked(args, terminal);
  const document: RenameDocument = { renamed: named };
  const lines = [`Renames ${from} to ${named.to}.`];
  return offerEdits(files, linesAnd(document, lines), args, terminal);
};

/** A handle may hold a dot, so a handle wins over a catalog name. */
function namedBy(from: string, to: string, { partners, catalog }: DesiredState): Named {
  const handles = new Set<string>(partners.keys());
  const kind = catalogKinds.find((each) => from.startsWith(`${each}.`));
  if (kind === undefined || handles.has(from)) return checked({ kind: 'handle', from, to }, handles);
  const name = to.startsWith(`${kind}.`) ? to.slice(kind.length + 1) : to;
  return checked({ kind, from: from.slice(kind.length + 1), to: name }, new Set(catalog[kind].keys()));
}

function checked(named: Named, taken: ReadonlySet<string>): Named {
  const { kind, from, to } = named;
  const where = kind === 'handle' ? 'the handles' : `catalog.${kind}`;
  if (!taken.has(from))
    throw failure(
      'UNKNOWN_NAME',
      `${JSON.stringify(from)} isn't among ${where}.${didYouMean(nearest(from, taken))}`,
      {
        hint: 'Name a handle, or a catalog name such as tiers.gold.',
      },
    );
  if (kind === 'handle' && !canBeHandle(to))
    throw failure('INVALID_VALUE', `${JSON.stringify(to)} can't be a handle.`, {
      hint: 'Use lower-case letters, digits, dots, dashes and underscores, such as acme-emea.',
    });
  if (taken.has(to))
    throw failure('DEFINED_TWICE', `${JSON.stringify(to)} is among ${where} already.`, {
      hint: 'Choose another name.',
    });
  return named;
}
