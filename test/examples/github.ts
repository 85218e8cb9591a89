/** What GitHub holds of a repository besides git: what the stand-in for gh reads and writes. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Place, putCommand } from './place.ts';

export type FakeGithub = {
  readonly comments: {
    readonly id: number;
    readonly user: { readonly login: string };
    readonly body: string;
  }[];
  readonly issues: {
    readonly number: number;
    readonly state: string;
    readonly title: string;
    readonly body: string;
    readonly user: { readonly login: string };
    readonly state_reason?: string;
  }[];
  readonly pulls: {
    readonly number: number;
    readonly state: string;
    readonly title: string;
    readonly body: string;
    readonly merged_at: string | null;
  }[];
  readonly calls: string[];
};

export function githubOf(place: Place): FakeGithub {
  return JSON.parse(readFileSync(join(place.root, 'github.json'), 'utf8'));
}

/** Somebody closes the last pull request, or merges it; the branch stays. */
export function closePull(place: Place, how: 'closed' | 'merged'): void {
  const github = githubOf(place);
  const last = github.pulls.at(-1);
  const merged_at = how === 'merged' ? '2026-09-28T07:30:00Z' : null;
  const pulls = github.pulls.map((pull) => (pull === last ? { ...pull, state: 'closed', merged_at } : pull));
  writeFileSync(join(place.root, 'github.json'), JSON.stringify({ ...github, pulls }));
}

export function startGithub(place: Place, more: Partial<FakeGithub> = {}): void {
  putCommand(place.bin, 'gh', 'gh.mjs');
  const empty: FakeGithub = { comments: [], issues: [], pulls: [], calls: [] };
  writeFileSync(join(place.root, 'github.json'), JSON.stringify({ ...empty, ...more }));
}
