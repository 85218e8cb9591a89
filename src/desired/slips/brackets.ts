import { linesNear } from './page.ts';
import { type Recogniser, slipOn } from './slip.ts';

const partner: Readonly<Record<string, string>> = { '{': '}', '[': ']', '}': '{', ']': '[' };

/** Brackets and braces that aren't closed, are closed twice or with the other kind; commas that are missing between. */
export const brackets: Recogniser = function* (page, trouble) {
  for (const line of linesNear(page, trouble.line)) {
    const outside = line.text.replace(/"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|\s#.*$/gu, (quoted) =>
      'x'.repeat(quoted.length),
    );
    const open: number[] = [];
    for (const [at, character] of [...outside.matchAll(/[{}[\]]/gu)].map(
      (match) => [match.index, match[0]] as const,
    )) {
      if (character === '{' || character === '[') {
        open.push(at);
        continue;
      }
      const begun = open.pop();
      if (begun === undefined) {
        const meant = (line.text.slice(0, at) + line.text.slice(at + 1)).trimEnd();
        yield slipOn(line, at, `This ${character} closes nothing.`, meant);
        break;
      }
      const wanted = partner[line.text[begun] ?? ''] ?? '';
      if (character === wanted) continue;
      const meant = line.text.slice(0, at) + wanted + line.text.slice(at + 1);
      yield slipOn(line, at, `What opens with ${line.text[begun]} is closed with ${character}.`, meant);
    }
    const last = open.at(-1);
    if (last !== undefined) {
      const closing = open.map((at) => partner[line.text[at] ?? ''] ?? '').reverse();
      const space = line.text[last + 1] === ' ' ? ' ' : '';
      const meant = `${line.text.trimEnd().replace(/,$/, '')}${space}${closing.join(space)}`;
      yield slipOn(line, last, `This ${line.text[last]} is never closed.`, meant);
    }
    const comma = /(:\s+[^\s,{}[\]"'#]+|"|')(\s+)(?=["']?[\w.-]+["']?:\s)/u.exec(
      line.text.slice(line.valueAt),
    );
    if (/^[{[]/.test(line.value) && comma !== null) {
      const at = line.valueAt + comma.index + (comma[1] ?? '').length;
      yield slipOn(line, at, 'A comma is missing here.', `${line.text.slice(0, at)},${line.text.slice(at)}`);
    }
  }
};
