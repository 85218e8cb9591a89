/**
 * How fast to send. Introw allows so many requests in a fixed window and says with each answer how many are left, but
 * not when the window began. So a full window is counted from the first answer that was seen in it: never too early,
 * however long a request is on its way, and late by no more than that answer was after the real beginning.
 */

/** What is known of the rate limit. Times are milliseconds of one clock. */
export type Pace = {
  /** What remained of the window by the last answer; null before the first one. */
  readonly remaining: number | null;
  /** When the first answer of this window came, and until then, when its request was sent; null when none was yet. */
  readonly windowStart: number | null;
  /** When the last answer showed what remains. */
  readonly reportedAt: number;
  /** Requests that were sent and not answered. */
  readonly underWay: number;
  /** No request before this time: Introw said so with a 429. */
  readonly blockedUntil: number;
  /** How many 429s came since the last other answer. */
  readonly refusals: number;
  /** When the window of the last 429 ends at the latest. */
  readonly windowEnd: number;
};

/** The most requests that may be under way at once: by so much answers can overtake each other. */
export const mostAtOnce = 8;

export const freshPace: Pace = {
  remaining: null,
  windowStart: null,
  reportedAt: 0,
  underWay: 0,
  blockedUntil: 0,
  refusals: 0,
  windowEnd: 0,
};

/** How long the next request must wait: 0 to send now, null to wait for an answer that is under way. */
export function waitFor(pace: Pace, now: number, windowMs: number): number | null {
  if (now < pace.blockedUntil) return pace.blockedUntil - now;
  if (pace.windowStart !== null && now >= pace.windowStart + windowMs) {
    // A new window: one request goes alone to learn what it allows, unless others are still on their way.
    return pace.underWay === 0 ? 0 : null;
  }
  if (pace.remaining === null) return pace.underWay === 0 ? 0 : null;
  if (pace.remaining > pace.underWay) return 0;
  if (pace.underWay > 0) return null;
  return pace.windowStart === null ? 0 : pace.windowStart + windowMs - now;
}

export function sent(pace: Pace, now: number, windowMs: number): Pace {
  const rolledOver = pace.windowStart === null || now >= pace.windowStart + windowMs;
  return rolledOver
    ? { ...pace, windowStart: now, remaining: null, underWay: pace.underWay + 1 }
    : { ...pace, underWay: pace.underWay + 1 };
}

/** An answer: `remaining` is the header's figure, null where there was none; `sentAt` is when its request left. */
export function answered(pace: Pace, remaining: number | null, sentAt: number, now: number): Pace {
  const underWay = pace.underWay - 1;
  if (remaining === null)
    return { ...pace, underWay, refusals: 0, remaining: pace.remaining ?? Number.POSITIVE_INFINITY };
  const reported = { ...pace, underWay, refusals: 0, reportedAt: now };
  if (pace.remaining === null) return { ...reported, remaining, windowStart: now };
  // More left than before means a new window, unless answers only overtook each other on the way.
  const inOrder = sentAt >= pace.reportedAt;
  const rolledOver = remaining > pace.remaining + (inOrder ? 0 : mostAtOnce);
  return rolledOver
    ? { ...reported, remaining, windowStart: now }
    : { ...reported, remaining: Math.min(remaining, pace.remaining) };
}

/** A request that got no answer may have been counted. */
export function lost(pace: Pace): Pace {
  const remaining = pace.remaining === null ? null : Math.max(0, pace.remaining - 1);
  return { ...pace, underWay: pace.underWay - 1, remaining };
}

/**
 * A 429: the window is full, by us or by somebody else who uses the key. Whatever Retry-After says, nobody has to wait
 * longer than for the end of the window; and where it says nothing useful, each try waits twice as long as the one before.
 */
export function refused(pace: Pace, now: number, retryAfterMs: number | null, windowMs: number): Pace {
  const windowEnd = Math.max((pace.windowStart ?? now) + windowMs, now + 1);
  const grown = (windowMs / 128) * 2 ** pace.refusals;
  const latest = windowEnd + windowMs * lateShare;
  const blockedUntil =
    retryAfterMs === null ? windowEnd : Math.min(now + Math.max(retryAfterMs, grown), latest);
  return {
    ...pace,
    remaining: null,
    underWay: pace.underWay - 1,
    blockedUntil: Math.max(blockedUntil, pace.blockedUntil),
    refusals: pace.refusals + 1,
    windowEnd,
  };
}

/** A Retry-After may reach beyond our window's end by this share of it: its seconds are rounded up. */
const lateShare = 0.05;
