/**
 * Error recovery by repair, as compilers do it: of the slips that may have caused the first problem, the one is believed
 * with whose repair the file makes sense again, or makes sense for longer. So a slip is one problem, a hint is known to
 * help, and what is wrong further down is found in the same run.
 */
import type { Problem, ProblemCode } from '../problem.ts';
import type { Found } from './condense.ts';
import { excerpt } from './slips/excerpt.ts';
import { numberIn, type Page, pageOf, rewrite, textOf, textsBefore } from './slips/page.ts';
import type { Recogniser, Slip } from './slips/slip.ts';
import { farReaching, recognisers } from './slips/table.ts';

/** What checking a text finds: problems from top to bottom, and how far the check came. */
export type Finding = { readonly stage: 'syntax' | 'tree' | 'schema'; readonly problems: readonly Found[] };

type Examine = (text: string) => Finding | { readonly stage: 'sound' };

/** The slips in a text, and what stays wrong when they are repaired. */
export type Slips = {
  readonly slips: readonly (Slip & Pick<Found, 'kind'>)[];
  readonly left: readonly Found[];
  /** The text with the slips repaired; null where it can't be known what was meant. */
  readonly repaired: Repaired | null;
};

/** A text in which lines were corrected, and where its lines are in the file. */
export type Repaired = {
  /** Whether all of it makes sense to the parser. */
  readonly isComplete: boolean;
  /** The text; where it isn't complete, what comes before that makes none, the longest first. */
  readonly texts: readonly string[];
  readonly numberIn: (line: number) => number;
  /** The lines that were corrected, as the file counts them. */
  readonly lines: ReadonlySet<number>;
};

const mostSlips = 20;
/** How many characters may be read again to check files that are repaired: about a second, and always one repair. */
const mostCharacters = 6_000_000;
/** How many repairs are tried for each slip, on what is near it. */
const mostTries = 200;

/** Looks for slips one after the other, since a parser notices the next only when the one before is repaired. */
export function findSlips(text: string, found: Finding, examine: Examine): Slips {
  let page = pageOf(text);
  let finding = found;
  const slips: (Slip & Pick<Found, 'kind'>)[] = [];
  const repaired = new Set<number>();
  const most = Math.min(mostSlips, Math.max(1, Math.floor(mostCharacters / (text.length + 1))));
  while (isPuzzling(finding.problems[0]) && slips.length < most) {
    const believed = slipIn(page, finding, examine);
    if (believed === null || [...(believed.slip.repair?.keys() ?? [])].some((number) => repaired.has(number)))
      break;
    const { slip, kind } = believed;
    slips.push({ ...slip, kind });
    if (slip.repair === null || believed.attempt === null) return { slips, left: [], repaired: null };
    for (const number of slip.repair.keys()) repaired.add(number);
    page = rewrite(page, slip.repair);
    finding = examined(page, examine);
  }
  const left = finding.problems.filter(({ position }) => !repaired.has(position?.line ?? 0));
  const broken = finding.problems.find(
    ({ code }) => finding.stage === 'syntax' || (finding.stage === 'tree' && code !== 'DUPLICATE_KEY'),
  );
  const line = broken?.position?.line ?? null;
  return {
    slips,
    // A parser that has stumbled goes on stumbling: only its first error is about what somebody wrote.
    left: finding.stage === 'syntax' ? left.slice(0, 1) : left,
    repaired: {
      isComplete: line === null,
      texts: line === null ? [textOf(page)] : textsBefore(page, line),
      numberIn: (each) => numberIn(page, each),
      lines: repaired,
    },
  };
}

/** The slip that caused the first problem: in a long file, what can be far away is looked for first, then what is near. */
function slipIn(page: Page, finding: Finding, examine: Examine): Believed | null {
  const position = finding.problems[0]?.position;
  if (position == null) return null;
  const near = excerpt(page, position.line);
  if (near === page) return mostBelievable(page, finding, attempts(page, examine, mostTries), recognisers);
  const few = Math.max(1, Math.floor(mostCharacters / textOf(page).length));
  const far = mostBelievable(page, finding, attempts(page, examine, Math.min(few, mostTries)), farReaching);
  if (far !== null) return far;
  const shown = examined(near, examine);
  const isShown = shown.stage === finding.stage && firstOf(shown) === firstOf(finding);
  return isShown ? mostBelievable(near, shown, attempts(near, examine, mostTries), recognisers) : null;
}

