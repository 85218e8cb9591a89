import { styleText } from 'node:util';

/** What an output can show. `width` is in columns; infinite where lines may be of any length. */
export type Style = { readonly color: boolean; readonly width: number };

type Look = Parameters<typeof styleText>[0];

/** Neither colour nor line breaks of ours: for files, pipes and programs. */
export const plain: Style = { color: false, width: Number.POSITIVE_INFINITY };

export function look(style: Style, as: Look, text: string): string {
  return style.color && text !== '' ? styleText(as, text, { validateStream: false }) : text;
}
