/** When to stop before all changes are sent: where the next one would end in the same way. */
import type { Written } from '../introw/api.ts';
import type { Change } from '../plan/plan.ts';
import { type Failure, type Problem, problem } from '../problem.ts';
import { codes } from '../problem-codes.ts';
import type { Fate } from './fate.ts';

/** A server that gave no usable answer to so many changes in a row is down; each one was tried again before. */
const mostUnanswered = 2;

/** Watches how the changes of a run end; says why to stop, or null to go on. */
export function watchForEnd(): (change: Change, written: Written, fate: Fate) => Problem | null {
  let unanswered: Change[] = [];
  return (change, written, fate) => {
    const problems = problemsOf(written, fate);
    const cause = problems.find(({ code }) => codes[code].isFatal);
    if (cause !== undefined) return cause;
    const [last] = problems;
    if (written.ended === 'no connection' && last !== undefined) return last;
    if (written.ended === 'usable answer') unanswered = [];
    if (written.ended !== 'no usable answer') return null;
    unanswered.push(change);
    if (unanswered.length < mostUnanswered) return null;
    const handles = unanswered.map(({ address }) => address).join(' and ');
    const how = last === undefined ? '' : ` ${last.message}`;
    return problem('INTROW_UNAVAILABLE', `Introw gave no usable answer to ${handles}.${how}`);
  };
}

/** The last attempt's problem comes first. */
function problemsOf(written: Written, fate: Fate): Problem[] {
  const known = 'problem' in fate ? [fate.problem] : [];
  return [...(lastFailure(written)?.problems ?? []), ...known];
}

function lastFailure(written: Written): Failure | null {
  if (written.kind === 'lost') return written.last;
  return 'failure' in written ? written.failure : null;
}
