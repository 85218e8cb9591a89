/** What leaves for a remote: branches and notes, pushed with the token of a run and never over what others have pushed. */
import { setTimeout } from 'node:timers/promises';
import { failure } from '../problem.ts';
import { type GitResult, git, overNetwork } from './git.ts';
import { mergeNotes, notesRef } from './notes.ts';

/** Where to push, and the header that carries the token; null where git knows by itself how to get in. */
export type PushTarget = { readonly url: string; readonly header: string | null };

/** Runs a git command that goes to the remote. The token is in no argument: git reads it from its environment. */
export function gitAt({ header }: PushTarget, args: readonly string[]): Promise<GitResult> {
  return git('.', args, undefined, { ...overNetwork, ...(header === null ? {} : headerSetting(header)) });
}

function headerSetting(header: string): Record<string, string> {
  const settings = Number(process.env.GIT_CONFIG_COUNT ?? 0);
  return {
    GIT_CONFIG_COUNT: String(settings + 1),
    [`GIT_CONFIG_KEY_${settings}`]: 'http.extraHeader',
    [`GIT_CONFIG_VALUE_${settings}`]: header,
  };
}

/**
 * Moves a branch of the remote forward to a commit; `later` where it is at a later one already, and stays there. Throws
 * GIT_FAILED where the remote refuses, and where the branch isn't an ancestor of the commit.
 */
export async function moveForward(
  target: PushTarget,
  branch: string,
  commit: string,
): Promise<'moved' | 'later'> {
  const ref = `refs/heads/${branch}`;
  const pushed = await gitAt(target, ['push', '--quiet', target.url, `${commit}:${ref}`]);
  if (pushed.code === 0) return 'moved';
  const now = await refAt(target, ref);
  if (now === null) throw refused(branch, pushed);
  await fetchRef(target, ref, branch);
  if (await isAncestor(commit, now)) return 'later';
  if (await isAncestor(now, commit)) throw refused(branch, pushed);
  if (await isShallow())
    throw failure('GIT_FAILED', `This clone is shallow, so git can't tell whether ${branch} may move.`, {
      hint: 'Run git fetch --unshallow, then record again.',
    });
  throw failure(
    'GIT_FAILED',
    `${branch} is at ${now.slice(0, 8)}, which is not in the history of ${commit.slice(0, 8)}.`,
    {
      hint: `If the history was rewritten, delete the branch ${branch}: the next plan compares without a base.`,
    },
  );
}

async function isAncestor(one: string, other: string): Promise<boolean> {
  return (await git('.', ['merge-base', '--is-ancestor', one, other])).code === 0;
}

async function isShallow(): Promise<boolean> {
  const { stdout } = await git('.', ['rev-parse', '--is-shallow-repository']);
  return stdout.toString().trim() === 'true';
}

/** Others may push notes at the same moment: each attempt takes in theirs. */
const mostAttempts = 20;

/** Pushes the notes of this clone, joined with those of the remote, so that no run's record is lost to another's. */
export async function pushNotes(target: PushTarget): Promise<void> {
  let theirs = await refAt(target, notesRef);
  for (let attempt = 1; ; attempt++) {
    if (theirs !== null) {
      await fetchRef(target, notesRef, 'The notes');
      await mergeNotes(theirs);
    }
    const pushed = await gitAt(target, ['push', '--quiet', target.url, `${notesRef}:${notesRef}`]);
    if (pushed.code === 0) return;
    const now = await refAt(target, notesRef);
    // While another push holds the lock of the ref, it hasn't moved yet.
    const isRace = now !== theirs || /\block\b/.test(pushed.stderr);
    if (!isRace || attempt === mostAttempts) throw refused('The notes', pushed);
    theirs = now;
    await setTimeout(Math.random() * 100 * attempt);
  }
}

/** Brings what a ref of the remote holds, and moves no ref here; `what` it is, for the error. */
async function fetchRef(target: PushTarget, ref: string, what: string): Promise<void> {
  const quietly = ['--quiet', '--no-tags', '--no-write-fetch-head'];
  const fetched = await gitAt(target, ['fetch', ...quietly, target.url, ref]);
  if (fetched.code !== 0) throw refused(what, fetched);
}

/** The object that a ref of the remote names; null where there is no such ref. Throws where the remote doesn't answer. */
async function refAt(target: PushTarget, ref: string): Promise<string | null> {
  const listed = await gitAt(target, ['ls-remote', '--quiet', target.url, ref]);
  if (listed.code !== 0) throw refused(ref, listed);
  const row = listed.stdout
    .toString()
    .split('\n')
    .find((each) => each.endsWith(`\t${ref}`));
  return row === undefined ? null : (row.split('\t')[0] ?? null);
}

function refused(what: string, { stderr }: GitResult) {
  const lines = stderr.trim().split('\n');
  const why = lines.find((line) => /^ ?!|^(fatal|error|remote): /.test(line)) ?? lines[0] ?? '';
  const hasNoRemote = /does not appear to be a git repository|No such remote/.test(stderr);
  return failure('GIT_FAILED', `${what} could not be pushed: ${why.trim().replace(/\.$/, '')}.`, {
    hint: hasNoRemote
      ? 'Add the remote that others read, and record again: the note is kept here.'
      : "The token's permissions don't cover this, or the branch is protected: see the head of the workflow for what it needs.",
  });
}
