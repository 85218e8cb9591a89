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
