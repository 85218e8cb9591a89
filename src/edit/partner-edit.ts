/** One change to what a file says about a partner. */
import type { Field } from '../fields.ts';
import type { Statement } from './statement.ts';

export type PartnerEdit =
  /** States a field: by its catalog name where there is one, else by the value itself. */
  | ({ readonly kind: 'set' } & Statement)
  /** Says nothing about a field any more; the portal goes as a whole. */
  | { readonly kind: 'drop'; readonly field: Field }
  /** Takes the partner's own line for this field alone away, so that the defaults apply. */
  | { readonly kind: 'unset'; readonly field: Field }
  /** Leaves a field to the CRM; the portal, too, as a whole. */
  | { readonly kind: 'ignore'; readonly field: Field }
  /** Pins to a partner by Introw's id, in place of a pin of either kind. */
  | { readonly kind: 'pin'; readonly id: string }
  /** Takes the id away: the pin is, or comes, under `pins` of a file. */
  | { readonly kind: 'unpin' };
