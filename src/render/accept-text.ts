import type { Acceptance, Taken } from '../edit/accept.ts';
import { count } from '../english.ts';
import type { Json } from '../json.ts';
import type { Missing, Plan } from '../plan/plan.ts';
import { look, type Style } from './style.ts';
import { namedValue } from './value.ts';

/** What the files take over from Introw, what they can't, who is gone, and what it comes to. */
export function acceptText(
  { taken, left, missing }: Pick<Acceptance, 'taken' | 'left'> & Pick<Plan, 'missing'>,
  style: Style,
): string {
  const rows = [
    ...taken.flatMap((each) => takenLines(each, style)),
    ...left.map(
      (each) =>
        `  ${look(style, 'yellow', '!')} ${each.address}  ${each.field} stays as the file says: ${each.why}`,
    ),
    ...missing.flatMap((each) => missingLines(each, style)),
  ];
  const partners = new Set(taken.map(({ address }) => address)).size;
  const total =
    taken.length === 0
      ? 'Nothing to accept.'
      : `Accepts ${count(taken.length, 'field')} of ${count(partners, 'partner')} from Introw.`;
  return `${[...rows, ...(rows.length === 0 ? [] : ['']), total].join('\n')}\n`;
}

function takenLines(each: Taken, style: Style): string[] {
  const { address, field, from, to, how, comments, uncommitted } = each;
  const more = [
    ...comments.map((comment) => `      Check that this comment is still true: ${comment}`),
    ...(uncommitted
      ? [`      ${look(style, 'yellow', 'Warning:')} this undoes an edit of yours that isn't committed.`]
      : []),
  ];
  return [
    `  ${look(style, 'bold', address)}  ${field}  ${value(from)} → ${value(to)}${remarks[how]}`,
    ...more,
  ];
}

/** Nothing in Introw can be accepted for a partner that isn't there. */
function missingLines({ address, pin, position }: Missing, style: Style): string[] {
  const what =
    pin === null ? 'no longer matches a partner in Introw' : `is pinned to ${pin}, which isn't in Introw`;
  return [
    `  ${look(style, 'yellow', '!')} ${address}  ${what} (${position.file}:${position.line}).`,
    `      Delete ${address} from the file if the partner was deleted on purpose; else remove the pin, and apply creates it again.`,
  ];
}

const remarks: Readonly<Record<Taken['how'], string>> = {
  stated: '',
  'stated apart': '  (its own line now: the value came from elsewhere)',
  unstated: '  (the line goes: a file has no way to say that there is none)',
  ignored: '  (left to the CRM with ignore: a file has no way to say that there is none)',
};

function value(value: Json): string {
  return namedValue(null, value);
}
