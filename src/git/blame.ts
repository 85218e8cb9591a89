import { readFile, realpath } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { git } from './git.ts';

/** Who last set a line: the commit, its author date (ISO 8601) and its subject. */
export type Blame = { readonly commit: string; readonly date: string; readonly subject: string };

/**
 * Blames lines of one file, as HEAD has them: git would send the file of the work tree through filters that the
 * repository chooses. What HEAD doesn't have, and whatever git can't say, is left out: blame is an extra, never an error.
 */
export async function blameLines(
  file: string,
  lines: readonly number[],
): Promise<ReadonlyMap<number, Blame>> {
  try {
    const full = await realpath(file);
    const folder = dirname(full);
    const committed = await git(folder, ['cat-file', 'blob', `HEAD:./${basename(full)}`]);
    if (committed.code !== 0) return new Map();
    const inHead = sameLines(linesOf(await readFile(full, 'utf8')), linesOf(committed.stdout.toString()));
    const wanted = [...new Set(lines)].flatMap((line) => {
      const old = inHead(line);
      return old === null ? [] : [[old, line] as const];
    });
    if (wanted.length === 0) return new Map();
    const ranges = wanted.flatMap(([old]) => ['-L', `${old},${old}`]);
    const asked = ['blame', '--porcelain', '--no-textconv', ...ranges, 'HEAD', '--', full];
    const { code, stdout } = await git(folder, asked);
    if (code !== 0) return new Map();
    const blamed = parsePorcelain(stdout.toString());
    const cutOff = blamed.some(({ boundary }) => boundary) && (await isShallow(folder));
    const known = new Map(
      blamed.filter(({ boundary }) => !(boundary && cutOff)).map(({ line, blame }) => [line, blame]),
    );
    return new Map(
      wanted.flatMap(([old, line]) => {
        const blame = known.get(old);
        return blame === undefined ? [] : [[line, blame] as const];
      }),
    );
  } catch {
    return new Map();
  }
}

function linesOf(text: string): string[] {
  return text.split(/\r?\n/);
}

/**
 * The line of the old text that a line of the new one is: within what both begin or end with alike, and between, where
 * a text occurs once on each side; null for what is new.
 */
function sameLines(now: readonly string[], old: readonly string[]): (line: number) => number | null {
  const shorter = Math.min(now.length, old.length);
  let start = 0;
  while (start < shorter && now[start] === old[start]) start++;
  let end = 0;
  while (end < shorter - start && now.at(-1 - end) === old.at(-1 - end)) end++;
  const only = (lines: readonly string[], text: string) => {
    const middle = lines.slice(start, lines.length - end);
    const at = middle.indexOf(text);
    return at !== -1 && middle.indexOf(text, at + 1) === -1 ? start + at + 1 : null;
  };
  return (line) => {
    if (line <= start) return line;
    if (line > now.length - end) return line - now.length + old.length;
    const text = now[line - 1] ?? '';
    return only(now, text) === null ? null : only(old, text);
  };
}

/** In a shallow clone the oldest commit seems to have set all that was there before it. */
async function isShallow(folder: string): Promise<boolean> {
  return (await git(folder, ['rev-parse', '--is-shallow-repository'])).stdout.toString().trim() === 'true';
}

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
    else if (row.startsWith('\t')) {
      const { seconds, subject, boundary } = about;
      const date = new Date(seconds * 1000).toISOString();
      blamed.push({ line, blame: { commit, date, subject }, boundary });
    }
  }
  return blamed;
}
