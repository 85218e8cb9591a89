/** What CI systems say about a run in its environment. */
import { failure } from '../problem.ts';

export type HostEnvironment = Readonly<Record<string, string | undefined>>;

/** The first of the variables that is set; a Failure where none is. */
export function needed(env: HostEnvironment, ...names: readonly string[]): string {
  const value = names.map((name) => env[name]).find((each) => each !== undefined && each !== '');
  if (value !== undefined) return value;
  throw failure('CODE_HOST_UNKNOWN', `${names.join(' or ')} is not set.`, {
    hint: 'The CI system sets it, or the job must pass it on: see the head of the workflow that introwctl init --ci writes.',
  });
}

/** The header that git sends a token with. */
export function basic(user: string, token: string): string {
  return `Authorization: Basic ${Buffer.from(`${user}:${token}`).toString('base64')}`;
}
