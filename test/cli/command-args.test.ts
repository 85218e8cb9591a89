/** What a command can ask of its arguments: the options of its row and no others. Held by the type check. */
import { expect, expectTypeOf, test } from 'vitest';
import type { Args, CommandName, Run } from '../../src/cli/command.ts';
import { commands } from '../../src/cli/commands/table.ts';

type Taken<Name extends CommandName> = Exclude<keyof Args<Name>, 'positionals' | 'defaulted'>;

test('the arguments of a command are the options of its row', () => {
  expectTypeOf<Taken<'validate'>>().toEqualTypeOf<'file' | 'format' | 'color' | 'verbose'>();
  expectTypeOf<Taken<'init'>>().toEqualTypeOf<'file' | 'ci' | 'check'>();
  expectTypeOf<Taken<'report'>>().toEqualTypeOf<never>();
  expectTypeOf<'publish' | 'known'>().extract<Taken<'pin'>>().toEqualTypeOf<never>();
  expectTypeOf<Args<'fmt'>['check']>().toEqualTypeOf<boolean>();
});

test('the code of each command is loaded by its own row', async () => {
  type RunOf<Row> = Row extends { load: () => Promise<{ run: infer Code }> } ? Code : never;
  type Rows = import('../../src/cli/commands/table.ts').Rows[number];
  type Matches = { [Row in Rows as Row['name']]: RunOf<Row> extends Run<Row['name']> ? true : false };
  expectTypeOf<Matches[CommandName]>().toEqualTypeOf<true>();
  for (const { load } of commands) expect((await load()).run).toBeTypeOf('function');
});
