import { asSeen, invisibleIn } from '../../invisible.ts';
import { linesNear } from './page.ts';
import { type Recogniser, slipOn } from './slip.ts';

/** An invisible character in a key or before a value. */
export const invisible: Recogniser = function* (page, trouble) {
  for (const line of linesNear(page, trouble.line)) {
    const found = invisibleIn(line.text);
    if (found === null || found.at < line.indent.length) continue;
    const message = `${found.name.charAt(0).toUpperCase()}${found.name.slice(1)} is hidden here.`;
    const meant = asSeen(line.text).replace(/:\s{2,}(?=\S)/u, ': ');
    yield slipOn(line, found.at, message, meant, { advice: 'Type the line again:' });
  }
};
