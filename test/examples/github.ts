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
  readonly pulls: { readonly number: number; readonly state: string; readonly title: string }[];
  readonly calls: string[];
};

export function githubOf(place: Place): FakeGithub {
  return JSON.parse(readFileSync(join(place.root, 'github.json'), 'utf8'));
}

export function startGithub(place: Place, more: Partial<FakeGithub> = {}): void {
  putCommand(place.bin, 'gh', 'gh.mjs');
  const empty: FakeGithub = { comments: [], issues: [], pulls: [], calls: [] };
  writeFileSync(join(place.root, 'github.json'), JSON.stringify({ ...empty, ...more }));
}
