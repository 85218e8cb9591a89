/** How often a property is tried: as often as its test says, times INTROWCTL_TEST_RUNS (0.02 for a quick look, 20 by hand). */
const factor = Number(process.env.INTROWCTL_TEST_RUNS ?? 1);

/** What fast-check is given for a property that is tried `times` in `npm test`. */
export function runs(times: number): { readonly numRuns: number } {
  return { numRuns: Math.max(5, Math.round(times * factor)) };
}

/** What a count of cases met on the way must exceed in `npm test`; a quick look meets too few to hold it to that. */
export function enough(cases: number): number {
  return factor < 1 ? -1 : cases;
}
