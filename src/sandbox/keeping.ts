/** How a server may change the names and domains that it is sent before it keeps them. Whether Introw does isn't documented. */
import { isKeyOf } from '../json.ts';
import { failure } from '../problem.ts';

type Keeping = { readonly describe: string; readonly keep: (text: string) => string };

export const keepings = {
  trim: { describe: 'without white space around them', keep: (text) => text.trim() },
  shrink: { describe: 'runs of white space as one space', keep: (text) => text.replace(/\s+/gu, ' ') },
  fold: { describe: 'in NFC and lower case', keep: (text) => text.normalize('NFC').toLowerCase() },
} as const satisfies Readonly<Record<string, Keeping>>;

export type KeepingName = keyof typeof keepings;

export function parseKeeping(text: string): KeepingName {
  if (isKeyOf(keepings, text)) return text;
  throw failure('USAGE', `--keep ${JSON.stringify(text)} is not a way of keeping names and domains.`, {
    hint: `It takes ${Object.keys(keepings).join(', ')}.`,
  });
}

/** A body as a server that does all of these keeps it. */
export function keptAs(
  names: readonly KeepingName[],
  body: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const keep = (value: unknown) =>
    typeof value === 'string' ? names.reduce((text, name) => keepings[name].keep(text), value) : value;
  return Object.fromEntries(
    Object.entries(body).map(([key, value]) => [
      key,
      key === 'name' || key === 'domain' ? keep(value) : value,
    ]),
  );
}

/** The ways of keeping as --help shows them. */
export function keepingHelp(): string {
  const rows = Object.entries(keepings).map(([name, { describe }]) => `  ${name.padEnd(14)} ${describe}`);
  return ['Ways of keeping the names and domains that are sent:', ...rows].join('\n');
}
