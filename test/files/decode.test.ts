import { expect, test } from 'vitest';
import { decodeText } from '../../src/files/decode.ts';

const utf16 = (text: string, mark = '') => Buffer.from(mark + text, 'utf16le');

test.each([
  ['UTF-16', utf16('version: 1\n', '\uFEFF'), 'p.yaml is UTF-16 text, not UTF-8 text.', null],
  ['UTF-16 without a mark', utf16('version: 1\n'), 'p.yaml is UTF-16 text, not UTF-8 text.', null],
  [
    'big-endian UTF-16',
    utf16('version: 1\n', '\uFEFF').swap16(),
    'p.yaml is UTF-16 text, not UTF-8 text.',
    null,
  ],
  [
    'Latin-1',
    Buffer.from('a: 1\r\nb: Café', 'latin1'),
    'p.yaml is not UTF-8 text: a character here is in another encoding.',
    '2:7',
  ],
  [
    'a workbook',
    Buffer.from('PK\u0003\u0004xyz'),
    'p.yaml is a zip archive, as Excel and Word write them, not UTF-8 text.',
    null,
  ],
])('%s is said to be so', (_, bytes, message, place) => {
  const found = decodeText('p.yaml', bytes);
  if (typeof found === 'string') expect.unreachable();
  const { position } = found;
  expect([found.message, position && `${position.line}:${position.column}`]).toEqual([message, place]);
});

test.each(['', 'a', 'version: 1\n', '\uFEFFversion: 1\n', 'ä\u0000b'])('%j is read as it is', (text) => {
  expect(decodeText('p.yaml', Buffer.from(text))).toBe(text);
});
