/** Who asks, whether they may, whether they can pay: in the order in which Introw looks. */
import { type Answer, refusal } from './answer.ts';
import type { Call } from './faults.ts';
import type { SandboxKey } from './keys.ts';
import { type Limits, secondsToNextMonth } from './limits.ts';

export type Gate = {
  /** The refusal of a request; null where it may pass, which takes a credit. */
  readonly refuse: (call: Call | null, key: string | undefined) => Answer | null;
  /** From here on no key is known. */
  readonly revoke: () => void;
};

export function createGate(keys: readonly SandboxKey[], limits: Limits): Gate {
  let revoked = false;
  return {
    revoke: () => {
      revoked = true;
    },
    refuse: (call, given) => {
      const key = keys.find((each) => each.key === given);
      if (key === undefined || revoked)
        return refusal(401, 'UNAUTHORIZED', 'The API key is missing, invalid, expired or revoked.');
      const scope = call === 'create' || call === 'update' ? 'partners:write' : 'partners:read';
      const rate = limits.rateHeaders;
      if (!key.scopes.includes(scope))
        return refusal(403, 'FORBIDDEN', `The API key lacks the scope ${scope}.`, rate());
      if (!limits.enter())
        return refusal(429, 'RATE_LIMIT_EXCEEDED', 'Too many requests this minute.', {
          ...rate(),
          'retry-after': String(limits.retryAfter()),
        });
      if (!limits.charge())
        return refusal(402, 'API_CREDITS_EXHAUSTED', "This month's API credits are spent.", {
          ...rate(),
          ...limits.creditHeaders(),
          'retry-after': String(secondsToNextMonth(new Date())),
        });
      return null;
    },
  };
}
