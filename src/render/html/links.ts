import type { Position } from '../../problem.ts';
import { type Html, html } from './html.ts';

/** The page of a line on the code host, at the commit that was looked at; null where that isn't known. */
export type LineLink = (position: Position) => string | null;

/** `partners.yaml:14`, as a link where there is one. */
export function placeOf(position: Position | null | undefined, link: LineLink): Html | null {
  if (position == null) return null;
  const place = `${position.file}:${position.line}`;
  const url = link(position);
  // Nothing but a web page is linked, whatever a remote is called.
  return url === null || !/^https?:\/\//.test(url)
    ? html`<span class="place">${place}</span>`
    : html`<a class="place" href="${url}">${place}</a>`;
}
