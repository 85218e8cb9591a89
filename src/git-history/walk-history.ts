/** From commit to commit: reads the files that changed, and builds what they mean. */
import { mayHoldPartners } from '../desired/moved-files.ts';
import { isPartnersFile } from '../files/read.ts';
import type { Commit, Version } from '../git/commits.ts';
import { fetchMissing } from '../git/missing.ts';
import type { ObjectReader } from '../git/objects.ts';
import type { Repository } from '../git/repository.ts';
import { type Content, entryNames, newContents } from '../history/content.ts';
import { findFormerFiles, type Role, type Roles } from '../history/former-files.ts';
import { type Built, buildState, type State } from '../history/states.ts';
import { problem } from '../problem.ts';

/** A commit whose files differ from those of the commit before it, and what they mean. */
export type Step = { readonly commit: Commit; readonly index: number; readonly built: Built };

export type StepBack = { readonly commit: Commit; readonly before: Built; readonly after: Built };

export type Walker = {
  /** Steps over the commits from one index on; the first step is the state there, whether it changed or not. */
  readonly steps: (from: number) => AsyncGenerator<Step>;
  /** From the newest commit back: what the files meant after each that changed them, and before it. */
  readonly stepsBack: () => AsyncGenerator<StepBack>;
  /** The state at any commit, also of a branch, where files may still be as they were called long before. */
  readonly stateAt: (commit: string) => Promise<Built>;
  /** Whether a file was ever one of those that are looked at. */
  readonly isOurs: (path: string) => boolean;
};

/** How many states are remembered: a commit of a branch is compared with its parent, which mostly came just before. */
const statesKept = 16;

/** How many commits' files are asked for at once: enough to keep git busy, few enough to keep in memory. */
const commitsAtOnce = 16;

