/** What is known of a request once nothing more is sent for it: every attempt, and how each one ended. */
import type { Failure } from '../problem.ts';

/** An answer as it came, its body not yet understood. */
export type RawAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Decoded text; what came of it where the rest was lost. */
  readonly body: string;
  /** Why the body isn't complete: it broke off, came too late, was too large, or can't be decoded. */
  readonly flaw: Flaw | null;
};

export type Flaw = 'broke off' | 'timed out' | 'too large' | 'encoding' | 'compression' | 'charset' | 'left';

/** One sending of a request. `sentAt` and `endedAt` are milliseconds of `performance.now()`. */
export type Attempt = { readonly sentAt: number; readonly endedAt: number } & (
  | { readonly kind: 'answered'; readonly answer: RawAnswer }
  /** There was no connection to send it on, so Introw can't have seen it. */
  | {
      readonly kind: 'unsent';
      readonly timedOut: boolean;
      readonly passing: boolean;
      readonly failure: Failure;
    }
  /** It was sent, and no answer came. */
  | {
      readonly kind: 'lost';
      readonly why: 'timed out' | 'connection broke' | 'not HTTP' | 'left';
      readonly failure: Failure;
    }
);

export type Exchange = {
  /** In order; empty where the run ended before anything was sent. */
  readonly attempts: readonly Attempt[];
  /** The run was interrupted or given up before this request had been tried as often as it could be. */
  readonly cutShort: boolean;
  /** The request in words (`PATCH …/ptn_1`), for messages. */
  readonly what: string;
};
