// Tries as many inputs as time allows, new ones each time: npm run fuzz -- 50 tries fifty times what npm test does, of
// damaged inputs and of what the laws of plans, edits, formats, sheets and histories are held to.
// A failure prints the input that it was cut down to, and the seed that finds it again.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const [times = '30'] = process.argv.slice(2);
const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url));
const laws = ['laws.test', 'plan/messy', 'edit/format', 'edit/prettier', 'desired/problems'];
const args = ['run', 'test/fuzz', ...laws, '--testTimeout', String(24 * 3600 * 1000)];
const { status } = spawnSync(process.execPath, [vitest, ...args], {
  stdio: 'inherit',
  env: { ...process.env, FUZZ_TIMES: times, INTROWCTL_TEST_RUNS: times },
});
process.exit(status ?? 1);
