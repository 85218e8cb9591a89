import { commitAt } from '../git/base.ts';
import { linksFor } from '../git/links.ts';
import { openRepository } from '../git/repository.ts';
import type { Plan } from '../plan/plan.ts';
import { Failure } from '../problem.ts';
import type { LineLink } from '../render/html/links.ts';

const none: LineLink = () => null;

/** Links to the lines of a plan's files at its commit; none where the repository or its code host isn't known. */
export async function lineLinks({ source: { commit, files } }: Plan): Promise<LineLink> {
  try {
    // A saved plan may come from another repository than the one that this runs in.
    if (commit === null || (await commitAt(commit)) === null) return none;
    const repository = await openRepository();
    const links = linksFor(repository.url);
    const inside = await Promise.all(
      files.map(async (file) => [file, await repository.inside(file)] as const),
    );
    const paths = new Map(inside);
    return ({ file, line }) => {
      const path = paths.get(file);
      return path === undefined ? null : links.line(commit, path, line);
    };
  } catch (error) {
    // Outside of a repository, or for a file outside of it, there is nothing to link to.
    if (error instanceof Failure) return none;
    throw error;
  }
}
