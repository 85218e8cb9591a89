/** Tables of changes and of results. They are complete without a script; with it they can be searched and sorted. */
import type { Position } from '../../problem.ts';
import { type Html, html } from './html.ts';
import { type LineLink, placeOf } from './links.ts';

/** How a row is coloured; the word next to it says the same. */
export type Tone = 'good' | 'change' | 'bad' | 'quiet';

export type Row = {
  /** What the filter by change goes by, and its colour. */
  readonly kind: string;
  readonly tone: Tone;
  readonly address: string;
  readonly name: string;
  readonly partnerId: string | null;
  /** What the filter by field goes by. */
  readonly fields: readonly string[];
  readonly what: readonly Html[];
  readonly position: Position | null;
};

export type Table = {
  readonly id: string;
  readonly heading: string;
  /** The heading of the column that says what changes. */
  readonly what: string;
  /** Whether rows have places in files. */
  readonly hasPlaces: boolean;
  readonly rows: readonly Row[];
};

/** The tables under their headings, and what searches and filters all of them. */
export function tablesOf(tables: readonly Table[], link: LineLink): Html[] {
  const shown = tables.filter(({ rows }) => rows.length > 0);
  const rows = shown.flatMap((each) => each.rows);
  if (rows.length === 0) return [];
  return [tools(rows), ...shown.map((each) => section(each, link))];
}

function tools(rows: readonly Row[]): Html {
  const kinds = [...new Set(rows.map(({ kind }) => kind))];
  const fields = [...new Set(rows.flatMap((row) => row.fields))].sort();
  return html`<form class="tools" role="search" aria-label="Rows" hidden>
<label>Search <input type="search" name="text" autocomplete="off" spellcheck="false"></label>
<label>Change <select name="kind"><option value="">all</option>${kinds.map(option)}</select></label>
<label>Field <select name="field"><option value="">all</option>${fields.map(option)}</select></label>
<button type="reset">Clear</button>
<p role="status"></p>
</form>
`;
}

function option(value: string): Html {
  return html`<option>${value}</option>`;
}

function section({ id, heading, what, hasPlaces, rows }: Table, link: LineLink): Html {
  return html`<section class="rows" aria-labelledby="${id}">
<h2 id="${id}">${heading} <span class="count">${rows.length}</span></h2>
<table role="table" aria-labelledby="${id}" class="places-${hasPlaces ? 'shown' : 'none'}">
<thead role="rowgroup"><tr role="row">${['Change', 'Partner', what, ...(hasPlaces ? ['Where'] : [])].map(columnHeader)}</tr></thead>
<tbody role="rowgroup">
${rows.map((row) => rowOf(row, hasPlaces, link))}</tbody>
</table>
</section>
`;
}

function columnHeader(title: string): Html {
  return html`<th role="columnheader" scope="col">${title}</th>`;
}

/** Roles are stated, since rows are no table rows to a style that makes them grids. */
function rowOf(row: Row, hasPlaces: boolean, link: LineLink): Html {
  const id = row.partnerId === null ? null : html` <small>${row.partnerId}</small>`;
  const place = hasPlaces ? html`<td role="cell">${placeOf(row.position, link)}</td>` : null;
  return html`<tr role="row" data-kind="${row.kind}" data-fields="${row.fields.join(' ')}"><td role="cell"><b class="${row.tone}">${row.kind}</b></td><th role="rowheader" scope="row"><bdi>${row.name}</bdi><code>${row.address}</code>${id}</th><td role="cell">${row.what}</td>${place}</tr>
`;
}
