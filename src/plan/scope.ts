/** Which handles a plan is about. The preview of a change and the apply of it choose the same ones. */
import type { DesiredPartner, DesiredState } from '../desired/state.ts';
import type { Handle, LiveState } from '../partner.ts';
import type { BaseState } from './base.ts';
import { touchedHandles } from './changed-handles.ts';

export type Scope = {
  /** The handles to match: all where the list was read, since any two may turn out to be one partner. */
  readonly matched: ReadonlyMap<Handle, DesiredPartner>;
  /** The handles to compare with Introw. */
  readonly compared: ReadonlyMap<Handle, DesiredPartner>;
  /** The handles that may be changed, and so must be in no doubt. */
  readonly planned: ReadonlySet<Handle>;
  /** Whether no option leaves any handle out. */
  readonly isEverything: boolean;
};

type Asked = {
  readonly desired: DesiredState;
  readonly base: BaseState | null;
  readonly live: LiveState;
  /** --target, --exclude, --changed; null without them. */
  readonly selection: ReadonlySet<Handle> | null;
  readonly options: { readonly only: 'all' | 'proposed'; readonly publish: ReadonlySet<Handle> };
};

/** With --only proposed all chosen handles are compared, to say what is left alone; those that the change touches are planned. */
export function scopeOf({ desired, base, live, selection, options }: Asked): Scope {
  const chosen = [...desired.partners].filter(([handle]) => selection?.has(handle) ?? true);
  const compared = new Map(chosen);
  const touched = options.only === 'proposed' && base !== null ? touchedHandles(base, desired) : null;
  const isPlanned = (handle: Handle) => touched?.has(handle) ?? true;
  return {
    matched: live.complete ? desired.partners : compared,
    compared,
    planned: new Set(
      [...compared.keys()].filter((handle) => isPlanned(handle) || options.publish.has(handle)),
    ),
    isEverything: selection === null && touched === null,
  };
}
