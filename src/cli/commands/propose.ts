import type { Post, Posts } from '../../code-host/code-host.ts';
import { codeHostTokens, detectCodeHost } from '../../code-host/detect.ts';
import { changeMark, commitChanges, isPushed, pushBranch } from '../../git/proposal.ts';
import { failure } from '../../problem.ts';
import type { Run } from '../command.ts';

const title = 'Accept what Introw holds';

/** The first words of the body of every proposal; the mark of what it proposes follows them. */
const marker = '<!-- introwctl:accept';

const settled = 'Resolved: Introw and the files agree.';

const explanation = [
  'Somebody changed these values in Introw. Merge to keep them.',
  '',
  'If it is closed, Introw and the files stay as they are, and the same values are not proposed again.',
  'To revert Introw to the files instead, run the pipeline that applies by hand, with set-back.',
];

/**
 * Offers the changes of the files, as accept has made them, in one pull request that follows Introw: updated while it
 * is open, closed when nothing differs any more, and not opened again for what somebody has declined.
 */
export const run: Run<'propose'> = async (args, terminal) => {
  for (const token of codeHostTokens(terminal.env)) terminal.doors.hide(token);
  const host = detectCodeHost(terminal.env);
  const { branch: base, pullRequests, push } = host;
  if (pullRequests === null || push === null || base === null)
    throw failure('CODE_HOST_UNKNOWN', `introwctl can't open a pull request from this run on ${host.name}.`);
  const pulls = pullRequests(args.branch, base);
  const last = await lastProposal(pulls);
  const mark = await changeMark(args.file);
  const say = (text: string) => terminal.out(terminal.doors.text(text, (clean) => `${clean}\n`));
  if (mark === null) return say(await settle(pulls, last)).then(() => 0);

  const begin = `${marker} ${mark} -->`;
  const isSame = last?.body.startsWith(begin) === true;
  if (isSame && last?.state === 'closed') {
    await say(`The ${pulls.noun} ${last.id} proposed the same and was closed: it is not proposed again.`);
    return 0;
  }
  const commit = await commitChanges(args.file, title, push.author);
  // The same proposal again would only bother those who review it.
  if (isSame && (await isPushed(commit, args.branch))) {
    await say(`The ${pulls.noun} ${last?.id} proposes this already.`);
    return 0;
  }
  await pushBranch(commit, args.branch, push);
  const body = [begin, '', ...explanation].join('\n');
  const isOpen = last?.state === 'open';
  if (isOpen) await pulls.update(last.id, { body });
  else await pulls.create({ title, body });
  await say(`${isOpen ? 'Updated' : 'Opened'} the ${pulls.noun}.`);
  return 0;
};

/** The newest proposal that wasn't merged; what was merged is settled. */
async function lastProposal({ own }: Posts): Promise<Post | null> {
  for await (const post of own()) return post.state === 'merged' ? null : post;
  return null;
}

/** Nothing differs any more: the proposal is closed, and what it proposed may be proposed again. */
async function settle(pulls: Posts, last: Post | null): Promise<string> {
  if (last === null || (last.state === 'closed' && !last.body.startsWith(marker)))
    return 'Nothing to propose.';
  await pulls.update(last.id, { body: settled, close: true });
  return `Nothing differs any more: the ${pulls.noun} ${last.id} is closed.`;
}
