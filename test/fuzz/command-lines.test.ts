/** Command lines of known and unknown words in any order. */
import fc from 'fast-check';
import { afterEach, beforeEach, test, vi } from 'vitest';
import { commands } from '../../src/cli/commands/table.ts';
import { options } from '../../src/cli/options.ts';
import { choose } from '../../src/cli/program.ts';
import { endsWell, runs } from './ends-well.ts';

// yargs prints help and versions itself.
beforeEach(() => void vi.spyOn(console, 'log').mockImplementation(() => undefined));
afterEach(() => void vi.restoreAllMocks());

const value = fc.oneof(
  fc.constantFrom(
    ...['', '-', '--', '=', 'true', 'false', '0', '-1', '1e999', 'NaN', '50%', '101%', 'json', 'text', 'xml'],
    ...['__proto__', 'constructor', 'toString', 'a,b,,', 'tier=gold', '\u0000', '😀', "'", '"', '\n', '../x'],
  ),
  fc.string({ maxLength: 8, unit: 'binary' }),
);
const optionNames = [
  ...Object.keys(options),
  'help',
  'version',
  'no-color',
  'fromat',
  '__proto__',
  'a.b',
  'x-',
];
const word = fc.oneof(
  fc.constantFrom(...optionNames).map((name) => `--${name}`),
  fc.tuple(fc.constantFrom(...optionNames), value).map(([name, given]) => `--${name}=${given}`),
  fc.constantFrom('-f', '-h', '-v', '-fx', '-f=x', '--no-no-color', '--get-yargs-completions', '--$0', '--_'),
  value,
  fc.constantFrom(...commands.map(({ name }) => name)),
);
const commandLine = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.constantFrom(...commands.map(({ name }) => name)), fc.array(word, { maxLength: 6 }))
      .map(([name, words]) => [name, ...words]),
  },
  fc.array(word, { maxLength: 6 }),
  fc.array(word, { maxLength: 4 }).map((words) => ['--get-yargs-completions', 'introwctl', ...words]),
);

test('any command line is a command with its options, or a problem', async () => {
  await fc.assert(
    fc.asyncProperty(commandLine, async (words) => {
      await endsWell(() => choose(words));
    }),
    runs(150),
  );
});
