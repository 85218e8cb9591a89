import { existsSync } from 'node:fs';
import { readPlan } from '../../apply/saved-document.ts';
import { type CodeHost, findPost, type NewPost, type Post, type Posts } from '../../code-host/code-host.ts';
import { codeHostTokens, detectCodeHost } from '../../code-host/detect.ts';
import type { Plan } from '../../plan/plan.ts';
import { raisesAlarm } from '../../plan/summary.ts';
import { failure } from '../../problem.ts';
import type { Doors } from '../../render/doors.ts';
import { commentLimit, marker, planMarkdown } from '../../render/markdown.ts';
import type { Run } from '../command.ts';

const issueTitle = 'Introw has drifted from the files';

/**
 * Keeps one comment (of a plan, on the pull request of this run) or one issue (of drift) up to date. Where plan wrote
 * no file, the comment says that there is no preview, instead of leaving that of an earlier push there.
 */
export const run: Run<'report'> = async (args, terminal) => {
  const [path = ''] = args.positionals;
  for (const token of codeHostTokens(terminal.env)) terminal.doors.hide(token);
  const host = detectCodeHost(terminal.env);
  const document = existsSync(path) ? await readPlan(path) : null;
  const kind = document?.kind ?? 'plan';
  const done =
    kind === 'plan'
      ? await keepComment(
          host,
          marker(kind),
          bodyOf(document, host, terminal.doors),
          document !== null && saysNothing(document),
        )
      : await keepIssue(
          host,
          marker(kind),
          bodyOf(document, host, terminal.doors),
          document !== null && raisesAlarm(document),
        );
  await terminal.out(terminal.doors.text(done, (clean) => `${clean}\n`));
  return 0;
};

function bodyOf(document: Plan | null, host: CodeHost, doors: Doors): string {
  if (document === null)
    return host.adapt(
      `${marker('plan')}\n\n### There is no preview: [the run](${host.runUrl}) failed and says why.\n`,
    );
  const limit = Math.min(commentLimit, host.bodyLimit);
  return doors.text(document, (clean) => host.adapt(planMarkdown(clean, limit)));
}

/** A pull request that leaves the partners alone needs no comment, but one that was written earlier is corrected. */
function saysNothing({ summary, blocked, warnings, released }: Plan): boolean {
  return summary.create + summary.update + blocked.length + warnings.length + released.length === 0;
}

async function keepComment(host: CodeHost, begin: string, body: string, isQuiet: boolean): Promise<string> {
  const { comments } = host;
  if (comments === null)
    throw failure('CODE_HOST_UNKNOWN', `This run on ${host.name} belongs to no pull request to comment on.`);
  const found = await findPost(comments, host.adapt(begin));
  if (found === null && isQuiet) return 'Nothing to comment on: the change touches no partner.';
  return keep(comments, found, { title: '', body });
}

/** Open while there is drift that isn't known; closed, with the last word, when there is none. */
async function keepIssue(host: CodeHost, begin: string, body: string, isOpen: boolean): Promise<string> {
  const { issues } = host;
  if (issues === null) throw failure('CODE_HOST_UNKNOWN', `introwctl can't open issues on ${host.name}.`);
  const found = await findPost(issues, begin);
  if (isOpen) return keep(issues, found, { title: issueTitle, body });
  if (found === null) return 'No drift to report, and no issue is open.';
  await issues.update(found.id, { body, close: true });
  return `Closed the ${issues.noun}.`;
}

async function keep(posts: Posts, found: Post | null, post: NewPost): Promise<string> {
  if (found === null) await posts.create(post);
  else await posts.update(found.id, post);
  return `${found === null ? 'Created' : 'Updated'} the ${posts.noun}.`;
}
