/** The expressions of GitHub Actions, as far as the workflows use them. */

/** What can be asked for, by the name that it is asked for. */
export type Values = Readonly<Record<string, string | undefined>>;

/** The text with its ${{ }} filled in; one that nobody knows is an error. */
export function substituted(text: string, values: Values): string {
  return text.replace(/\$\{\{\s*(.*?)\s*\}\}/g, (_, name: string) => required(values[name], name));
}

/** `a == b`, `a == 'text'` and the status functions, joined by &&; without a status function success is implied. */
export function holds(
  condition: string | undefined,
  values: Values,
  { failed, otherwise }: { failed: boolean; otherwise: boolean },
): boolean {
  if (condition === undefined) return otherwise;
  const terms = condition
    .replace(/^\$\{\{\s*|\s*\}\}$/g, '')
    .split('&&')
    .map((term) => term.trim());
  const states = terms.some((term) => term.endsWith('()'));
  return (states || otherwise) && terms.every((term) => termHolds(term, values, failed));
}

function termHolds(term: string, values: Values, failed: boolean): boolean {
  if (term === '!cancelled()') return true;
  if (term === '!failure()') return !failed;
  const [, left = '', right = ''] = required(/^(\S+) == (\S+)$/.exec(term) ?? undefined, term);
  const [one, other] = [left, right].map(
    (text) => /^'(.*)'$/.exec(text)?.[1] ?? required(values[text], text),
  );
  return one === other;
}

export function required<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`the runner of these tests doesn't know ${what}`);
  return value;
}
