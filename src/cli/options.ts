/** Every option of every command: a command names the ones that it takes. */
import type { InferredOptionTypes, Options } from 'yargs';
import { fields } from '../fields.ts';
import { pagingForms } from '../introw/paging-forms.ts';

/** The fields that Introw returns, so that a live value can be taken over. */
const acceptableFields = fields.filter(({ returned }) => returned !== 'no').map(({ name }) => name);

const list = { type: 'string', array: true, nargs: 1 } as const;

export const options = {
  file: {
    ...list,
    alias: 'f',
    describe: 'A file or folder of partners; may be repeated (or INTROW_FILES, one a line)',
    defaultDescription: 'partners.yaml',
    default: ['partners.yaml'],
  },
  format: {
    choices: ['text', 'json', 'markdown', 'gitlab', 'slack', 'teams', 'csv', 'html'] as const,
    default: 'text',
    describe: 'How the result is written',
  },
  'api-url': {
    type: 'string',
    nargs: 1,
    describe: 'Where Introw is (or INTROW_API_URL)',
    defaultDescription: 'https://api.introw.io',
  },
  'api-key-file': { type: 'string', nargs: 1, describe: 'A file that holds the key (or INTROW_API_KEY)' },
  'insecure-http': {
    type: 'boolean',
    default: false,
    describe: 'Allow plain http:// to hosts other than this machine',
  },
  'assume-complete': {
    type: 'boolean',
    default: false,
    describe: 'Treat a list as complete even if it does not say whether more pages follow',
  },
  paging: {
    type: 'string',
    nargs: 1,
    describe: `How the list of partners is paged: ${pagingForms.map(({ name }) => name).join(', ')}, or form:parameter`,
  },
  target: { ...list, describe: 'Only these handles (a,b or repeated)' },
  exclude: { ...list, describe: 'All handles but these' },
  base: {
    type: 'string',
    nargs: 1,
    describe: 'The git ref that holds what was last intended, such as origin/main',
  },
  applied: {
    type: 'string',
    nargs: 1,
    describe: 'The base, once it exists: the git ref that is moved after every complete apply',
  },
  since: {
    type: 'string',
    nargs: 1,
    describe: 'Only what changed from a day on (YYYY-MM-DD), or after a git ref',
  },
  until: {
    type: 'string',
    nargs: 1,
    describe: 'Only what changed up to the end of a day (YYYY-MM-DD), or up to a git ref',
  },
  'all-commits': {
    type: 'boolean',
    default: false,
    describe: 'List the commits of merged branches one by one, in place of the merges',
  },
  runs: { type: 'boolean', default: false, describe: 'Also list the applies that are recorded' },
  record: {
    type: 'boolean',
    default: false,
    describe: 'Record the outcome as a git note on the commit that was applied, for history',
  },
  changed: {
    type: 'boolean',
    default: false,
    describe: 'With --base: only the handles that the change touches',
  },
  only: {
    choices: ['all', 'proposed'] as const,
    default: 'all',
    describe: 'With --base: proposed leaves drift alone',
  },
  publish: { ...list, describe: 'Publish the portals of these handles' },
  recreate: {
    type: 'boolean',
    default: false,
    describe: 'With --base: create partners again that no longer exist',
  },
  'overwrite-conflicts': {
    type: 'boolean',
    default: false,
    describe: 'With --base: let the files win over Introw',
  },
  'max-changes': {
    type: 'string',
    nargs: 1,
    describe: 'How many partners may change: a number, or a share such as 30%',
  },
  concurrency: {
    type: 'number',
    nargs: 1,
    default: 1,
    describe: 'How many requests may be under way at once (1 to 8)',
  },
  'detailed-exitcode': { type: 'boolean', default: false, describe: 'Exit 2 when there are changes' },
  'fail-when-blocked': {
    type: 'boolean',
    default: false,
    describe: 'Exit 1, with a CI annotation for each reason, when apply would refuse the plan',
  },
  out: { type: 'string', nargs: 1, describe: 'Also save the result as JSON in this file' },
  page: { type: 'string', nargs: 1, describe: 'Also save the result as a page (HTML) in this file' },
  summary: {
    type: 'boolean',
    default: false,
    describe: 'On GitHub Actions: write a job summary, and set the outputs changes, blocked and drift',
  },
  into: { type: 'string', nargs: 1, describe: 'The file or folder to write to' },
  pins: { type: 'string', nargs: 1, describe: 'The file to write the pins to, apart from the partners' },
  'pin-by': {
    choices: ['id', 'externalId'],
    default: 'id',
    nargs: 1,
    describe: "Which id pins the new partners: Introw's, or the CRM's where there is one",
  },
  match: {
    ...list,
    describe: 'Only partners whose name or domain fits: "*.example", "Acme*"',
  },
  where: {
    ...list,
    describe:
      'Only partners that meet this condition: tier=gold, owner!=sarah, name~"Acme*", tier= for none (all must hold)',
  },
  live: {
    type: 'boolean',
    default: false,
    describe: 'What Introw holds, instead of the files: costs a list',
  },
  compare: { type: 'boolean', default: false, describe: 'The files and Introw side by side: costs a list' },
  at: { type: 'string', nargs: 1, describe: 'The files as they were at this git ref' },
  bom: {
    type: 'boolean',
    default: false,
    describe: 'Begin with a byte order mark, so that Excel reads UTF-8',
  },
  from: {
    type: 'string',
    nargs: 1,
    demandOption: true,
    describe:
      'The sheet: a CSV file with any of the columns that export writes; an empty cell leaves a value alone, (none) clears it',
  },
  add: { type: 'boolean', default: false, describe: 'Create new partners from rows that are no partner yet' },
  reasons: {
    type: 'boolean',
    default: false,
    describe: 'Also write what is under reason as comments on the changed lines',
  },
  field: {
    ...list,
    choices: acceptableFields,
    describe: 'Only these fields (a,b or repeated)',
  },
  names: { type: 'boolean', default: false, describe: 'Also write catalog names for ids that have one' },
  check: {
    type: 'boolean',
    default: false,
    describe: 'Write nothing; exit 2 if there is something to write',
  },
  pin: { type: 'boolean', default: false, describe: 'Write the ids of new partners into the files' },
  'auto-approve': { type: 'boolean', default: false, describe: 'Do not ask for confirmation' },
  'dry-run': { type: 'boolean', default: false, describe: 'Only show what would be done' },
  partial: { type: 'boolean', default: false, describe: 'Apply what the remaining credits pay for' },
  branch: {
    type: 'string',
    nargs: 1,
    default: 'introw-accept',
    describe: 'The branch that the pull request is made from; it is overwritten',
  },
  'for-files': {
    type: 'boolean',
    default: false,
    describe: 'The schema of the files, with the names of your catalog and your handles',
  },
  ci: {
    choices: ['github', 'gitlab'] as const,
    describe: 'Write, or update, the CI files for the -f that is given',
  },
  known: {
    type: 'string',
    nargs: 1,
    describe: 'An earlier drift or plan as JSON: differences that are in it raise no alarm',
  },
  color: { type: 'boolean', describe: 'Colour; --no-color or NO_COLOR turns it off' },
  verbose: {
    type: 'boolean',
    default: false,
    describe: 'Every partner in the result, every request on stderr',
  },
  port: { type: 'number', nargs: 1, default: 0, describe: 'The port; 0 takes any free one' },
  seed: { type: 'string', nargs: 1, describe: 'A JSON file with the partners to start from' },
  key: { ...list, describe: 'A key and its scopes: demo=partners:read,partners:write' },
  credits: { type: 'number', nargs: 1, describe: 'Credits a month (unlimited when left out)' },
  'rate-limit': { type: 'number', nargs: 1, default: 120, describe: 'Requests a minute' },
  'window-ms': {
    type: 'number',
    nargs: 1,
    default: 60_000,
    describe: 'How long that minute is, in milliseconds',
  },
  'latency-ms': {
    type: 'number',
    nargs: 1,
    default: 0,
    describe: 'How long every answer takes at least, in milliseconds',
  },
  'page-size': { type: 'number', nargs: 1, default: 100, describe: 'How many partners a page holds at most' },
  keep: {
    ...list,
    describe:
      'How names and domains that are sent are stored: the ways are at the end of introwctl sandbox --help',
  },
  'extra-members': {
    type: 'boolean',
    default: false,
    describe: 'Allow members in the seed that Introw does not have',
  },
  fault: { ...list, describe: 'What goes wrong: the faults are at the end of introwctl sandbox --help' },
  'probe-write': {
    type: 'boolean',
    default: false,
    describe: 'Find out whether the key may write, by changing a partner that cannot exist',
  },
  'next-key-file': { type: 'string', nargs: 1, describe: 'A file with the key that is to replace this one' },
} as const satisfies Record<string, Options>;

