import type { Problem } from '../problem.ts';
import { codeFrame } from './code-frame.ts';
import { count } from './english.ts';
import { harmless } from './sanitise.ts';
import { look, type Style } from './style.ts';

/** Nobody reads more at once; JSON has them all. */
const most = 50;

/** Problems with the lines that they are about. `sources` holds the texts of the files. */
export function problemsText(
  problems: readonly Problem[],
  sources: ReadonlyMap<string, string>,
  style: Style,
): string {
  const blocks = problems.slice(0, most).map((each) => problemText(each, sources, style));
  const left = problems.length - blocks.length;
  const files = new Set(problems.flatMap(({ position }) => position?.file ?? []));
  const total =
    problems.length < 2
      ? []
      : [
          `${count(problems.length, 'problem')}${files.size > 1 ? ` in ${count(files.size, 'file')}` : ''}.${left > 0 ? ` Shown are the first ${most}; --format json has all.` : ''}`,
        ];
  return `${[...blocks, ...total].join('\n\n')}\n`;
}

function problemText(
  { code, message, hint, position }: Problem,
  sources: ReadonlyMap<string, string>,
  style: Style,
): string {
  const place = position === null ? '' : `${harmless(position.file)}:${position.line}:${position.column}  `;
  const source = position === null ? undefined : sources.get(position.file);
  const lines = [
    `${look(style, 'bold', place)}${look(style, ['bold', 'red'], code)}`,
    `  ${harmless(message)}`,
    ...(source === undefined || position === null
      ? []
      : [
          '',
          ...codeFrame(source, position)
            .split('\n')
            .map((line) => `  ${line}`),
          '',
        ]),
    `  ${look(style, 'cyan', harmless(hint))}`,
  ];
  return lines.join('\n');
}
