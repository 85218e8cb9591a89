/** Contents of git's objects, all of them through one process: `git cat-file --batch`. */
import { once } from 'node:events';
import { failure } from '../problem.ts';
import { startGit } from './git.ts';

export type ObjectReader = {
  /** The contents, in order; null for what isn't there, or isn't a file. A name is an id, or `commit:path`. */
  readonly read: (names: readonly string[]) => Promise<readonly (string | null)[]>;
  readonly close: () => void;
};

export function openObjects(folder: string): ObjectReader {
  const child = startGit(folder, ['cat-file', '--batch']);
  // That it can't be run, or ends early, is noticed by who reads: there are no more answers.
  child.on('error', () => child.stdout.destroy());
  child.stdin.on('error', () => undefined);
  child.stderr.resume();
  const stdout = bytesOf(child.stdout);
  const readOne = async () => {
    const header = await stdout.line();
    const [, kind, size = ''] = /^\S+ (\w+) (\d+)$/.exec(header) ?? [];
    // `<name> missing`, or `<name> ambiguous`.
    if (kind === undefined) return null;
    const content = await stdout.take(Number(size));
    await stdout.take(1);
    return kind === 'blob' ? content.toString() : null;
  };
  const readAll = async (names: readonly string[]) => {
    // A line break in a name would be two questions; no such path can be asked for.
    const asked = names.map((name) => (name.includes('\n') ? '-' : name));
    const written = child.stdin.write(asked.map((name) => `${name}\n`).join(''));
    const contents: (string | null)[] = [];
    for (let index = 0; index < names.length; index++) contents.push(await readOne());
    if (!written && child.stdin.writableNeedDrain) await once(child.stdin, 'drain');
    return contents;
  };
  // Answers come in the order of the questions: whoever asks next waits for those before.
  let asking: Promise<unknown> = Promise.resolve();
  return {
    read: (names) => {
      const answered = asking.then(() => readAll(names));
      asking = answered.catch(() => undefined);
      return answered;
    },
    close: () => {
      child.stdin.end();
      child.kill();
    },
  };
}

/** A stream as bytes that are asked for: a line, or so many. */
function bytesOf(stream: AsyncIterable<Buffer>) {
  const chunks = stream[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);
  const more = async () => {
    const { done, value } = await chunks.next().catch(() => ({ done: true, value: rest }));
    if (done === true)
      throw failure('GIT_FAILED', 'git stopped before it had given all versions of the files.');
    return value;
  };
  const take = async (length: number): Promise<Buffer> => {
    const parts: Buffer[] = [];
    let missing = length;
    while (rest.length < missing) {
      parts.push(rest);
      missing -= rest.length;
      rest = await more();
    }
    parts.push(rest.subarray(0, missing));
    rest = rest.subarray(missing);
    return parts.length === 1 ? (parts[0] ?? rest) : Buffer.concat(parts);
  };
  return {
    take,
    line: async () => {
      let end = rest.indexOf(10);
      while (end === -1) {
        rest = Buffer.concat([rest, await more()]);
        end = rest.indexOf(10);
      }
      const line = (await take(end)).toString();
      await take(1);
      return line;
    },
  };
}
