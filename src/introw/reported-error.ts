import { isObject } from '../json.ts';
import { says } from './page-words.ts';

/**
 * The error that a body reports, whatever the status of its answer: some gateways answer 200 with nothing but an error,
 * or with an empty list next to one. Undefined where it reports none.
 */
export function reportedError(json: unknown): unknown {
  if (!isObject(json)) return undefined;
  const { error, errors } = json;
  const named = [error, errors].find((each) => says(each) && !isEmptyObject(each));
  if (named !== undefined) return named;
  const isFailure =
    [json.success, json.ok].includes(false) || /^(error|fail(ed|ure)?)$/i.test(String(json.status));
  return isFailure ? (json.message ?? 'it says that it failed') : undefined;
}

function isEmptyObject(value: unknown): boolean {
  return isObject(value) && Object.keys(value).length === 0;
}
