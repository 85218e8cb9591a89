// Rows of like keys as a Markdown table.

export function table(rows) {
  const keys = Object.keys(rows[0]);
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(keys), line(keys.map(() => '---')), ...rows.map((row) => line(Object.values(row)))]
    .join('\n')
    .concat('\n');
}
