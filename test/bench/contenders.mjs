// Who is measured: how each is installed, given its partners, run, and asked for drift.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tool } from './run.mjs';

const alchemy2 = ['node_modules/alchemy/bin/cli.js', '--no-input'];
const alchemy2Options = ['--stage', 'bench', '--config', 'alchemy-2-program.mjs'];

/**
 * `packages` are installed from npm, `files` of this folder copied. `run` makes Introw as the partners are, `check` looks for
 * drift (`run` where it has nothing for that), and says `handChange` where it sees that the tier of partner 7 became tier_9.
 */
export const contenders = [
  {
    name: 'introwctl',
    run: [tool, 'apply', '--auto-approve'],
    check: [tool, 'drift'],
    write: (folder, partners) => {
      const lines = partners.map(
        ({ handle, name, tierId }) => `  ${handle}: { name: ${name}, tierId: ${tierId} }\n`,
      );
      const settings = 'settings: { maxChanges: 100% }\n';
      writeFileSync(join(folder, 'partners.yaml'), `version: 1\n${settings}partners:\n${lines.join('')}`);
    },
  },
  {
    name: 'alchemy 0.94.0',
    packages: ['alchemy@0.94.0'],
    files: ['alchemy-program.mjs', 'call-introw.mjs'],
    run: ['alchemy-program.mjs'],
    // It has no command for drift; this is its way to run without changing anything.
    check: ['alchemy-program.mjs', '--read'],
  },
  {
    name: 'alchemy 2.0.0-beta.79',
    // Other versions of Effect fit its ranges, too, but lack what it imports.
    packages: [
      'alchemy@2.0.0-beta.79',
      'effect@4.0.0-rc.117',
      '@effect/platform-node@4.0.0-rc.117',
      '@effect/platform-node-shared@4.0.0-rc.117',
    ],
    needsNode: 24,
    files: ['alchemy-2-program.mjs', 'call-introw.mjs'],
    run: [...alchemy2, 'deploy', '--yes', ...alchemy2Options],
    check: [...alchemy2, 'drift', ...alchemy2Options],
    handChange: /\[partner-7\] update/,
  },
  { name: 'a `fetch` script', packages: [], files: ['fetch-script.mjs'], run: ['fetch-script.mjs'] },
];
