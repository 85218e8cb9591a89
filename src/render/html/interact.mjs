// @ts-check
/// <reference lib="dom" />

/**
 * What the page can do where its script runs: search, filter and sort the rows of its tables. Its source is put into
 * the page, so it uses nothing from outside of itself.
 */
export function interact() {
  const tools = document.querySelector('form.tools');
  if (!(tools instanceof HTMLFormElement)) return;
  const tables = [...document.querySelectorAll('section.rows')].map((section) => {
    const body = section.querySelector('tbody');
    const rows = [...section.querySelectorAll('tbody tr')];
    return { section, body, rows };
  });
  const all = tables.flatMap(({ rows }) => rows);
  /** @type {string[] | null} */
  let texts = null;

  const filter = () => {
    texts ??= all.map((row) => (row.textContent ?? '').toLowerCase());
    const asked = new FormData(tools);
    const words = String(asked.get('text')).toLowerCase().split(/\s+/).filter(Boolean);
    const kind = String(asked.get('kind'));
    const field = String(asked.get('field'));
    let left = 0;
    for (const [index, row] of all.entries()) {
      const text = texts[index] ?? '';
      const fits =
        (kind === '' || row.getAttribute('data-kind') === kind) &&
        (field === '' || (row.getAttribute('data-fields') ?? '').split(' ').includes(field)) &&
        words.every((word) => text.includes(word));
      row.toggleAttribute('hidden', !fits);
      if (fits) left++;
    }
    const status = tools.querySelector('[role=status]');
    if (status !== null) status.textContent = `${left} of ${all.length} shown`;
  };

  const order = new Intl.Collator('en', { numeric: true });
  /** @param {(typeof tables)[number]} table @param {Element} head @param {number} column */
  const sort = ({ section, body, rows }, head, column) => {
    const next =
      { ascending: 'descending', descending: 'none' }[head.getAttribute('aria-sort') ?? ''] ?? 'ascending';
    for (const each of section.querySelectorAll('[aria-sort]')) each.removeAttribute('aria-sort');
    if (next !== 'none') head.setAttribute('aria-sort', next);
    const sign = next === 'descending' ? -1 : 1;
    const keyed = rows.map((row) => ({ row, key: row.children[column]?.textContent ?? '' }));
    if (next !== 'none') keyed.sort((one, other) => sign * order.compare(one.key, other.key));
    body?.replaceChildren(...keyed.map(({ row }) => row));
  };

  for (const table of tables) {
    for (const [column, head] of [...table.section.querySelectorAll('thead th')].entries()) {
      const button = document.createElement('button');
      button.type = 'button';
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener('click', () => sort(table, head, column));
    }
  }
  tools.addEventListener('input', filter);
  tools.addEventListener('submit', (event) => event.preventDefault());
  // The fields are empty only after the event.
  tools.addEventListener('reset', () => setTimeout(filter));
  tools.hidden = false;
  filter();
}
