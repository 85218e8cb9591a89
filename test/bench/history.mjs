// A repository with a long history: a file of many partners, of which each commit changes up to ten.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';

const tiers = ['gold', 'silver', 'bronze'];

/** Writes it as one pack with `git fast-import`, on the branch main. */
export async function writeHistory(folder, { partners, commits }) {
  mkdirSync(folder, { recursive: true });
  await run(folder, ['init', '--quiet', '-b', 'main', '.']);
  const state = Array.from({ length: partners }, (_, i) => i % 3);
  const child = spawn('git', ['fast-import', '--quiet'], {
    cwd: folder,
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  const write = async (text) => {
    if (!child.stdin.write(text)) await once(child.stdin, 'drain');
  };
  for (let commit = 0; commit < commits; commit++) {
    for (let change = 0; change < (commit === 0 ? 0 : 1 + (commit % 10)); change++) {
      const partner = (commit * 7919 + change * 104729) % partners;
      state[partner] = (state[partner] + 1) % 3;
    }
    const text = fileOf(state);
    const subject = `Change the tiers of some partners (#${commit})`;
    const signature = `Pat Doe <pat@example.com> ${1_700_000_000 + commit * 3600} +0000`;
    await write(
      `commit refs/heads/main\nauthor ${signature}\ncommitter ${signature}\ndata ${subject.length}\n${subject}\n` +
        `M 100644 inline partners.yaml\ndata ${Buffer.byteLength(text)}\n${text}\n`,
    );
  }
  child.stdin.end();
  await once(child, 'close');
  await run(folder, ['reset', '--quiet', '--hard']);
  return folder;
}

function fileOf(state) {
  const catalog = tiers.map((name, index) => `    ${name}: tier_${index}\n`).join('');
  const entries = state.map(
    (tier, i) =>
      `  partner-${i}:\n    id: ptn_${i}\n    name: Partner ${i}\n    domain: partner${i}.example\n    tier: ${tiers[tier]}\n`,
  );
  return `version: 1\ncatalog:\n  tiers:\n${catalog}partners:\n${entries.join('')}`;
}

async function run(folder, args) {
  const [code] = await once(spawn('git', args, { cwd: folder, stdio: 'inherit' }), 'close');
  if (code !== 0) throw new Error(`git ${args[0]} failed`);
}
