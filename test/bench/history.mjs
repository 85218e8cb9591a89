// A repository with a long history: a file of many partners, of which each commit changes up to ten.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';

const tiers = ['gold', 'silver', 'bronze'];

/** Writes it as one pack with `git fast-import`, on the branch main. With `merged`, each change comes from a branch of its own. */
export async function writeHistory(folder, { partners, commits, merged = false }) {
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
  let mark = 0;
  /** Writes a commit on top of others; its mark. */
  const commit = async (number, parents, text) => {
    const signature = `Pat Doe <pat@example.com> ${1_700_000_000 + number * 3600} +0000`;
    const subject = `Change the tiers of some partners (#${number})`;
    const lines = [
      `commit refs/heads/main\nmark :${++mark}`,
      `author ${signature}\ncommitter ${signature}\ndata ${subject.length}\n${subject}`,
      ...parents.map((parent, index) => `${index === 0 ? 'from' : 'merge'} :${parent}`),
      `M 100644 inline partners.yaml\ndata ${Buffer.byteLength(text)}\n${text}\n`,
    ];
    await write(lines.join('\n'));
    return mark;
  };
  let main = await commit(0, [], fileOf(state));
  for (let number = 1; number < commits; number++) {
    for (let change = 0; change <= number % 10; change++) {
      const partner = (number * 7919 + change * 104729) % partners;
      state[partner] = (state[partner] + 1) % 3;
    }
    const text = fileOf(state);
    const side = await commit(number, [main], text);
    main = merged ? await commit(number, [main, side], text) : side;
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
