import { didYouMean, nearest } from '../desired/nearest.ts';
import { commands } from './commands.ts';
import { options } from './options.ts';

/** What yargs says of words that it doesn't know, with what was probably meant; null where it says something else. */
export function aboutUnknown(message: string, argv: readonly string[]): string | null {
  const word = /^Unknown (?:argument|command)s?: ([^,]+)/.exec(message)?.[1];
  if (word === undefined) return null;
  if (argv[0] === word) {
    const names = [...commands.map(({ name }) => name), 'completion'];
    return `There is no command ${JSON.stringify(word)}.${didYouMean(nearest(word, names))}`;
  }
  const dashed = argv.find((each) => /^--?/.test(each) && each.replace(/^-+/, '').split('=')[0] === word);
  if (dashed !== undefined) {
    const meant = nearest(word, Object.keys(options));
    return `There is no option ${dashed.split('=')[0]} here.${didYouMean(meant === null ? null : `--${meant}`)}`;
  }
  return /\.ya?ml$|\/$/.test(word)
    ? `${JSON.stringify(word)} stands alone: files and folders are named with -f.`
    : `${JSON.stringify(word)} means nothing here.`;
}
