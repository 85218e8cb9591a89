import { failure } from '../problem.ts';

export type Scope = 'partners:read' | 'partners:write';
export type SandboxKey = { readonly key: string; readonly scopes: readonly Scope[] };

const scopes: readonly string[] = ['partners:read', 'partners:write'] satisfies Scope[];

/** The key of a sandbox that was started without any. */
export const defaultKey: SandboxKey = { key: 'sandbox-key', scopes: ['partners:read', 'partners:write'] };

/** `demo=partners:read,partners:write`: what comes before = is the key itself. */
export function parseKey(text: string): SandboxKey {
  const at = text.indexOf('=');
  const given = text
    .slice(at + 1)
    .split(',')
    .map((scope) => scope.trim());
  const known = given.filter((scope): scope is Scope => scopes.includes(scope));
  if (at < 1 || known.length < given.length) {
    throw failure('USAGE', `--key ${JSON.stringify(text)} is not name=scope,scope.`, {
      hint: `Scopes: ${scopes.join(', ')}.`,
    });
  }
  return { key: text.slice(0, at), scopes: known };
}
