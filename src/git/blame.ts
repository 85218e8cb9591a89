import { dirname, resolve } from 'node:path';
import { git } from './git.ts';

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
    if (code !== 0) return new Map();
    const blamed = parsePorcelain(stdout.toString());
    const cutOff = blamed.some(({ boundary }) => boundary) && (await isShallow(dirname(full)));
    return new Map(
      blamed.filter(({ boundary }) => !(boundary && cutOff)).map(({ line, blame }) => [line, blame]),
    );
  } catch {
    return new Map();
  }
}

/** In a shallow clone the oldest commit seems to have set all that was there before it. */
async function isShallow(folder: string): Promise<boolean> {
  return (await git(folder, ['rev-parse', '--is-shallow-repository'])).stdout.toString().trim() === 'true';
}

const uncommitted = /^0+$/;

type Blamed = { readonly line: number; readonly blame: Blame; readonly boundary: boolean };

function parsePorcelain(text: string): Blamed[] {
  const commits = new Map<string, { seconds: number; subject: string; boundary: boolean }>();
  const blamed: Blamed[] = [];
  let commit = '';
  let line = 0;
  for (const row of text.split('\n')) {
    const head = /^([0-9a-f]{40,64}) \d+ (\d+)/.exec(row);
    if (head !== null) {
      [, commit = ''] = head;
      line = Number(head[2]);
      if (!commits.has(commit)) commits.set(commit, { seconds: 0, subject: '', boundary: false });
    }
    const about = commits.get(commit);
    if (about === undefined) continue;
    if (row.startsWith('author-time ')) about.seconds = Number(row.slice(12));
    else if (row.startsWith('summary ')) about.subject = row.slice(8);
    else if (row === 'boundary') about.boundary = true;
    else if (row.startsWith('\t') && !uncommitted.test(commit)) {
      const { seconds, subject, boundary } = about;
      const date = new Date(seconds * 1000).toISOString();
      blamed.push({ line, blame: { commit, date, subject }, boundary });
    }
  }
  return blamed;
}
