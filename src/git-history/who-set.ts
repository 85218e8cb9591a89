/** Who set what the files say: the newest commit that gave a value its meaning, wherever its line is or was. */
import type { LivePartner } from '../partner.ts';
import type { Blame, Change, Plan } from '../plan/plan.ts';

/**
 * The changes of a plan with who set the desired value, in rows that `asks` picks: `blame` is null where git doesn't know.
 * Never fails, since it is an extra. `onSearch` is called before git is asked; where nothing is, it isn't.
 */
export async function withBlame(
  files: readonly string[],
  changes: Plan['changes'],
  asks: (row: Change['fields'][number]) => boolean,
  onSearch: () => void = () => undefined,
): Promise<Plan['changes']> {
  const wanted = changes.flatMap(({ address, action, fields }) =>
    action === 'update'
      ? fields.filter(asks).map(({ field, after }) => ({ handle: address, field, value: after }))
      : [],
  );
  if (wanted.length === 0) return changes;
  // Outside of a repository, with files that git never had, or where git fails, nobody is known.
  onSearch();
  const { whoSet } = await import('./setters.ts');
  const found = await whoSet(files, wanted).catch(() => new Map<string, Blame>());
  return changes.map((change) => ({
    ...change,
    fields: change.fields.map((row) =>
      change.action === 'update' && asks(row)
        ? { ...row, blame: found.get(`${change.address} ${row.field}`) ?? null }
        : row,
    ),
  }));
}

/** The changes of a drift document with since when Introw differs, and who last set what the files say. */
export async function explainDrift(
  changes: Plan['changes'],
  live: readonly LivePartner[],
  files: readonly string[],
  onSearch?: () => void,
): Promise<Plan['changes']> {
  const updated = new Map(live.map((partner) => [partner.id, partner.updatedAt]));
  const blamed = await withBlame(files, changes, () => true, onSearch);
  return blamed.map((change) => {
    if (change.action !== 'update') return change;
    const since = change.partner === null ? null : (updated.get(change.partner.id) ?? null);
    return { ...change, fields: change.fields.map((row) => ({ ...row, since })) };
  });
}
