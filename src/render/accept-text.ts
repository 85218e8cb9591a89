import type { Acceptance, Taken } from '../edit/accept.ts';
import type { Json } from '../json.ts';
import { count } from './english.ts';
import { look, type Style } from './style.ts';
import { namedValue } from './value.ts';

/** What the files take over from Introw, what they can't, and what it comes to. */
export function acceptText({ taken, left }: Acceptance, style: Style): string {
  const rows = [
    ...taken.map(
      (each) =>
        `  ${look(style, 'bold', each.address)}  ${each.field}  ${value(each.from)} → ${value(each.to)}${remarks[each.how]}`,
    ),
    ...left.map(
      (each) =>
        `  ${look(style, 'yellow', '!')} ${each.address}  ${each.field} stays as the file says: ${each.why}`,
    ),
  ];
  const partners = new Set(taken.map(({ address }) => address)).size;
  const total =
    taken.length === 0
      ? 'Nothing to accept.'
      : `Accepts ${count(taken.length, 'field')} of ${count(partners, 'partner')} from Introw.`;
  return `${[...rows, ...(rows.length === 0 ? [] : ['']), total].join('\n')}\n`;
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
