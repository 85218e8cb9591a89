/** Links into the code host that a remote is on, and the numbers of changes that subjects carry. */

/** A pull request or merge request. */
export type Review = { readonly number: number; readonly url: string | null };

export type Links = {
  readonly commit: (commit: string) => string | null;
  readonly review: (subject: string) => Review | null;
  /** A line of a file at a commit. The path is git's own, from the top and with forward slashes. */
  readonly line: (commit: string, path: string, line: number) => string | null;
};

type Host = {
  readonly isIt: (host: string) => boolean;
  readonly commit: string;
  readonly review: string;
  /** A line of a file; `path` is encoded. */
  readonly line: (commit: string, path: string, line: number) => string;
  /** The path of the pages, where it isn't that of the remote. */
  readonly path?: (path: string) => string;
};

/** What follows the repository's address on each code host; by their host names, since a remote says no more. */
const hosts: readonly Host[] = [
  {
    isIt: (host) => /(^|\.)github\./.test(host) || host.startsWith('github-'),
    commit: '/commit/',
    review: '/pull/',
    line: (commit, path, line) => `/blob/${commit}/${path}#L${line}`,
  },
  {
    isIt: (host) => /(^|\.)gitlab\./.test(host),
    commit: '/-/commit/',
    review: '/-/merge_requests/',
    line: (commit, path, line) => `/-/blob/${commit}/${path}#L${line}`,
  },
  {
    isIt: (host) => host === 'bitbucket.org',
    commit: '/commits/',
    review: '/pull-requests/',
    line: (commit, path, line) => `/src/${commit}/${path}#lines-${line}`,
  },
  {
    isIt: (host) => host === 'codeberg.org',
    commit: '/commit/',
    review: '/pulls/',
    line: (commit, path, line) => `/src/commit/${commit}/${path}#L${line}`,
  },
  {
    isIt: (host) => host === 'dev.azure.com' || host === 'ssh.dev.azure.com',
    commit: '/commit/',
    review: '/pullrequest/',
    line: (commit, path, line) =>
      `?path=/${path}&version=GC${commit}&line=${line}&lineEnd=${line + 1}&lineStartColumn=1&lineEndColumn=1`,
    path: (path) => path.replace(/^v3\/([^/]+)\/([^/]+)\//, '$1/$2/_git/'),
  },
];

/** Links for a remote's URL; none where there is no remote, or it is on no code host that is known. */
export function linksFor(url: string | null): Links {
  const repository = url === null ? null : pagesOf(url);
  return {
    commit: (commit) =>
      repository === null ? null : `${repository.address}${repository.host.commit}${commit}`,
    line: (commit, path, line) => {
      if (repository === null) return null;
      const encoded = path.split('/').map(encodeURIComponent).join('/');
      return `${repository.address}${repository.host.line(commit, encoded, line)}`;
    },
    review: (subject) => {
      const number = reviewNumber(subject);
      if (number === null) return null;
      return {
        number,
        url: repository === null ? null : `${repository.address}${repository.host.review}${number}`,
      };
    },
  };
}

/** The address of the repository's pages, without any password that the remote's URL holds. */
function pagesOf(url: string): { readonly address: string; readonly host: Host } | null {
  const [, scheme = 'https', named, port = '', path] =
    /^(?:(https?|ssh|git):\/\/)?(?:[^@/]*@)?([\w.-]+)(?:(:\d+)(?=\/)|:(?!\d+\/))?\/?(.+?)(?:\.git)?\/?$/i.exec(
      url,
    ) ?? [];
  if (named === undefined || path === undefined || !/^[\w.~%/ -]+$/.test(path)) return null;
  const host = hosts.find(({ isIt }) => isIt(named.toLowerCase()));
  if (host === undefined) return null;
  const shown = named.toLowerCase().replace(/^ssh\.(?=dev\.azure\.)/, '');
  const pages = host.path?.(path) ?? path;
  // The port of ssh is none of the pages.
  const at = /^https?$/i.test(scheme) ? `${shown}${port}` : shown;
  return {
    address: `${scheme === 'http' ? 'http' : 'https'}://${at}/${pages.replaceAll(' ', '%20')}`,
    host,
  };
}

const numbers = [
  /^Merge pull request #(\d{1,9})\b/, // GitHub, a merge
  /^Merged? in .*\(pull request #(\d{1,9})\)/, // Bitbucket
  /^Merged PR (\d{1,9}):/, // Azure
  /\([#!](\d{1,9})\)\s*$/, // GitHub and GitLab, squashed
  /\bmerge request \S*!(\d{1,9})\b/i, // GitLab
];

function reviewNumber(subject: string): number | null {
  for (const pattern of numbers) {
    const [, number] = pattern.exec(subject) ?? [];
    if (number !== undefined) return Number(number);
  }
  return null;
}
