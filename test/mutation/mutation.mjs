// Which faults would the in-process tests notice? StrykerJS makes one small fault at a time, a mutant, and runs the tests
// that reach it; a mutant that they all pass has survived. Prints the survivors, then the score of each module.
//   npm run mutation                       all that is measured below: some hours
//   npm run mutation -- src/plan/match.ts  some files or folders: a minute or two each
// What survives for a reason is listed in equivalent.md, next to this file.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where a fault costs most: what is planned and sent, how a list is read to its end, and how files are edited. */
const measured = [
  'src/plan',
  'src/apply',
  'src/introw/{*page*,*paging*,*list*,link-header,next-address}.ts',
  'src/introw/{rate-window,request-queue,retry-policy}.ts',
  'src/edit',
  'src/desired/resolve.ts',
];

process.chdir(fileURLToPath(new URL('../..', import.meta.url)));
const home = 'node_modules/.cache/mutation';
const stryker = `${home}/node_modules/@stryker-mutator/core/dist/src/index.js`;
if (!existsSync(stryker)) install();

const { Stryker } = await import(new URL(`../../${stryker}`, import.meta.url).href);
const asked = process.argv.slice(2);
await new Stryker({
  mutate: (asked.length > 0 ? asked : measured).map((path) =>
    path.endsWith('.ts') ? path : `${path}/**/*.ts`,
  ),
  testRunner: 'vitest',
  vitest: { configFile: 'test/mutation/vitest.config.ts' },
  coverageAnalysis: 'perTest',
  concurrency: 2,
  // A busy machine is no fault that was noticed; what loops is stopped much earlier, by its count of steps.
  timeoutMS: 20_000,
  // Vitest reads TypeScript itself, and Stryker's own step wants a TypeScript before 7.
  tsconfigFile: 'none',
  disableTypeChecks: false,
  // Not below node_modules, where Vitest looks for no tests.
  tempDirName: join(tmpdir(), 'introwctl-mutation'),
  ignorePatterns: ['dist', '.emitted'],
  reporters: ['clear-text', 'progress-append-only', 'html', 'json'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  htmlReporter: { fileName: `${home}/report.html` },
  jsonReporter: { fileName: `${home}/report.json` },
}).runMutationTest();

/** Kept apart from the packages of the lockfile: 64 MB that nothing else needs. 9 is the last major for Node 20. */
function install() {
  const packages = ['@stryker-mutator/core@9', '@stryker-mutator/vitest-runner@9'];
  // The runner's peer, Vitest, is found where the project has it.
  const args = ['install', '--silent', '--no-audit', '--no-fund', '--legacy-peer-deps', '--prefix', home];
  const { status } = spawnSync('npm', [...args, ...packages], { stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}
