/** The CI files that init --ci writes: the examples of this package, for the files and the branch of a repository. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { version } from './version.ts';

export type CiSystem = 'github' | 'gitlab';

/** A file of -f as a pipeline names it: from the top of the repository, with forward slashes. */
export type PipelinePath = { readonly path: string; readonly isFolder: boolean };

export type PipelineFile = { readonly path: string; readonly text: string };

const workflow = (name: string) => ({
  path: `.github/workflows/introw-${name}.yml`,
  example: `github/introw-${name}.yml`,
});

const filesOf: Readonly<Record<CiSystem, readonly { path: string; example: string }[]>> = {
  github: ['preview', 'apply', 'drift', 'accept'].map(workflow),
  gitlab: [{ path: '.gitlab-ci.yml', example: 'gitlab/.gitlab-ci.yml' }],
};

/** Where init --ci writes, from the top of the repository. */
export function pipelinePaths(system: CiSystem): readonly string[] {
  return filesOf[system].map(({ path }) => path);
}

/** The stamped files, as this version writes them. */
export async function pipelineFiles(
  system: CiSystem,
  given: { readonly files: readonly PipelinePath[]; readonly branch: string },
): Promise<PipelineFile[]> {
  return Promise.all(
    filesOf[system].map(async ({ path, example }) => {
      const text = await readFile(new URL(`../../examples/${example}`, import.meta.url), 'utf8');
      const body = tailored(readStamp(text).body, given.files, given.branch);
      return { path, text: stamped(body, system) };
    }),
  );
}

function stamped(body: string, system: CiSystem): string {
  return `# introwctl ${version} ${hashOf(body)}: introwctl init --ci ${system} updates this file as long as nobody edits it.\n${body}`;
}

/** What the first line says of a file, and the rest; `hash` is null for a file without a stamp. */
export type Stamp = { readonly hash: string | null; readonly body: string };

export function readStamp(text: string): Stamp {
  const unix = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  const [line = '', hash] = /^# introwctl \S+ ([0-9a-f]{16}): .*\n/.exec(unix) ?? [];
  return { hash: hash ?? null, body: unix.slice(line.length) };
}

/** Enough of a SHA-256 that no edit goes unnoticed. */
export function hashOf(body: string): string {
  return createHash('sha256').update(body).digest('hex').slice(0, 16);
}

/** The files and folders under INTROW_FILES of a pipeline file; null where it has none. */
export function filesIn(text: string): string[] | null {
  const [, lines] = /^ {2}INTROW_FILES: \|\r?\n((?: {4}.+\r?\n)+)/m.exec(text) ?? [];
  return lines === undefined ? null : lines.split(/\r?\n/).flatMap((line) => line.trim() || []);
}

/** The example's partners.yaml and main become the repository's own. */
function tailored(body: string, files: readonly PipelinePath[], branch: string): string {
  const lines = files.map(({ path }) => `    ${path}\n`).join('');
  const patterns = files.map(({ path, isFolder }) =>
    JSON.stringify(isFolder ? folderPattern(path) : escaped(path)),
  );
  const paths = isExample(files) ? '[partners.yaml]' : `[${patterns.join(', ')}]`;
  return body
    .replace('    partners.yaml\n', () => lines)
    .replace('[partners.yaml]', () => paths)
    .replaceAll('branches: [main]', () => `branches: [${branch}]`)
    .replaceAll("'refs/heads/main'", () => `'refs/heads/${branch}'`);
}

function isExample([first, ...others]: readonly PipelinePath[]): boolean {
  return first?.path === 'partners.yaml' && !first.isFolder && others.length === 0;
}

/** A folder of -f means the files in it, and not those of its folders. */
function folderPattern(path: string): string {
  return path === '.' ? '*' : `${escaped(path)}/*`;
}

/** Characters that are patterns to GitHub and GitLab. */
function escaped(path: string): string {
  return path.replace(/[*?+[\]!\\]/g, '\\$&');
}
