import type { Problem } from '../problem.ts';

/** GitHub's workflow commands: each problem next to its line in the pull request. */
export function annotations(problems: readonly Problem[], toWorkspacePath: (file: string) => string): string {
  const lines = problems.map(({ code, message, hint, position }) => {
    const place =
      position === null
        ? []
        : [
            `file=${property(toWorkspacePath(position.file))}`,
            `line=${position.line}`,
            `col=${position.column}`,
          ];
    return `::error ${[...place, `title=${property(code)}`].join(',')}::${data(`${message} ${hint}`)}`;
  });
  return lines.join('\n');
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
