/** Where the repository is hosted, as far as pipelines need it: comments, issues and pull requests that are kept up to date. */

/** One comment, issue or pull request of ours. `state` is always open for comments. */
export type Post = {
  readonly id: string;
  readonly body: string;
  readonly state: 'open' | 'closed' | 'merged';
};

export type NewPost = { readonly title: string; readonly body: string };
export type PostChange = { readonly body: string; readonly close?: boolean };

/** A list of posts: the comments of one pull request, the open issues, or the pull requests from one branch. */
export type Posts = {
  /** What people call a post of this list, such as `comment on pull request 7`. */
  readonly noun: string;
  /** The posts that this token's user wrote, page after page; somebody else's text is never taken for ours. */
  readonly own: () => AsyncIterable<Post>;
  readonly create: (post: NewPost) => Promise<void>;
  readonly update: (id: string, change: PostChange) => Promise<void>;
};

/** How git commits and pushes there: as whom, to which address, and with the header that carries the token. */
export type PushAccess = {
  readonly author: { readonly name: string; readonly email: string };
  readonly url: string;
  readonly header: string;
};

export type CodeHost = {
  readonly name: string;
  /** The page of this run, for people. */
  readonly runUrl: string;
  /** The most characters that a comment or an issue may have. */
  readonly bodyLimit: number;
  /** What this host can't show in Markdown is put in a form that it can. */
  readonly adapt: (markdown: string) => string;
  /** Null where this run belongs to no pull request. */
  readonly comments: Posts | null;
  /** Null where the host has no issues that this tool writes. */
  readonly issues: Posts | null;
  /** The pull requests from `branch` into `base`, the newest first; null where this tool opens none. */
  readonly pullRequests: ((branch: string, base: string) => Posts) | null;
  /** The branch that this run is for; null in a pull request. */
  readonly branch: string | null;
  readonly push: PushAccess | null;
};

/** The first post that begins with the marker; null where there is none. */
export async function findPost({ own }: Posts, marker: string): Promise<Post | null> {
  for await (const post of own()) if (post.body.startsWith(marker)) return post;
  return null;
}
