import { failure } from '../problem.ts';
import type { AskPage, WalkOptions } from './list-walk.ts';
import { type Listing, readList } from './read-list.ts';

/**
 * Reads a list until it adds up. Where fewer partners came than the highest total that was stated, somebody may have
 * deleted one while the pages were read, which moves the others up and so hides one: then it is read once more, if
 * `affords` says that so many requests may be spent. Throws LIST_INCOMPLETE where it never adds up.
 */
export async function readListThatAddsUp(
  options: WalkOptions,
  ask: AskPage,
  affords: (requests: number) => boolean,
): Promise<Listing> {
  const first = await readList(options, ask);
  if (addsUp(first)) return first;
  const held = `The list states ${first.total} partners and holds ${first.partners.length}`;
  if (!affords(first.requests - first.probes))
    throw failure('LIST_INCOMPLETE', `${held}, and there are not enough credits to read it again.`);
  const paging = options.paging ?? (first.probes > 0 ? first.paging : null);
  const second = await readList({ ...options, paging, mayProbe: false }, ask);
  const requests = first.requests + second.requests;
  const both = { ...second, requests, oneReading: first.requests, probes: first.probes };
  if (addsUp(second)) return both;
  if (!isSame(first, second)) {
    const then = `read once more, it states ${second.total} and holds ${second.partners.length}`;
    throw failure('LIST_INCOMPLETE', `${held}; ${then}.`);
  }
  if (options.assumeComplete) return both;
  throw failure('LIST_INCOMPLETE', `${held}, the same ones when read again.`, {
    hint: "If Introw counts partners that it doesn't list, pass --assume-complete.",
  });
}

function addsUp({ total, partners }: Listing): boolean {
  return partners.length >= (total ?? 0);
}

function isSame(one: Listing, other: Listing): boolean {
  const ids = new Set(one.partners.map(({ id }) => id));
  return one.partners.length === other.partners.length && other.partners.every(({ id }) => ids.has(id));
}
