import type { Blocked } from '../plan/plan.ts';
import { look, type Style } from './style.ts';

/** The handles that an edit of files left out because of a doubt, each with what to do. */
export function doubtsText(doubts: readonly Blocked[], style: Style): string {
  return doubts
    .map(({ message, hint, position }) => {
      const place = position == null ? '' : ` (${position.file}:${position.line})`;
      return `${look(style, 'yellow', 'Left out:')} ${message}${place}\n  ${hint}`;
    })
    .join('\n');
}
