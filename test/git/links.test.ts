/** Links into code hosts, by the remote's URL. */
import { expect, test } from 'vitest';
import { linksFor } from '../../src/git/links.ts';

test.each([
  ['git@github.com:us/partners.git', 'https://github.com/us/partners/blob/c0ffee/a%20b/p.yaml#L7'],
  ['https://x:secret@github.com/us/partners', 'https://github.com/us/partners/blob/c0ffee/a%20b/p.yaml#L7'],
  [
    'https://gitlab.com/us/sub/partners.git',
    'https://gitlab.com/us/sub/partners/-/blob/c0ffee/a%20b/p.yaml#L7',
  ],
  ['git@bitbucket.org:us/partners.git', 'https://bitbucket.org/us/partners/src/c0ffee/a%20b/p.yaml#lines-7'],
  ['https://codeberg.org/us/partners', 'https://codeberg.org/us/partners/src/commit/c0ffee/a%20b/p.yaml#L7'],
  [
    'git@ssh.dev.azure.com:v3/us/crm/partners',
    'https://dev.azure.com/us/crm/_git/partners?path=/a%20b/p.yaml&version=GCc0ffee&line=7&lineEnd=8&lineStartColumn=1&lineEndColumn=1',
  ],
  ['/srv/git/partners.git', null],
  ['javascript:alert(1)', null],
])('a line of a file on %s', (remote, link) => {
  expect(linksFor(remote).line('c0ffee', 'a b/p.yaml', 7)).toBe(link);
});

test.each([
  ['https://github.com/us/partners.git', 'https://github.com/us/partners/commit/c1'],
  ['https://user:secret@github.com/us/partners', 'https://github.com/us/partners/commit/c1'],
  ['git@github.com:us/partners.git', 'https://github.com/us/partners/commit/c1'],
  ['ssh://git@github.com:22/us/partners.git', 'https://github.com/us/partners/commit/c1'],
  ['https://github.acme.example/us/partners/', 'https://github.acme.example/us/partners/commit/c1'],
  ['git@gitlab.com:group/sub/partners.git', 'https://gitlab.com/group/sub/partners/-/commit/c1'],
  ['http://gitlab.acme.example:8080/g/p.git', 'http://gitlab.acme.example:8080/g/p/-/commit/c1'],
  ['git@bitbucket.org:us/partners.git', 'https://bitbucket.org/us/partners/commits/c1'],
  ['https://dev.azure.com/org/project/_git/repo', 'https://dev.azure.com/org/project/_git/repo/commit/c1'],
  ['git@ssh.dev.azure.com:v3/org/project/repo', 'https://dev.azure.com/org/project/_git/repo/commit/c1'],
  ['https://git.acme.example/us/partners.git', null],
  ['https://evil.example/github.com/x', null],
  ['/srv/git/partners.git', null],
  ['file:///srv/git/partners.git', null],
  ['https://github.com/us/pa)rt"ners', null],
  ['', null],
  [null, null],
])('%s', (url, page) => {
  expect(linksFor(url).commit('c1')).toBe(page);
});

test.each([
  ['Promote Acme (#42)', 42],
  ['Merge pull request #7 from us/side', 7],
  ['Merged in side (pull request #9)', 9],
  ['Merged PR 11: Promote Acme', 11],
  ['Promote Acme (!5)', 5],
  ['See merge request us/partners!13', 13],
  ['Promote Acme, see #42', null],
  ['Revert "Promote Acme (#42)" (#43)', 43],
])('%s', (subject, number) => {
  expect(linksFor(null).review(subject)).toEqual(number === null ? null : { number, url: null });
});
