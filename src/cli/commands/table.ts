/** The commands: what each is for, what it takes, and where its code is. The code is loaded when it is used. */
import { historyFields } from '../../history/history-fields.ts';
import { sandboxHelp } from '../../sandbox/help.ts';
import type { Command } from '../command.ts';
import { optionGroups as groups } from '../options.ts';

const rows = [
  {
    name: 'validate',
    positionals: '[files..]',
    describe: 'Check the files: syntax, schema, catalog names, duplicates',
    options: ['file', ...groups.shown, 'verbose'],
    example: ['introwctl validate -f partners/', 'Check all files of a folder, without a key'],
    load: () => import('./validate.ts'),
  },
  {
    name: 'plan',
    describe: 'Show what apply would do',
    options: [...groups.planning, 'detailed-exitcode', 'fail-when-blocked', 'out'],
    example: ['introwctl plan --base origin/main --changed', 'Only what this branch changes'],
    load: () => import('./plan.ts'),
  },
  {
    name: 'show',
    positionals: '<document>',
    describe: 'Show a saved plan, drift or outcome again, offline',
    options: [...groups.shown, 'verbose', 'summary'],
    example: ['introwctl show plan.json --format markdown', 'A saved plan as a pull-request comment'],
    load: () => import('./show.ts'),
  },
  {
    name: 'apply',
    positionals: '[plan.json]',
    describe: 'Change Introw to match the files, after confirmation',
    options: [...groups.planning, 'auto-approve', 'dry-run', 'partial', 'pin', 'into', 'record', 'out'],
    example: ['introwctl apply plan.json --auto-approve', 'Apply exactly the plan that was reviewed'],
    load: () => import('./apply.ts'),
  },
  {
    name: 'drift',
    describe: 'Show what in Introw has drifted from the files; cannot write',
    options: groups.drifting,
    example: ['introwctl drift --known yesterday.json', 'Exit 2 only for drift that is new'],
    load: () => import('./drift.ts'),
  },
  {
    name: 'export',
    describe: 'Print the partners as a sheet (CSV) or JSON: those of the files, of Introw, or both',
    options: [...groups.reading, 'where', 'match', 'live', 'compare', 'at', 'bom'],
    formats: ['csv', 'json'],
    example: [
      'introwctl export --where tier=gold --bom > review.csv',
      'A sheet for Excel, to review tiers in',
    ],
    load: () => import('./export.ts'),
  },
  {
    name: 'edit',
    describe: 'Write what was changed in an exported sheet into the files',
    options: ['file', ...groups.shown, 'from', 'add', 'into', 'reasons', 'auto-approve', 'check'],
    example: ['introwctl edit --from review.csv', 'A tier review in a spreadsheet, as a change of the files'],
    load: () => import('./edit.ts'),
  },
  {
    name: 'set',
    positionals: '<assignments..>',
    describe: 'Set fields of the partners that are named or meet conditions: field=value, then handles',
    options: ['file', ...groups.shown, 'where', 'auto-approve', 'check'],
    example: [
      'introwctl set tier=silver --where tier=gold --where owner=sarah',
      'Move all gold partners of an owner to silver, in the files',
    ],
    load: () => import('./set.ts'),
  },
  {
    name: 'rename',
    positionals: '<old> <new>',
    describe: 'Rename a handle or a catalog name (old, then new), and follow every use in the files',
    options: ['file', ...groups.shown, 'auto-approve', 'check'],
    example: ['introwctl rename tiers.gold platinum', 'Another name for a tier; its Introw id stays'],
    load: () => import('./rename.ts'),
  },
  {
    name: 'import',
    describe: 'Write partners that are in Introw and not in the files into a file, pinned by id',
    options: [...groups.reading, 'into', 'pins', 'pin-by', 'match', 'dry-run'],
    example: [
      'introwctl import -f catalog.yaml --into partners.yaml',
      'Bring all live partners under management',
    ],
    load: () => import('./import.ts'),
  },
  {
    name: 'accept',
    positionals: '[handles..]',
    describe: 'Write live values that have drifted into the files',
    options: [...groups.editing, 'field'],
    example: ['introwctl accept acme --field tier', 'Introw is right about the tier of acme'],
    load: () => import('./accept.ts'),
  },
  {
    name: 'propose',
    describe: 'Open or update one pull request with what accept has changed',
    options: ['file', 'branch'],
    example: [
      'introwctl accept --auto-approve && introwctl propose',
      'Drift as a pull request, from a schedule',
    ],
    load: () => import('./propose.ts'),
  },
  {
    name: 'report',
    positionals: '<plan.json>',
    describe: 'Post a plan as a comment, or drift as an issue, and keep it up to date',
    options: [],
    example: ['introwctl report plan.json', 'The plan as a comment on the pull request of this run'],
    load: () => import('./report.ts'),
  },
  {
    name: 'pin',
    positionals: '[assignments..]',
    describe: 'Write the Introw id of each matched partner into the files, or the given pins (acme=ptn_01HV)',
    options: [...groups.editing, 'into'],
    example: ['introwctl pin acme=ptn_01HV', 'Pin a handle that is in doubt to the right partner'],
    load: () => import('./pin.ts'),
  },
  {
    name: 'fmt',
    positionals: '[files..]',
    describe: 'Format the files; comments stay',
    options: ['file', ...groups.shown, 'names', 'check'],
    example: ['introwctl fmt -f partners/ --check', 'Exit 2 if a file is not formatted'],
    load: () => import('./fmt.ts'),
  },
  {
    name: 'history',
    positionals: '[handles..]',
    describe: 'Show what changed in the partners, when and by whom, from git alone',
    options: ['file', ...groups.shown, 'field', 'since', 'until', 'all-commits', 'runs', 'bom'],
    formats: ['text', 'json', 'csv', 'markdown', 'html'],
    fields: historyFields,
    example: ['introwctl history acme --field tier', 'Since when acme has its tier, and who decided it'],
    load: () => import('./history.ts'),
  },
  {
    name: 'init',
    positionals: '[folder]',
    describe: 'Write a commented first file, or the CI files',
    options: ['file', 'ci', 'check'],
    example: ['introwctl init', 'Begin in this folder'],
    load: () => import('./init.ts'),
  },
  {
    name: 'doctor',
    describe: 'Check the key, its scopes, the organisation and the credits',
    options: [...groups.reading, 'probe-write', 'next-key-file'],
    example: ['introwctl doctor --probe-write --next-key-file new.key', 'May the old key be revoked?'],
    load: () => import('./doctor.ts'),
  },
  {
    name: 'sandbox',
    describe: 'Run a local Introw, to try out files and pipelines',
    options: [
      'port',
      'seed',
      'extra-members',
      'key',
      'credits',
      'rate-limit',
      'window-ms',
      'latency-ms',
      'paging',
      'page-size',
      'keep',
      'fault',
    ],
    example: [
      'introwctl sandbox --seed introw.json --port 4010',
      'A local Introw with the partners of a file',
    ],
    epilogue: sandboxHelp,
    load: () => import('./sandbox.ts'),
  },
  {
    name: 'schema',
    positionals: '[document]',
    describe: 'Print the JSON schema of the files (partners), of a plan, of an outcome or of a history',
    options: ['file', 'for-files', 'check', 'out'],
    example: [
      'introwctl schema --for-files --out partners.schema.json',
      'Let the editor offer the names of your catalog',
    ],
    load: () => import('./schema.ts'),
  },
  {
    name: 'completion',
    positionals: '[shell]',
    describe: 'Print the completion script for bash, zsh or fish',
    options: [],
    example: ['introwctl completion zsh >> ~/.zshrc', 'Complete commands, options and handles in zsh'],
    load: () => import('./completion.ts'),
  },
] as const;

/** The rows with the names of their options, from which `Args` of each command is made. */
export type Rows = typeof rows;

export const commands: readonly Command[] = rows;
