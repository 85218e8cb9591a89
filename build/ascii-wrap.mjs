// Breaks lines of plain ASCII between words, and words that are longer than a line; in place of a package that knows
// colours and all of Unicode, which takes most of the time that it takes to render the help.

export default (text, columns) =>
  text
    .split('\n')
    .map((line) => wrapped(line, columns))
    .join('\n');

function wrapped(line, columns) {
  const rows = [''];
  for (const word of line.split(' ')) {
    const row = rows.pop().trimStart();
    const before = row === '' ? '' : `${row} `;
    if (word.length > columns) rows.push(...pieces(before, word, columns));
    else if (before.length + word.length > columns && word !== '') rows.push(before, word);
    else rows.push(before + word);
  }
  return rows.map((row) => row.trimEnd()).join('\n');
}

/** The word begins on the row that is there, unless that would take a row more. */
function pieces(row, word, columns) {
  const rowsFor = (length) => Math.ceil(length / columns);
  const fits = rowsFor(word.length - (columns - row.length)) < rowsFor(word.length);
  const text = fits ? row + word : word;
  const cut = text.match(new RegExp(`.{1,${columns}}`, 'g'));
  return fits ? cut : [row, ...cut];
}
