/** The rate window and the month's credits, as Introw counts them. */
export type Limits = {
  /** Counts a request against the window; false when it is full. */
  readonly enter: () => boolean;
  /** Takes one credit; false when none is left. */
  readonly charge: () => boolean;
  readonly refund: () => void;
  readonly spendAll: () => void;
  /** Somebody else takes so many requests of this window. */
  readonly crowd: (requests: number) => void;
  readonly rateHeaders: () => Record<string, string>;
  readonly creditHeaders: () => Record<string, string>;
  /** Seconds until the window rolls over, rounded up. */
  readonly retryAfter: () => number;
};

export function createLimits(options: {
  readonly rateLimit: number;
  readonly windowMs: number;
  readonly credits: number | null;
}): Limits {
  const { rateLimit, windowMs } = options;
  const epoch = performance.now();
  let limit = options.credits;
  let credits = options.credits;
  let window = 0;
  let used = 0;
  const roll = () => {
    const now = Math.floor((performance.now() - epoch) / windowMs);
    if (now === window) return;
    window = now;
    used = 0;
  };
  return {
    enter: () => {
      roll();
      if (used >= rateLimit) return false;
      used++;
      return true;
    },
    charge: () => {
      if (credits === null) return true;
      if (credits <= 0) return false;
      credits--;
      return true;
    },
    refund: () => {
      if (credits !== null) credits++;
    },
    spendAll: () => {
      limit ??= 100;
      credits = 0;
    },
    crowd: (requests) => {
      roll();
      used = Math.min(rateLimit, used + requests);
    },
    rateHeaders: () => {
      roll();
      return {
        'x-ratelimit-limit-minute': String(rateLimit),
        'x-ratelimit-remaining-minute': String(rateLimit - used),
      };
    },
    creditHeaders: (): Record<string, string> =>
      limit === null
        ? {}
        : {
            'x-introw-credits-limit-month': String(limit),
            'x-introw-credits-remaining-month': String(credits ?? 0),
          },
    retryAfter: () => Math.ceil((windowMs - ((performance.now() - epoch) % windowMs)) / 1000),
  };
}

/** Seconds until the first of the next month, UTC: when credits come back. */
export function secondsToNextMonth(now: Date): number {
  const next = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1);
  return Math.ceil((next - now.getTime()) / 1000);
}
