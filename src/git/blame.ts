import { dirname, resolve } from 'node:path';
import { git } from './run.ts';

/** Who last set a line: the commit, its author date (ISO 8601) and its subject. */
export type Blame = { readonly commit: string; readonly date: string; readonly subject: string };

/** Blames lines of one file with one git process. Whatever git can't say is left out: blame is an extra, never an error. */
export async function blameLines(
  file: string,
  lines: readonly number[],
): Promise<ReadonlyMap<number, Blame>> {
  const wanted = [...new Set(lines)].sort((one, other) => one - other);
  const ranges = wanted.flatMap((line) => ['-L', `${line},${line}`]);
  const full = resolve(file);
  try {
    const { code, stdout } = await git(dirname(full), ['blame', '--porcelain', ...ranges, '--', full]);
    return code === 0 ? parsePorcelain(stdout.toString()) : new Map();
  } catch {
    return new Map();
  }
}

const uncommitted = /^0+$/;

function parsePorcelain(text: string): Map<number, Blame> {
  const commits = new Map<string, { seconds: number; subject: string }>();
  const blames = new Map<number, Blame>();
  let commit = '';
  let line = 0;
  for (const row of text.split('\n')) {
    const head = /^([0-9a-f]{40,64}) \d+ (\d+)/.exec(row);
    if (head !== null) {
      [, commit = ''] = head;
      line = Number(head[2]);
      if (!commits.has(commit)) commits.set(commit, { seconds: 0, subject: '' });
    }
    const about = commits.get(commit);
    if (about !== undefined && row.startsWith('author-time ')) about.seconds = Number(row.slice(12));
    if (about !== undefined && row.startsWith('summary ')) about.subject = row.slice(8);
    if (about !== undefined && row.startsWith('\t') && !uncommitted.test(commit)) {
      blames.set(line, {
        commit,
        date: new Date(about.seconds * 1000).toISOString(),
        subject: about.subject,
      });
    }
  }
  return blames;
}