export type OptionName = keyof typeof options;

type Values = InferredOptionTypes<typeof options>;

/** The values of these options: with their default where they have one, undefined where they have none and weren't given. */
export type Given<Name extends OptionName> = Readonly<Pick<Values, Name>>;

/** The same for what serves several commands, some of which don't take these options. */
export type MaybeGiven<Name extends OptionName> = Partial<Given<Name>>;

const introw = [
  'api-url',
  'api-key-file',
  'insecure-http',
  'assume-complete',
  'paging',
  'concurrency',
  'verbose',
] as const;
const shown = ['format', 'color'] as const;
const selected = ['target', 'exclude', 'base', 'applied', 'changed'] as const;

/** The files and folders that INTROW_FILES names, one a line; null where it names none. */
export function filesOf(env: Readonly<Record<string, string | undefined>>): string[] | null {
  const paths = (env.INTROW_FILES ?? '').split('\n').map((line) => line.trim());
  const named = paths.filter((path) => path !== '');
  return named.length === 0 ? null : named;
}

/** The options that commands take together. */
export const optionGroups = {
  shown,
  reading: ['file', ...shown, ...introw],
  planning: [
    'file',
    ...shown,
    ...introw,
    ...selected,
    'only',
    'publish',
    'recreate',
    'overwrite-conflicts',
    'max-changes',
    'summary',
  ],
  editing: ['file', ...shown, ...introw, 'base', 'applied', 'target', 'exclude', 'auto-approve', 'check'],
  drifting: ['file', ...shown, ...introw, ...selected, 'known', 'summary', 'out', 'page'],
} as const satisfies Record<string, readonly OptionName[]>;
