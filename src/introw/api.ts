/** What the rest of the tool sees of Introw: reading, writing, and what it has cost. */
import type { Json } from '../json.ts';
import type { LivePartner, PartnerId } from '../partner.ts';
import type { Failure } from '../problem.ts';

/** Where Introw's API is, below its origin. `id` is Introw's id, or the CRM's external id. */
export const paths = {
  partners: '/api/v1/partners',
  partner: (id: string) => `${paths.partners}/${encodeURIComponent(wellFormed(id))}`,
} as const;

/** Half of a character, which JSON can hold and a URL can't, becomes the sign for what can't be read. */
function wellFormed(id: string): string {
  return id.replace(/\p{Cs}/gu, '\ufffd');
}

/** The body of POST and PATCH: wire names to values; only what is to change. */
export type PartnerBody = Readonly<Record<string, Json>>;

/**
 * What is known of a write in the end. Only one that was accepted, refused or never sent is certain; of one whose answer
 * was lost nobody knows before the partner is looked up.
 */
export type Written = {
  /** How its last attempt ended: what it says about the next request. */
  readonly ended: 'usable answer' | 'no usable answer' | 'no connection' | 'cut short';
} & (
  | {
      readonly kind: 'accepted';
      readonly status: number;
      readonly partner: Returned;
      /** An attempt before the one that was accepted may have been carried out too. */
      readonly sentBefore: boolean;
    }
  | { readonly kind: 'refused'; readonly failure: Failure }
  /** `failure` says how the answer was lost, `last` how the last attempt ended; `sentAt` is its `performance.now()`. */
  | { readonly kind: 'lost'; readonly failure: Failure; readonly last: Failure; readonly sentAt: number }
  /** `failure` is null where the run ended before it was its turn. */
  | { readonly kind: 'never sent'; readonly failure: Failure | null }
);

/** What an accepted write came back with: a partner, nothing that can be read, or something that is no partner. */
export type Returned = LivePartner | 'unread' | 'not a partner';

/** Reads partners. All methods throw a Failure with a problem of the Introw section of problem-codes.ts. */
export type Reader = {
  /** Every partner of the organisation, page after page; each id once. */
  readonly list: () => Promise<readonly LivePartner[]>;
  /** One partner by Introw's id or the CRM's external id; null where Introw has none. */
  readonly get: (id: string) => Promise<LivePartner | null>;
};

/** Writes partners; needs the scope partners:write. The writes never throw for what Introw or the network does. */
export type Writer = {
  /**
   * Create-or-update: 201 made a partner, 200 changed one that had that name or domain. Once `until` is aborted it isn't
   * sent, nor sent again.
   */
  readonly create: (body: PartnerBody, until?: AbortSignal) => Promise<Written>;
  readonly update: (id: PartnerId, body: PartnerBody, until?: AbortSignal) => Promise<Written>;
  /** Whether the key may write, found out by an empty change of a partner that can't exist: one request. */
  readonly probe: () => Promise<boolean>;
};

/** What to read from Introw: the complete list, or single partners (by Introw's id or the CRM's). */
export type Reading = { readonly kind: 'list' } | { readonly kind: 'each'; readonly pins: readonly Pin[] };

export type Pin = { readonly by: 'id' | 'externalId'; readonly id: string };

/** What the answers have shown so far. */
export type Budget = {
  /** Every request that was sent, retries too. */
  readonly requestsSpent: number;
  readonly creditsRemaining: number | null;
  readonly creditsLimit: number | null;
  /** The server's clock at its first answer (ISO 8601), or null where it sent no date. */
  readonly firstAnswerAt: string | null;
};

/** What happens on the wire, for progress on a terminal and for --verbose; the key is in none of it. */
export type WireEvent =
  | {
      readonly kind: 'answer';
      readonly method: string;
      /** Path and query. */
      readonly path: string;
      readonly status: number;
      readonly milliseconds: number;
      readonly rateRemaining: number | null;
      readonly creditsRemaining: number | null;
    }
  | {
      readonly kind: 'waiting';
      readonly reason: 'rate limit' | 'retry' | 'look-up';
      readonly milliseconds: number;
      readonly because: string;
    }
  | { readonly kind: 'page'; readonly partners: number; readonly total: number | null }
  /** It was found out how the list pages, and what that took. */
  | { readonly kind: 'probed'; readonly paging: string; readonly requests: number };
