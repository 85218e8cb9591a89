/** What is said about files, as the books of problems show it. */
import { loadDistinct } from '../../src/desired/load.ts';
import { Failure } from '../../src/problem.ts';

/** `line:column CODE message` and the hint under it for each problem, or `valid`, and warnings. */
export function said(...texts: readonly string[]): string {
  const files = texts.map((text, index) => ({ path: `${'abc'[index]}.yaml`, text }));
  const place = (position: { file: string; line: number; column: number } | null) =>
    `${position?.file}:${position?.line}:${position?.column}`;
  try {
    const desired = loadDistinct(files);
    const { partners, warnings } = desired;
    const notes = warnings.map(({ position, message }) => `${place(position)} warning: ${message}`);
    return [`valid: ${[...partners.keys()].join(', ') || 'no partners'}`, ...notes].join('\n');
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return error.problems
      .map(({ position, code, message, hint }) => `${place(position)} ${code} ${message}\n    ${hint}`)
      .join('\n');
  }
}
