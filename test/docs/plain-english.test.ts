/**
 * Messages, help, comments and documents use the ordinary word, and Terraform's where it has one. These are words that
 * made people read a sentence twice.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

const ordinary: readonly (readonly [RegExp, string])[] = [
  [/\bbeside\b/, 'next to'],
  [/\banew\b/, 'again'],
  [/\bfarewell\b/, 'grace period'],
  [/\btruth value\b/, 'boolean'],
  [/\bmend(s|ed|ing)?\b/, 'fix'],
  [/\bcan not\b/, "can't"],
  [/\bsay --/, 'pass --'],
  [/\b(is|are|was|were|been) told\b/, 'is reported, is known'],
  [/\brings? (an|no) alarm\b/, 'raises an alarm'],
  [/\bstands (in|at|below|above|after|before) /, 'is in'],
  [/\bOnly yes\b|\ba yes\b/, "Type 'yes' to confirm"],
  [/\bas the files say\b/, 'match the files'],
  [/\b(is|are) in no file\b/, "isn't in any file"],
  [/\bmoved away from\b/, 'drifted'],
  [/\bmistake in introwctl\b/, 'bug in introwctl'],
  [/\bbehind\b/, 'after, followed by'],
  [/\bslips? like it\b/, 'the same problem'],
  [/\bsays? in its head\b/, 'begins with'],
];

/** The files of the folders that hold sentences for people. */
function filesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|mjs|md|yml|yaml|json)$/.test(name))
    .map((name) => join(folder, name));
}

const files = [
  ...['src', 'docs', 'examples', 'schemas', 'templates', 'test/cli/expected'].flatMap(filesIn),
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', 'action.yml'],
];

test.each(ordinary)('nothing says %s, the word is: %s', (odd) => {
  const found = files.flatMap((file) =>
    readFileSync(join(root, file), 'utf8')
      .split('\n')
      .flatMap((line, index) => (odd.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [])),
  );
  expect(found).toEqual([]);
});

test('sentences of documents are broken before column 130', () => {
  const pages = files.filter((file) => /^(?:docs\/(?!commands)|[A-Z]).*\.md$/.test(file));
  const long = pages.flatMap((file) =>
    readFileSync(join(root, file), 'utf8')
      .split('\n')
      .flatMap((line, index) => (line.length > 130 && !/^[|>]/.test(line) ? [`${file}:${index + 1}`] : [])),
  );
  expect(long).toEqual([]);
});
