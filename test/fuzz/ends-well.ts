/** What every reading of damaged input must hold: it ends in a result or in a problem, within bounded time and memory. */
import { expect } from 'vitest';
import { Failure } from '../../src/problem.ts';
import { runs as someRuns } from '../runs.ts';

/** How many inputs a test tries: few in `npm test`, fewer in a quick look, as many as `npm run fuzz` asks for there. */
export function runs(few: number): { readonly numRuns: number; readonly seed?: number } {
  const times = Number(process.env.FUZZ_TIMES ?? 1);
  // The short run tries the same inputs each time, so that it fails for nobody by chance.
  return times === 1 ? { ...someRuns(few), seed: 18 } : { numRuns: few * times };
}

/** CPU seconds for an input of at most 60,000 characters; a hundred times what the slowest of them takes. */
const mostSeconds = 8;
/** What is held at the end of an input, and how much more than ever before one may take at its peak. */
const mostMegabytes = 512;

const peakMegabytes = () => process.resourceUsage().maxRSS / 1024;

/** Runs it; the codes of its problems, none where it ended in a result. Anything else that is thrown is a bug. */
export async function endsWell(read: () => unknown): Promise<readonly string[]> {
  const cpu = process.cpuUsage();
  const peak = peakMegabytes();
  const codes = await codesOf(read);
  const { user, system } = process.cpuUsage(cpu);
  expect((user + system) / 1e6).toBeLessThan(mostSeconds);
  expect(process.memoryUsage().heapUsed / 1e6).toBeLessThan(mostMegabytes);
  expect(peakMegabytes() - peak).toBeLessThan(mostMegabytes);
  expect(codes).not.toContain('INTERNAL');
  return codes;
}

async function codesOf(read: () => unknown): Promise<readonly string[]> {
  try {
    await read();
    return [];
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    for (const { message } of error.problems) expect(message).not.toMatch(/\[object Object\]|native code/);
    return error.problems.map(({ code }) => code);
  }
}
