import { columnsOf } from '../columns.ts';
import type { Style } from './style.ts';

/** The widest of the texts of one column. A very long one doesn't count: it would push all other rows aside. */
export function widest(texts: readonly string[], { width }: Style): number {
  const most = Number.isFinite(width) ? Math.max(8, Math.floor(width / 3)) : 40;
  return Math.max(0, ...texts.map(columnsOf).filter((columns) => columns <= most));
}
