import { expect, test } from 'vitest';
import { commands } from '../../src/cli/commands/table.ts';
import { environment, folder, introwctl } from './command.ts';

test.each([['introwctl'], ...commands.map(({ name }) => [name])])('the help of %s', async (name) => {
  const args = name === 'introwctl' ? ['--help'] : [name, '--help'];
  const { exit, out, err } = await introwctl(folder({}), args, environment(null));
  expect({ exit, err }).toEqual({ exit: 0, err: '' });
  expect(out).toMatch(/^introwctl /);
  for (const option of commands.find((each) => each.name === name)?.options ?? [])
    expect(out).toContain(`--${option}`);
  // What is wider or narrower than its characters would be wrapped and aligned wrongly.
  expect(out).toMatch(/^[\n -~]*$/);
  for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
});
