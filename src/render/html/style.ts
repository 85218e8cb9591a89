/** How the page looks: on a screen in light and dark, narrow, and on paper. */
import { html } from './html.ts';

export const style = html`
:root { --paper: #fff; --ink: #1b2430; --quiet: #566172; --line: #dfe4ea; --panel: #f5f7f9; --link: #1d4ed8;
  --good: #0b6b5d; --change: #1d4ed8; --bad: #b42318; --warn: #8a4b06; --down: #b45309; --flow: #64748b; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #10151c; --ink: #e7ecf2; --quiet: #a3b0bf; --line: #2b3642; --panel: #19212b; --link: #93b4ff;
    --good: #5fd0bc; --change: #93b4ff; --bad: #ff9b90; --warn: #f0b86a; --down: #f0a04b; --flow: #8a99ab; }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 5rem; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 70rem; margin: 0 auto; padding: 2.5rem 1.5rem 4rem; }
h1 { margin: .25rem 0 .5rem; font-size: 1.9rem; line-height: 1.2; font-weight: 650; letter-spacing: -.015em; }
h2 { margin: 2.5rem 0 .75rem; font-size: 1.15rem; }
h3 { margin: 0 0 .5rem; font-size: 1rem; }
p { margin: .25rem 0; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.eyebrow, .lead, small, .why, .count, footer { color: var(--quiet); }
.lead { font-size: 1.05rem; }
.count { font-weight: 400; }
ul.notices { list-style: none; margin: 1.5rem 0; padding: 0; }
.notices li { margin: .5rem 0; padding: .75rem 1rem; background: var(--panel); border-left: 4px solid var(--warn); }
.notices li.bad { border-color: var(--bad); }
.notices strong { color: var(--warn); }
.notices .bad strong { color: var(--bad); }
dl.figures { display: flex; flex-wrap: wrap; gap: 1px; margin: 1.5rem 0; border: 1px solid var(--line); background: var(--line); }
.figures div { flex: 1 1 7rem; display: flex; flex-direction: column-reverse; justify-content: flex-end; padding: .75rem 1rem; background: var(--paper); }
.figures dt { color: var(--quiet); font-size: .875rem; }
.figures dd { margin: 0; font-size: 1.6rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
.moves { display: grid; grid-template-columns: minmax(0, 28rem) 1fr; gap: 1rem 3rem; align-items: start; margin-bottom: 2rem; }
.moves svg { width: 100%; height: auto; }
.moves ul { margin: 0; padding-left: 1.1rem; }
svg text { fill: var(--ink); font-size: 13px; }
svg .side { fill: var(--quiet); font-size: 12px; }
svg rect { fill: var(--quiet); }
svg path { fill: var(--flow); fill-opacity: .35; }
svg path.up { fill: var(--good); }
svg path.down { fill: var(--down); }
form.tools { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center;
  margin-top: 2rem; padding: .75rem 0; background: var(--paper); border-bottom: 1px solid var(--line); }
form.tools[hidden] { display: none; }
input, select, .tools button { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--quiet); border-radius: 4px; padding: .25rem .5rem; }
.tools p { margin: 0 0 0 auto; color: var(--quiet); }
/* Rows are grids, since only those are laid out when they come into sight: thousands open and filter at once. */
table, thead, tbody { display: block; overflow-wrap: anywhere; }
tr { display: grid; grid-template-columns: 7rem 3fr 4fr 11rem; }
.places-none tr { grid-template-columns: 7rem 3fr 5fr; }
tbody tr { content-visibility: auto; contain-intrinsic-height: auto 4rem; border-bottom: 1px solid var(--line); }
tr[hidden] { display: none; }
thead { border-bottom: 2px solid var(--line); }
thead th { color: var(--quiet); font-size: .875rem; }
th, td { padding: .5rem .75rem .5rem 0; text-align: left; vertical-align: top; font-weight: 400; }
thead button { all: unset; cursor: pointer; }
thead button:focus-visible { outline: 3px solid var(--link); }
[aria-sort=ascending] button:after { content: " \2191"; }
[aria-sort=descending] button:after { content: " \2193"; }
bdi { white-space: pre-wrap; }
tbody th bdi { display: block; font-weight: 600; }
code, .place, small { font-size: .8125rem; }
code { margin-right: .5rem; color: var(--quiet); }
th small { display: block; }
b { font-weight: 600; }
b.good { color: var(--good); }
b.change { color: var(--change); }
b.bad { color: var(--bad); }
b.quiet { color: var(--quiet); font-weight: 400; }
.field { display: flex; gap: .75rem; }
.field > span:first-child { flex: 0 0 9rem; color: var(--quiet); }
del { color: var(--quiet); }
ins { text-decoration: none; font-weight: 600; }
.why { font-size: .875rem; }
.why.warn { color: var(--warn); }
details { margin: 1rem 0; }
summary { cursor: pointer; }
footer { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line); font-size: .875rem; overflow-wrap: anywhere; }
.sign { display: none; }
@media (max-width: 42rem) {
  main { padding: 1.5rem 1rem; }
  h1 { font-size: 1.5rem; }
  .moves { grid-template-columns: 1fr; }
  form.tools { position: static; }
  .tools p { margin: 0; }
  tr, .places-none tr { grid-template-columns: 1fr; }
  thead { display: none; }
  tbody tr { padding: .75rem 0; }
  tbody tr > * { padding: .125rem 0; }
  .field > span:first-child { flex-basis: 6rem; }
}
@media print {
  :root { --paper: #fff; --ink: #000; --quiet: #444; --line: #bbb; --panel: #fff; --link: #000; --good: #0b6b5d; --change: #000; --bad: #b42318; --warn: #6b3a04; --down: #b45309; --flow: #64748b; }
  body { font-size: 10pt; }
  main { max-width: none; padding: 0; }
  form.tools { display: none; }
  /* A signature is under everything, whatever was searched for on the screen. */
  tr, tr[hidden] { display: table-row; content-visibility: visible; }
  /* As a table, so that its head is on every sheet. */
  table { display: table; table-layout: fixed; border-collapse: collapse; }
  thead { display: table-header-group; }
  tbody { display: table-row-group; }
  tbody tr > * { border-bottom: 1px solid var(--line); }
  thead th:nth-child(1) { width: 5rem; }
  thead th:nth-child(2) { width: 30%; }
  thead th:nth-child(4) { width: 9rem; }
  h2 { break-after: avoid; }
  tr, li, svg, .sign { break-inside: avoid; }
  details::details-content { content-visibility: visible; }
  .sign { display: grid; grid-template-columns: 2fr 1fr 3fr; gap: 0 2rem; margin: 2rem 0; padding-top: 3rem; }
  .sign span { border-top: 1px solid #000; padding-top: .25rem; }
  .sign p { grid-column: 1 / -1; }
}
`;
