import { count } from '../english.ts';
import type { Failure, Problem } from '../problem.ts';
import { type Frame, frameLines, frameOf, linesOf } from './code-frame.ts';
import { look, type Style } from './style.ts';
import { wrap } from './wrap.ts';

/** Nobody reads more at once; JSON has them all. */
const most = 50;

/** Problems with the lines that they are about, as many as are shown. */
export type FramedProblems = {
  readonly shown: readonly (Problem & { readonly frame: Frame | null })[];
  readonly total: number;
  readonly files: number;
};

/** `sources` holds the texts of the files. */
export function framed({ problems, sources }: Pick<Failure, 'problems' | 'sources'>): FramedProblems {
  const lines = new Map<string, readonly string[]>();
  const shown = problems.slice(0, most).map((each) => {
    const { position } = each;
    const source = position === null ? undefined : sources.get(position.file);
    if (source === undefined || position === null) return { ...each, frame: null };
    const known = lines.get(position.file) ?? linesOf(source);
    lines.set(position.file, known);
    return { ...each, frame: frameOf(known, position) };
  });
  const files = new Set(problems.flatMap(({ position }) => position?.file ?? []));
  return { shown, total: problems.length, files: files.size };
}

export function problemsText({ shown, total, files }: FramedProblems, style: Style): string {
  const blocks = shown.map((each) => problemText(each, style));
  const left = total - shown.length;
  const summary = `${count(total, 'problem')}${files > 1 ? ` in ${count(files, 'file')}` : ''}.${left > 0 ? ` Shown are the first ${most}; --format json has all.` : ''}`;
  return `${[...blocks, ...(total < 2 ? [] : [summary])].join('\n\n')}\n`;
}

function problemText(
  { code, message, hint, position, frame }: FramedProblems['shown'][number],
  style: Style,
): string {
  const place = position === null ? '' : `${position.file}:${position.line}:${position.column}  `;
  const lines = [
    `${look(style, 'bold', place)}${look(style, ['bold', 'red'], code)}`,
    wrap(`  ${message}`, style),
    ...(frame === null ? [] : ['', ...frameLines(frame).map((line) => `  ${line}`), '']),
    // Not wrapped: it may hold a command, which is to be copied in one piece.
    `  ${look(style, 'cyan', hint)}`,
  ];
  return lines.join('\n');
}