export async function openWalk(
  repository: Repository,
  objects: ObjectReader,
  commits: readonly Commit[],
  paths: readonly string[],
): Promise<Walker> {
  const contents = newContents();
  const isNamed = isNamedBy(paths);
  const contentOf = (path: string, { kind }: Version, text: string | null): Content => {
    const file = repository.seen(path);
    // Before it had partners, a file that has another name now may have been about anything.
    if (!isNamed(path) && (text === null || !mayHoldPartners({ text }))) return nothing;
    if (kind === 'file' && text !== null) return contents.of({ path: file, text });
    const what = kind === 'link' ? 'is a symbolic link here' : 'is not in this repository';
    const position = { file, line: 1, column: 1 };
    return { stage: 'invalid', problem: problem('FILE_UNREADABLE', `${file} ${what}.`, { position }) };
  };
  // Where a commit touches our files, entries may have come from any other that it touches.
  const touching = commits.filter(({ changes }) => changes.some(({ path }) => isNamed(path)));
  await fetchMissing(repository, touching, () => true);
  const roles = await findFormerFiles(commits, isNamed, async (path, version: Version) => {
    if (version.kind !== 'file') return new Set<string>();
    const [text = null] = await objects.read([version.object]);
    // What was broken when it moved may look like anything: the nearest version that has partners tells.
    if (text === null || (!isNamed(path) && !mayHoldPartners({ text }))) return null;
    return entryNames(contentOf(path, version, text));
  });

  const isOurs = (path: string) => roles(path, -1) !== null;
  await fetchMissing(repository, commits, isOurs);

  /** What is known of files now, by path. */
  type Known = { readonly version: Version; readonly content: Content | null };

  async function* steps(from: number): AsyncGenerator<Step> {
    const known = new Map<string, Known>();
    let earlier: State | null = null;
    for (let start = 0; start < commits.length; start += commitsAtOnce) {
      const chunk = commits.slice(start, start + commitsAtOnce);
      const texts = await textsFor(chunk, start, from);
      for (const [offset, commit] of chunk.entries()) {
        const index = start + offset;
        let isChanged = index === from;
        for (const { path, after } of commit.changes) {
          isChanged ||= roles(path, index) !== null || roles(path, index - 1) !== null;
          if (after === null) known.delete(path);
          else known.set(path, { version: after, content: null });
        }
        if (index < from || !isChanged) continue;
        await fill(known, index, texts);
        const built = buildState(filesAt(known, roles, index), earlier);
        if (built.valid) earlier = built.state;
        yield { commit, index, built };
      }
    }
  }

  async function* stepsBack(): AsyncGenerator<StepBack> {
    const known = new Map<string, Known>();
    const put = (path: string, version: Version | null) => {
      if (version === null) known.delete(path);
      else known.set(path, { version, content: null });
    };
    for (const { changes } of commits) for (const { path, after } of changes) put(path, after);
    let near: State | null = null;
    const buildAt = async (index: number): Promise<Built> => {
      await fill(known, index, new Map());
      const built = buildState(filesAt(known, roles, index), near);
      if (built.valid) near = built.state;
      return built;
    };
    let after = await buildAt(commits.length - 1);
    for (let index = commits.length - 1; index >= 0; index--) {
      const commit = commits[index];
      if (commit === undefined) break;
      for (const { path, before } of commit.changes) put(path, before);
      const isChanged = commit.changes.some(
        ({ path }) => roles(path, index) !== null || roles(path, index - 1) !== null,
      );
      if (!isChanged) continue;
      const before = await buildAt(index - 1);
      yield { commit, before, after };
      after = before;
    }
  }

  /** The texts of the versions that a few commits brought. */
  async function textsFor(chunk: readonly Commit[], start: number, from: number) {
    const wanted = new Set<string>();
    for (const [offset, { changes }] of chunk.entries())
      for (const { path, after } of changes)
        if (start + offset >= from && after?.kind === 'file' && roles(path, start + offset) !== null)
          wanted.add(after.object);
    const read = await objects.read([...wanted]);
    return new Map([...wanted].map((object, at) => [object, read[at] ?? null]));
  }

  async function fill(known: Map<string, Known>, index: number, texts: ReadonlyMap<string, string | null>) {
    for (const [path, { version, content }] of known) {
      if (content !== null || roles(path, index) === null) continue;
      const text = texts.has(version.object)
        ? (texts.get(version.object) ?? null)
        : ((await objects.read([version.object]))[0] ?? null);
      known.set(path, { version, content: contentOf(path, version, text) });
    }
  }

  function filesAt(known: ReadonlyMap<string, Known>, rolesAt: Roles, index: number) {
    return [...known]
      .flatMap(([path, { content }]) => {
        const role = rolesAt(path, index);
        return role === null || content === null ? [] : [commitFile(path, role, content)];
      })
      .sort((one, other) => (one.path < other.path ? -1 : 1));
  }

  function commitFile(path: string, role: Role, content: Content) {
    const file = { path: repository.seen(path), named: role === 'named', content };
    if (typeof role === 'string' || content.stage !== 'sound') return file;
    const partners = [...content.partners].filter(([handle]) => role.only.has(`partners ${handle}`));
    return { ...file, content: { ...content, partners: new Map(partners) } };
  }

  const changed = new Set(commits.flatMap(({ changes }) => changes.map(({ path }) => path)));
  const everOurs = [...changed].filter(isOurs);
  const states = new Map<string, Built>();
  let latest: State | null = null;

  async function stateAt(commit: string): Promise<Built> {
    const known = states.get(commit);
    if (known !== undefined) return known;
    const texts = await objects.read(everOurs.map((path) => `${commit}:${path}`));
    const files = everOurs.flatMap((path, index) => {
      const role = roles(path, -1);
      const text = texts[index] ?? null;
      if (role === null || text === null) return [];
      return [commitFile(path, role, contentOf(path, { object: '', kind: 'file' }, text))];
    });
    const built = buildState(files, latest);
    if (built.valid) latest = built.state;
    const [oldest] = states.keys();
    if (states.size >= statesKept && oldest !== undefined) states.delete(oldest);
    states.set(commit, built);
    return built;
  }

  return { steps, stepsBack, stateAt, isOurs };
}

/** Whether a path is one of these files, or a file of partners in one of these folders. */
export function isNamedBy(paths: readonly string[]): (path: string) => boolean {
  return (path) =>
    paths.some((named) => path === named || (folderOf(path) === named && isPartnersFile(nameOf(path))));
}

const nothing: Content = { stage: 'sound', rest: {}, partners: new Map() };

function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash === -1 ? '' : path.slice(0, slash);
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
