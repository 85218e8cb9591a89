// Tries as many damaged inputs as time allows, new ones each time: npm run fuzz -- 50 tries fifty times what npm test does.
// A failure prints the input that it was cut down to, and the seed that finds it again.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const [times = '30'] = process.argv.slice(2);
const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url));
const args = ['run', 'test/fuzz', '--testTimeout', String(24 * 3600 * 1000)];
const { status } = spawnSync(process.execPath, [vitest, ...args], {
  stdio: 'inherit',
  env: { ...process.env, FUZZ_TIMES: times },
});
process.exit(status ?? 1);
