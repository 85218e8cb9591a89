// The main job from end to end against a local Introw: each command is printed as you would type it, run, and held
// against what it must say. Run it with: npm run demo
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const tool = 'dist/cli/main.js';

function introwctl(args, expected) {
  console.log(`\n$ introwctl ${args}`);
  const run = spawnSync(process.execPath, [tool, ...args.split(' ')], { encoding: 'utf8', env });
  // The plan that apply shows first is on stderr, its outcome on stdout.
  process.stdout.write(run.stderr + run.stdout);
  check(run.status === expected.exit, `exit code ${expected.exit}, not ${run.status}`);
  check(run.stdout.includes(expected.says), `"${expected.says}" in the result`);
}

function check(holds, what) {
  if (holds) return;
  console.error(`\nThe demo failed: expected ${what}.`);
  sandbox.kill();
  process.exit(1);
}

console.log('$ introwctl sandbox --seed examples/introw.json');
const sandbox = spawn(process.execPath, [tool, 'sandbox', '--seed', 'examples/introw.json'], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const [ready] = await once(createInterface({ input: sandbox.stdout }), 'line');
console.log(ready);
const { url, keys } = JSON.parse(ready);
const env = {
  ...process.env,
  INTROW_API_URL: url,
  INTROW_API_KEY: keys[0],
  NO_COLOR: '1',
  GITHUB_ACTIONS: '',
};
console.log(`$ export INTROW_API_URL=${url} INTROW_API_KEY=${keys[0]}`);

const file = '-f examples/partners.yaml';
introwctl(`validate ${file}`, { exit: 0, says: '4 partners in 1 file: valid.' });
introwctl(`plan ${file}`, { exit: 0, says: 'Plan: 2 to create, 1 to update, 1 unchanged.' });
introwctl(`apply ${file} --auto-approve`, { exit: 0, says: 'Applied 3, failed 0, not tried 0.' });
introwctl(`plan ${file} --detailed-exitcode`, {
  exit: 0,
  says: 'No changes. 4 partners match the files.',
});

console.log("\n# Somebody sets Globex back to silver in Introw, and the file doesn't know.");
const globex = `${url}/api/v1/partners/ptn_000000000000000000000GL0BX`;
console.log(`$ curl -X PATCH ${globex} -H "x-api-key: $INTROW_API_KEY" -d '{"tierId":"tier_123"}'`);
const answer = await fetch(globex, {
  method: 'PATCH',
  headers: { 'x-api-key': keys[0] },
  body: '{"tierId":"tier_123"}',
});
check(answer.status === 200, `200 from the sandbox, not ${answer.status}`);
introwctl(`drift ${file}`, { exit: 2, says: 'Drift: 1 field of 1 partner differs from the files.' });

sandbox.kill();
console.log('\nThe demo came out as it should.');
