/** Command lines that can't be meant: a USAGE that names the option, and nothing read, sent or written. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commands } from '../../src/cli/commands/table.ts';
import { environment, folder, introwctl, sandbox } from './command.ts';

const files = { 'p.yaml': 'version: 1\npartners:\n  acme: { id: ptn_1, name: Acme, domain: new.example }\n' };
const live = { partners: [{ id: 'ptn_1', name: 'Acme', domain: 'old.example' }] };
const empty = 'Give it a value, or leave it out; was a variable of the pipeline not set?';
const dash = (name: string) => `One that begins with a dash is given as --${name}=-value.`;

const refused: readonly { line: string; says: string; hint?: string }[] = [
  {
    line: 'apply --auto-approve -f p.yaml --dry-run=yes',
    says: '--dry-run takes true or false, not "yes".',
  },
  {
    line: 'apply --auto-approve -f p.yaml --dryRun=1',
    says: '--dryRun takes true or false, not "1".',
  },
  { line: 'apply --auto-approve -f p.yaml --help=yes', says: '--help takes true or false, not "yes".' },
  { line: 'accept --auto-approve -f p.yaml --check=', says: '--check takes true or false, not "".' },
  { line: 'fmt -f p.yaml --check=maybe', says: '--check takes true or false, not "maybe".' },
  { line: 'plan -f p.yaml --no-color=no', says: '--no-color takes no value.' },

  { line: 'plan --concurrency', says: '--concurrency needs a value.', hint: dash('concurrency') },
  { line: 'pin --into', says: '--into needs a value.', hint: dash('into') },
  { line: 'import --match', says: '--match needs a value.', hint: dash('match') },
  { line: 'plan --base -x', says: '--base needs a value.', hint: dash('base') },
  { line: 'plan --base --output=x', says: '--base needs a value.', hint: dash('base') },
  {
    line: 'plan --format',
    says: '--format needs a value.',
    hint: 'Give it one of text, json, markdown, gitlab, slack, teams, html.',
  },
  { line: 'fmt -f', says: '-f needs a value.', hint: dash('file') },
  { line: 'validate --file', says: '--file needs a value.', hint: dash('file') },
  { line: 'plan -f p.yaml -f', says: '-f needs a value.', hint: dash('file') },
  { line: 'plan -f --verbose', says: '-f needs a value.', hint: dash('file') },
  { line: 'plan -f p.yaml --out=', says: '--out is empty.', hint: empty },
  { line: 'import -f p.yaml --into=', says: '--into is empty.', hint: empty },

  {
    line: 'import --no-into',
    says: 'There is no --no-into: --into takes a value.',
    hint: 'Leave it out instead.',
  },
  {
    line: 'plan --no-target',
    says: 'There is no --no-target: --target takes a value.',
    hint: 'Leave it out instead.',
  },
  {
    line: 'fmt --no-file',
    says: 'There is no --no-file: --file takes a value.',
    hint: 'Leave it out instead.',
  },
  { line: 'fmt --no-f', says: 'There is no --no-f: --file takes a value.', hint: 'Leave it out instead.' },
  {
    line: 'plan --no-base',
    says: 'There is no --no-base: --base takes a value.',
    hint: 'Leave it out instead.',
  },

  {
    line: 'plan -f p.yaml --format xml',
    says: '--format takes one of text, json, markdown, gitlab, slack, teams, html; not "xml".',
  },
  { line: 'plan -f p.yaml --only x', says: '--only takes one of all, proposed; not "x".' },
  {
    line: 'accept -f p.yaml --check --field tier,nome',
    says: '--field takes one of name, domain, tier, phase, owner, portal.experience; not "nome".',
  },

  {
    line: 'plan -f p.yaml --concurrency many',
    says: '--concurrency takes a whole number, not "many".',
  },
  { line: 'sandbox --port 1e400', says: '--port takes a whole number, not "1e400".' },
  { line: 'sandbox --port 99999', says: '--port takes a number up to 65535.' },
  { line: 'plan -f p.yaml -- acme', says: '"acme" means nothing here.' },
  {
    line: 'apply --auto-approve -f p.yaml -- --dry-run',
    says: '"--dry-run" comes after -- and begins with a dash.',
    hint: 'No handle begins with one; write a file as ./-name.',
  },
  { line: 'vaildate', says: 'There is no command "vaildate". Did you mean validate?' },
  {
    line: 'plan p.yaml',
    says: '"p.yaml" is not an option: pass files and folders with -f, as in introwctl plan -f p.yaml.',
  },
  { line: 'apply a.json b.json', says: '"b.json" means nothing here.' },
  { line: 'show', says: 'show needs <document>, as in introwctl show plan.json --format markdown.' },
  {
    line: 'validate --get-yargs-completions --__proto__',
    says: 'There is no option --get-yargs-completions here.',
  },
  {
    line: 'validate --no-get-yargs-completions',
    says: 'There is no option --no-get-yargs-completions here.',
  },
  { line: '--verison', says: 'There is no option --verison here. Did you mean --version?' },
  {
    line: 'plan -f p.yaml --api-key x',
    says: 'There is no option --api-key here; no option takes the key itself: set INTROW_API_KEY, or pass --api-key-file.',
  },
  {
    line: 'apply -f p.yaml -y',
    says: 'There is no option -y here; --auto-approve applies without asking.',
  },
  ...['acme,', ',', 'acme,,beta'].map((handles) => ({
    line: `plan -f p.yaml --target ${handles}`,
    says: '--target has a comma with no handle next to it.',
    hint: 'Separate handles with one comma, as in acme,globex; was a variable of the pipeline not set?',
  })),
  ...['validate ', 'apply ', 'accept  -f p.yaml'].map((line) => ({
    line,
    says: 'A word of the command is empty.',
    hint: 'Leave it out; was a variable of the pipeline not set?',
  })),
  {
    line: 'plan -f p.yaml --api-url https://introw.example/api/v1/',
    says: '--api-url ends in /api/v1, which introwctl adds itself.',
    hint: 'Leave it out: https://introw.example',
  },
  { line: 'plan -f p.yaml -xf p.yaml', says: 'There is no option -xf here.' },

  // Habits of Terraform and other tools.
  {
    line: 'apply -auto-approve',
    says: 'There is no option -auto-approve here. Did you mean --auto-approve?',
  },
  { line: 'plan -out=plan.json', says: 'There is no option -out here. Did you mean --out?' },
  { line: 'apply -target=globex', says: 'There is no option -target here. Did you mean --target?' },
  { line: 'fmt -check', says: 'There is no option -check here. Did you mean --check?' },
  { line: 'plan -file p.yaml', says: 'There is no option -file here. Did you mean --file?' },
  { line: 'plan -no-color', says: 'There is no option -no-color here. Did you mean --no-color?' },
  { line: 'plan -help', says: 'There is no option -help here. Did you mean --help?' },
  { line: 'plan -autoaprove', says: 'There is no option -autoaprove here.' },
  { line: 'apply -autoaprove', says: 'There is no option -autoaprove here. Did you mean --auto-approve?' },
  {
    line: 'plan -auto-approve',
    says: 'plan takes no -auto-approve; apply, edit, set, rename, accept and pin do.',
  },
  { line: 'plan -destroy', says: 'There is no option -destroy here; introwctl never deletes a partner.' },
  { line: 'plan --nocolor', says: 'There is no option --nocolor here. Did you mean --no-color?' },
  { line: 'plan --json', says: 'There is no option --json here; use --format json.' },
  {
    line: 'export --out x.csv',
    says: 'export takes no --out; the sheet goes to stdout: introwctl export > review.csv.',
  },
  { line: 'version', says: 'There is no command "version"; use introwctl --version.' },
  { line: 'destroy', says: 'There is no command "destroy"; introwctl never deletes a partner.' },
  { line: 'edit review.csv', says: 'edit needs --from, as in introwctl edit --from review.csv.' },
  { line: 'init --ci', says: '--ci needs a value.', hint: 'Give it one of github, gitlab.' },
  {
    line: 'show -',
    says: '"-" means nothing here: introwctl reads no stdin.',
    hint: 'Save it in a file, and name that.',
  },
  { line: 'plan --format text --format json', says: '--format was given more than once.' },

  // What is wrong on the command line and in files comes before the question whether somebody can approve.
  {
    line: 'pin -f p.yaml acme=',
    says: 'A pin is written as handle=id, not "acme=".',
    hint: 'For example: introwctl pin -f p.yaml acme=ptn_….',
  },
  { line: 'pin -f p.yaml acme=ptn_1 acme=ptn_2', says: 'acme is given two pins.', hint: 'Keep one of them.' },
  { line: 'apply -f p.yaml --concurrency 0', says: '--concurrency takes a whole number from 1 to 8.' },
  {
    line: 'plan -f p.yaml --target acme --exclude acme',
    says: '--exclude leaves out every handle that --target names.',
    hint: 'Leave one of them out of --exclude.',
  },
  {
    line: 'plan -f p.yaml --exclude acme',
    says: '--exclude leaves out every handle.',
    hint: 'Leave one of them out of --exclude.',
  },
  {
    line: 'plan -f p.yaml --max-changes 130%',
    says: '--max-changes takes a number or a share such as 30%, not "130%".',
  },
];

function helpFor(line: string): string {
  const [word = ''] = line.split(' ');
  return commands.some(({ name }) => name === word)
    ? `See introwctl ${word} --help.`
    : 'See introwctl --help.';
}

test('introwctl alone shows what there is, and fails', async () => {
  const help = await introwctl(folder({}), ['--help'], environment(null));
  const { exit, out, err } = await introwctl(folder({}), [], environment(null));
  expect({ exit, out, err }).toEqual({ exit: 1, out: '', err: help.out });
});

test.each(refused)('introwctl $line', async ({ line, says, hint = helpFor(line) }) => {
  const introw = await sandbox({ seed: live });
  const { exit, out, err } = await introwctl(folder(files), line.split(' '), environment(introw.url));
  expect({ exit, out, err }).toEqual({ exit: 1, out: '', err: `USAGE\n  ${says}\n  ${hint}\n` });
  expect(introw.log).toEqual([]);
});

test.each(['--dry-run=true', '--dry-run true', '--dryRun'])('apply %s writes nothing', async (option) => {
  const introw = await sandbox({ seed: live });
  const args = ['apply', '--auto-approve', '-fp.yaml', ...option.split(' ')];
  const { exit, out } = await introwctl(folder(files), args, environment(introw.url));
  expect(exit).toBe(0);
  expect(out).toContain('~ acme');
  expect(introw.log.map(({ method }) => method)).toEqual(['GET']);
});

test.each(['--dry-run=false', '--dry-run false', '--no-dry-run'])('apply %s applies', async (option) => {
  const introw = await sandbox({ seed: live });
  const args = ['apply', '--auto-approve', '-f=p.yaml', ...option.split(' ')];
  const { exit } = await introwctl(folder(files), args, environment(introw.url));
  expect(exit).toBe(0);
  expect(introw.log.map(({ method }) => method)).toEqual(['GET', 'PATCH']);
});

test('a saved plan after -- is the plan that is applied', async () => {
  const introw = await sandbox({ seed: live });
  const path = folder(files);
  const env = environment(introw.url);
  await introwctl(path, ['plan', '-f', 'p.yaml', '--out', 'plan.json'], env);
  const stale = readFileSync(join(path, 'plan.json'), 'utf8').replaceAll('old.example', 'older.example');
  const { exit, err } = await introwctl(
    folder({ ...files, 'plan.json': stale }),
    ['apply', '--auto-approve', '--', 'plan.json'],
    env,
  );
  expect(exit).toBe(1);
  expect(err).toContain('PLAN_STALE');
  expect(introw.log.every(({ method }) => method === 'GET')).toBe(true);
});

test('accept takes only the handles after --, and only the fields of a list with commas', async () => {
  const introw = await sandbox({
    seed: {
      partners: [
        { id: 'ptn_1', name: 'Acme', domain: 'acme.example', tierId: 't2' },
        { id: 'ptn_2', name: 'Beta', domain: 'beta.example', tierId: 't2', phaseId: 'p2' },
      ],
    },
  });
  const partner = (handle: string, id: string) =>
    `  ${handle}: { id: ${id}, name: Old ${handle}, tierId: t1, phaseId: p1 }\n`;
  const path = folder({
    'partners.yaml': `version: 1\npartners:\n${partner('alpha', 'ptn_1')}${partner('beta', 'ptn_2')}`,
  });
  const { exit } = await introwctl(
    path,
    ['accept', '--auto-approve', '--field', 'tier,name', '--', 'beta'],
    environment(introw.url),
  );
  expect(exit).toBe(0);
  expect(readFileSync(join(path, 'partners.yaml'), 'utf8')).toBe(
    `version: 1\npartners:\n${partner('alpha', 'ptn_1')}  beta: { id: ptn_2, name: Beta, tierId: t2, phaseId: p1 }\n`,
  );
});

test('a handle that looks like a number stays as it was typed', async () => {
  const introw = await sandbox({ seed: { partners: [{ id: 'ptn_1', name: 'Acme', domain: 'a.example' }] } });
  const path = folder({
    'partners.yaml': 'version: 1\npartners:\n  "1e3": { id: ptn_1, name: Acme, domain: b.example }\n',
  });
  const { exit, err } = await introwctl(path, ['accept', '--check', '1e3'], environment(introw.url));
  expect({ exit, err: err.replace(/^Reading.*\n/gm, '') }).toEqual({ exit: 2, err: '' });
});

test.each([
  ['drift --only proposed', 'drift takes no --only; plan and apply do.'],
  ['fmt --field tier', 'fmt takes no --field; accept and history do.'],
  ['accept acme-in', 'No file has a handle "acme-in". Did you mean acme-inc?'],
  ['accept --target acme-in', '--target names "acme-in", which isn\'t in any file. Did you mean acme-inc?'],
  ['init', 'Continue with the files that are there, or pass another folder: introwctl init FOLDER.'],
])('introwctl %s answers about what was typed', async (line, says) => {
  const path = folder({ 'partners.yaml': 'version: 1\npartners: { acme-inc: { name: Acme } }\n' });
  const args = [...line.split(' '), ...(line.startsWith('accept') ? ['--auto-approve'] : [])];
  const { exit, err } = await introwctl(path, args, environment('http://127.0.0.1:9'));
  expect([exit, err]).toEqual([1, expect.stringContaining(`  ${says}\n`)]);
});
