// How well the rate limit is used: an apply of many changes with a short window.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { tool, withSandbox } from './run.mjs';

const limit = 120;

/**
 * Applies the creates of `file`, seeing each answer as it comes. The least time is a full window for each but the last,
 * since where Introw's windows begin is only known from the answers.
 */
export async function applyInWindows(file, windowMs) {
  const answers = [];
  await withSandbox(['--rate-limit', String(limit), '--window-ms', String(windowMs)], async (env) => {
    const args = [tool, 'apply', '-f', file, '--auto-approve', '--verbose', '--format', 'json'];
    const child = spawn(process.execPath, args, {
      env: { ...env, INTROW_RATE_WINDOW_MS: String(windowMs) },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    createInterface({ input: child.stderr }).on('line', (line) => {
      const answer = / → (\d+) .*\((\d+) left this minute/.exec(line);
      if (answer === null) return;
      answers.push({ at: performance.now(), status: Number(answer[1]), left: Number(answer[2]) });
    });
    await once(child, 'close');
  });
  const first = answers.filter(({ left }) => left === limit - 1);
  const least = (Math.ceil(answers.length / limit) - 1) * windowMs + (answers.at(-1).at - first.at(-1).at);
  return {
    requests: answers.length,
    windows: first.length,
    leastWindows: Math.ceil(answers.length / limit),
    refused: answers.filter(({ status }) => status === 429).length,
    ratio: (answers.at(-1).at - answers[0].at) / least,
  };
}
