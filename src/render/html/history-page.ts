/** A history as a page: the answers, then a row for each partner that a commit changed, the newest first. */

import { count } from '../../english.ts';
import type { CommitRef, History, HistoryChange } from '../../history/history.ts';
import {
  answerParts,
  answersOf,
  bridgedText,
  changeLines,
  dayOf,
  peopleText,
  remarks,
  runLines,
  runsTitle,
  valueIsText,
} from '../history-words.ts';
import { type Html, html } from './html.ts';
import { pageOf } from './shell.ts';
import { type Row, type Tone, tablesOf } from './table.ts';

export function historyPage(history: History): string {
  const rows = history.entries.flatMap((entry) =>
    entry.changes.map((change) => rowOf(change, entry, entry.bridged)),
  );
  const title = `${count(history.entries.length, 'commit')} that changed partners`;
  const table = { id: 'history', heading: 'History', what: 'What changed', hasPlaces: false, rows };
  return pageOf({
    title,
    body: [
      html`<header><p class="eyebrow">${history.source.files.join(' · ')}</p><h1>${title}</h1></header>`,
      ...answersOf(history).map((answer) => {
        const parts = answerParts(answer, history).join('; ');
        return html`<p><b>${answer.partner}</b>: ${valueIsText(answer, (text) => text)} ${parts}</p>`;
      }),
      ...tablesOf([table], () => null),
      ...(history.runs === undefined
        ? []
        : [html`<h2>${runsTitle}</h2>`, ...runLines(history.runs).map((line) => html`<p>${line}</p>`)]),
      html`<footer>${remarks(history).map((line) => html`<p>${line.trim()}</p>`)}</footer>`,
    ],
  });
}

const tones: Readonly<Record<HistoryChange['kind'], Tone>> = {
  added: 'good',
  changed: 'change',
  removed: 'bad',
};

function rowOf(change: HistoryChange, commit: CommitRef, bridged: readonly string[]): Row {
  const lines = [...(bridged.length === 0 ? [] : [bridgedText(bridged)]), ...changeLines([change])];
  return {
    kind: change.kind,
    tone: tones[change.kind],
    address: change.partner,
    name: dayOf(commit.date),
    partnerId: null,
    fields: change.fields.map(({ field }) => field),
    what: [...lines.map((line) => html`<div>${line}</div>`), commitLine(commit)],
    position: null,
  };
}

function commitLine(commit: CommitRef): Html {
  const link = commit.review?.url ?? commit.url;
  const short = commit.commit.slice(0, 8);
  const shown = link === null ? html`${short}` : html`<a href="${link}">${short}</a>`;
  return html`<div><small>${shown} ${peopleText(commit)}: ${commit.subject}</small></div>`;
}