type Try = (repair: ReadonlyMap<number, string>) => Attempt | null;

function attempts(page: Page, examine: Examine, most: number): Try {
  let tries = most;
  return (repair) => {
    if (tries-- <= 0) return null;
    const after = rewrite(page, repair);
    return { page: after, finding: examined(after, examine) };
  };
}

function examined(page: Page, examine: Examine): Finding {
  const looked = examine(textOf(page));
  return 'problems' in looked ? asIn(page, looked) : { stage: 'schema', problems: [] };
}

/** These say all that there is to say. */
const clear: ReadonlySet<ProblemCode> = new Set(['FILE_EMPTY', 'ALIAS_BOMB', 'NOT_YAML']);

function isPuzzling(first: Problem | undefined): boolean {
  return first !== undefined && !clear.has(first.code);
}

/** What was found in a page that is rewritten, at the lines that the file has. */
function asIn(page: Page, { stage, problems }: Finding): Finding {
  const moved = problems.map((each) =>
    each.position === null
      ? each
      : { ...each, position: { ...each.position, line: numberIn(page, each.position.line) } },
  );
  return { stage, problems: moved };
}

type Attempt = { readonly page: Page; readonly finding: Finding };
type Believed = { readonly slip: Slip; readonly kind: string; readonly attempt: Attempt | null };

function mostBelievable(
  page: Page,
  before: Finding,
  attempt: Try,
  among: readonly Recogniser[],
): Believed | null {
  const position = before.problems[0]?.position;
  if (position == null) return null;
  const trouble = { ...position, isSyntax: before.stage === 'syntax' };
  let best: Believed | null = null;
  let certain: Believed | null = null;
  for (const recognise of among) {
    const kind = `slip ${recognisers.indexOf(recognise)}`;
    let isTried = false;
    for (const slip of recognise(page, trouble)) {
      if (slip.repair === null) {
        // With nothing to try before it, it explains all that follows.
        if (!isTried) return { slip, kind, attempt: null };
        certain ??= { slip, kind, attempt: null };
        continue;
      }
      isTried = true;
      const tried = attempt(slip.repair);
      if (tried === null || !isBetter(tried.finding, before, slip)) continue;
      if (tried.finding.problems.length === 0) return { slip, kind, attempt: tried };
      if (best?.attempt == null || isFurther(tried.finding, best.attempt.finding))
        best = { slip, kind, attempt: tried };
    }
  }
  return best ?? certain;
}

const stages = ['syntax', 'tree', 'schema'] as const;

function isBetter(after: Finding, before: Finding, { code, line, repair }: Slip): boolean {
  if (after.problems.length === 0) return true;
  // A line that was moved to where it has no place, or a value of the wrong kind, was not meant so.
  const moved = [...(repair?.keys() ?? [])];
  const isWorse = (each: Problem) => {
    const number = each.position?.line ?? 0;
    if (each.code === 'NOT_YAML') return true;
    if (code !== 'YAML_INDENT') return each.code === 'WRONG_TYPE' && moved.includes(number);
    const distance = after.stage === 'syntax' ? 0 : 1;
    return moved.some((line) => Math.abs(line - number) <= distance);
  };
  if (after.problems.some(isWorse)) return false;
  if (code === 'YAML_INDENT' && !isFurther(after, before)) return false;
  if (after.stage !== before.stage) return isFurther(after, before);
  const first = firstOf(after);
  const last = Math.max(line, ...(repair?.keys() ?? []));
  return first > placeOf(last + 1, 0) && first !== firstOf(before);
}

function isFurther(one: Finding, other: Finding): boolean {
  const [a, b] = [stages.indexOf(one.stage), stages.indexOf(other.stage)];
  return a > b || (a === b && firstOf(one) > firstOf(other));
}

function firstOf({ problems }: Finding): number {
  const position = problems[0]?.position;
  return position == null ? Number.POSITIVE_INFINITY : placeOf(position.line, position.column);
}

function placeOf(line: number, column: number): number {
  return line * 1e6 + Math.min(column, 1e6 - 1);
}
