/**
 * docs/commands.md lists every option of every command, as --help does. Where this fails, somebody changed a command:
 * `npx vitest run test/docs/commands.test.ts -u` writes the lists again, and adds a section for a new command.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Options } from 'yargs';
import { type Command, formatsOf } from '../../src/cli/command.ts';
import { commands } from '../../src/cli/commands/table.ts';
import { type OptionName, options } from '../../src/cli/options.ts';
import { withPart } from './blocks.ts';

const path = join(fileURLToPath(new URL('../..', import.meta.url)), 'docs/commands.md');
const written = readFileSync(path, 'utf8');

/** What an option takes after its name. */
function argumentOf(name: OptionName, command: Command): string {
  const { type, choices }: Options = options[name];
  if (name === 'format') return ` ${formatsOf(command).join('\\|')}`;
  if (name === 'field') return ` ${(command.fields ?? choices ?? []).join('\\|')}`;
  if (choices !== undefined) return ` ${choices.join('\\|')}`;
  return type === 'boolean' ? '' : ` <${type === 'number' ? 'number' : 'value'}>`;
}

function defaultOf(name: OptionName, command: Command): string {
  const { default: value, defaultDescription, type }: Options = options[name];
  if (name === 'format') return `\`${formatsOf(command)[0]}\``;
  if (defaultDescription !== undefined) return `\`${defaultDescription}\``;
  return type === 'boolean' || value === undefined ? '' : `\`${value}\``;
}

function listOf(command: Command): string {
  const { name, positionals, describe, example } = command;
  const rows = command.options.map((option) => {
    const { alias, describe: does }: Options = options[option];
    const short = alias === undefined ? '' : `\`-${alias}\`, `;
    const left = `${short}\`--${option}${argumentOf(option, command)}\``;
    return `| ${left} | ${String(does).replaceAll('|', '\\|')} | ${defaultOf(option, command)} |\n`;
  });
  const table = rows.length === 0 ? '' : `\n| option | does | default |\n|---|---|---|\n${rows.join('')}`;
  const usage = ['introwctl', name, ...(positionals === undefined ? [] : [positionals])].join(' ');
  return `\n${describe}.\n\n\`\`\`sh\n${usage}\n${example[0]} # ${example[1]}\n\`\`\`\n${table}\n`;
}

test('docs/commands.md lists every option of every command', async () => {
  const made = commands.reduce((document, command) => {
    const hasSection = document.includes(`\n## ${command.name}\n`);
    const section = `\n## ${command.name}\n\n<!-- made: ${command.name} -->\n<!-- end -->\n`;
    return withPart(hasSection ? document : document + section, command.name, listOf(command));
  }, written);
  await expect(made).toMatchFileSnapshot(path);
});

test('it describes no command that there is not', () => {
  const sections = [...written.matchAll(/<!-- made: (.*) -->/g)].map(([, name]) => name);
  expect(sections.sort()).toEqual(commands.map(({ name }) => name).sort());
});
