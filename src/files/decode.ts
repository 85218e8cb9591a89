import { type Problem, problem } from '../problem.ts';

/** The text of a file, or why it is none that can be read. A byte order mark stays. */
export function decodeText(path: string, bytes: Uint8Array): string | Problem {
  const kind = kinds.find(({ fits }) => fits(bytes));
  if (kind !== undefined)
    return problem('FILE_UNREADABLE', `${path} is ${kind.name}, not UTF-8 text.`, { hint: kind.hint });
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    const before = new TextDecoder('utf-8').decode(bytes).split('\uFFFD', 1)[0] ?? '';
    const lines = before.split(/\r\n|\r|\n/);
    const position = { file: path, line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
    const message = `${path} is not UTF-8 text: a character here is in another encoding.`;
    return problem('FILE_UNREADABLE', message, { position, hint: saveAsUtf8 });
  }
}

const saveAsUtf8 = 'Save it as UTF-8: most editors offer the encoding with "Save as".';

const kinds: readonly {
  readonly name: string;
  readonly fits: (bytes: Uint8Array) => boolean;
  readonly hint: string;
}[] = [
  {
    name: 'UTF-16 text',
    fits: (bytes) => startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff) || hasEmptyHalves(bytes),
    hint: saveAsUtf8,
  },
  {
    name: 'a zip archive, as Excel and Word write them',
    fits: (bytes) => startsWith(bytes, 0x50, 0x4b, 0x03, 0x04),
    hint: 'Give the file with the partners themselves.',
  },
  {
    name: 'compressed with gzip',
    fits: (bytes) => startsWith(bytes, 0x1f, 0x8b),
    hint: 'Unpack it first.',
  },
];

function startsWith(bytes: Uint8Array, ...start: readonly number[]): boolean {
  return start.every((byte, index) => bytes[index] === byte);
}

/** Whether every other byte at the beginning is zero, as in UTF-16 without a byte order mark. */
function hasEmptyHalves(bytes: Uint8Array): boolean {
  const start = [...bytes.subarray(0, 8)];
  const isEmpty = (half: number) => start.every((byte, index) => (index % 2 === half) === (byte === 0));
  return start.length === 8 && (isEmpty(0) || isEmpty(1));
}
