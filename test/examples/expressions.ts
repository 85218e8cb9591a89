/** The expressions of GitHub Actions, as far as the workflows use them: names, texts, ==, !=, !, &&, || and functions. */

/** What can be asked for, by the name that it is asked for. */
export type Values = Readonly<Record<string, string | boolean | undefined>>;

export type Status = { readonly failed: boolean; readonly cancelled: boolean; readonly otherwise: boolean };

/** The text with its ${{ }} filled in; a name that nobody knows is an error. */
export function substituted(text: string, values: Values): string {
  return text.replace(/\$\{\{\s*(.*?)\s*\}\}/g, (_, expression: string) =>
    String(evaluate(expression, values, null)),
  );
}

/** Whether a job or a step runs; without a status function, success is implied. */
export function holds(condition: string | undefined, values: Values, status: Status): boolean {
  if (condition === undefined) return status.otherwise;
  const expression = condition.replace(/^\$\{\{\s*|\s*\}\}$/g, '');
  const asks = /\b(always|cancelled|failure|success)\(\)/.test(expression);
  return (asks || status.otherwise) && Boolean(evaluate(expression, values, status));
}

type Value = string | boolean;

function evaluate(expression: string, values: Values, status: Status | null): Value {
  const tokens = expression.match(/'[^']*'|&&|\|\||==|!=|!|[\w.*-]+(?:\(\))?/g) ?? [];
  const either = (): Value => {
    let left = both();
    while (take('||')) {
      const right = both();
      left = left || right;
    }
    return left;
  };
  const both = (): Value => {
    let left = compared();
    while (take('&&')) {
      const right = compared();
      left = left && right;
    }
    return left;
  };
  const compared = (): Value => {
    const left = single();
    if (take('==')) return left === single();
    return take('!=') ? left !== single() : left;
  };
  const single = (): Value => {
    if (take('!')) return !single();
    const token = required(tokens.shift(), `the end of ${expression}`);
    if (token.startsWith("'")) return token.slice(1, -1);
    if (token.endsWith('()')) return required(statusOf(token, status), token);
    return required(values[token], token);
  };
  const take = (token: string): boolean => {
    if (tokens[0] !== token) return false;
    tokens.shift();
    return true;
  };
  const value = either();
  if (tokens.length > 0) required(undefined, expression);
  return value;
}

function statusOf(call: string, status: Status | null): boolean | undefined {
  if (status === null) return undefined;
  const { failed, cancelled } = status;
  return { 'always()': true, 'cancelled()': cancelled, 'failure()': failed, 'success()': !failed }[call];
}

export function required<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`the runner of these tests doesn't know ${what}`);
  return value;
}
