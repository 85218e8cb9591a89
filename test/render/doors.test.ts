import { describe, expect, test } from 'vitest';
import { openDoors } from '../../src/render/doors.ts';
import { look } from '../../src/render/style.ts';
import { readCell } from '../../src/sheet/cells.ts';

const doors = openDoors();
const key = 'intro_live_0123456789';
doors.hide(key);

describe('text', () => {
  const rows: readonly { name: string; text: string; shown: string }[] = [
    { name: 'a colour', text: 'a\u001b[31mb', shown: 'a\\u{1b}[31mb' },
    { name: 'a link', text: '\u001b]8;;https://x\u0007y', shown: '\\u{1b}]8;;https://x\\u{7}y' },
    { name: 'C1 controls', text: 'a\u009b31m\u0085', shown: 'a\\u{9b}31m\\u{85}' },
    { name: 'line breaks', text: 'a\r\nb\u2028c\u2029', shown: 'a\\u{d}\\u{a}b\\u{2028}c\\u{2029}' },
    { name: 'turned directions', text: '\u202ea\u2066\u061c', shown: '\\u{202e}a\\u{2066}\\u{61c}' },
    { name: 'tags', text: 'a\u{e0041}', shown: 'a\\u{e0041}' },
    {
      name: 'tags after a flag',
      text: '\u{1f3f4}\u{e0041}\u{e007f}',
      shown: '\u{1f3f4}\\u{e0041}\\u{e007f}',
    },
    {
      name: 'unseen letters',
      text: 'a\u3164\u2800\u200b\u00ad',
      shown: 'a\\u{3164}\\u{2800}\\u{200b}\\u{ad}',
    },
    { name: 'half a character', text: 'a\ud800', shown: 'a\\u{d800}' },
    { name: 'a selector without an emoji', text: 'a\ufe0f', shown: 'a\\u{fe0f}' },
    { name: 'emoji', text: '❤️ 👨‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿 1️⃣ 👍🏽 🏳️‍🌈 👩‍⚕️ 🇧🇪', shown: '❤️ 👨‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿 1️⃣ 👍🏽 🏳️‍🌈 👩‍⚕️ 🇧🇪' },
    { name: 'a joiner in Persian', text: 'می‌خواهم', shown: 'می‌خواهم' },
    { name: 'a joiner in English', text: 'ac\u200cme', shown: 'ac\\u{200c}me' },
    { name: "GitHub's old commands", text: 'a ##[error]b', shown: 'a \\u{23}#[error]b' },
    { name: "Azure's commands", text: '##vso[task.x]', shown: '\\u{23}#vso[task.x]' },
    { name: "TeamCity's commands", text: '##teamcity[x', shown: '\\u{23}#teamcity[x' },
    { name: "GitLab's sections", text: 'section_start:1:a', shown: '\\u{73}ection_start:1:a' },
    { name: 'the key', text: `a ${key}b`, shown: 'a [key]b' },
  ];

  test.each(rows)('shows $name', ({ text, shown }) => {
    expect(
      doors.text({ name: text }, ({ name }) => `  ${look({ color: true, width: 80 }, 'red', name)}\n`),
    ).toBe(`  \u001b[31m${shown}\u001b[39m\n`);
    expect(doors.line(text)).toBe(shown);
  });

  test('no line begins with a command, however a renderer breaks and colours lines', () => {
    const text = doors.text('::add-mask::x', (name) => `a\n  \u001b[31m${name}\n${name}\n b ::c::`);
    expect(text).toBe('a\n  \u001b[31m\\u{3a}:add-mask::x\n\\u{3a}:add-mask::x\n b ::c::');
    expect(doors.line(' ::stop-commands::x')).toBe(' \\u{3a}:stop-commands::x');
  });

  test('what a renderer adds by itself is looked at too', () => {
    expect(doors.text(null, () => `a\r\u001b[8m\u001b[2K ${key}\n`)).toBe(
      'a\\u{d}\\u{1b}[8m\\u{1b}[2K [key]\n',
    );
  });

  test('a key that is a word of the tool takes nothing out of a document that the tool decides by', () => {
    const own = openDoors();
    own.hide('create');
    const document = { action: 'create', name: 'create' };
    expect(own.text(document, ({ action, name }) => `${action === 'create'} ${name}`)).toBe('true [key]');
  });
});

test('annotations are commands, and no more of them than were made', () => {
  const text = doors.commands(['a ##[x]', '\n::add-mask::x', key], (all) =>
    ['::error file=a::b', ...all.map((each) => `::error title=${each}::c`), '::add-mask::x', 'd'].join('\n'),
  );
  expect(text).toBe(
    '::error file=a::b\n::error title=a \\u{23}#[x]::c\n::error title=\\u{a}::add-mask::x::c\n::error title=[key]::c',
  );
});

describe('data', () => {
  test('keeps its meaning and commands nothing', () => {
    const document = { 'a##[b]': ['\u2028\u{e0041}\u009b', '##vso[x section_end:', '👨‍👩‍👧', 'ä\n'] };
    const json = doors.data(document);
    expect(JSON.parse(json)).toEqual(document);
    expect(json).toBe(
      '{\n  "a\\u0023#[b]": [\n    "\\u2028\\udb40\\udc41\\u009b",\n    "\\u0023#vso[x \\u0073ection_end:",\n    "👨‍👩‍👧",\n    "ä\\n"\n  ]\n}\n',
    );
  });

  test('is refused where it holds the key, naming the place; a report has it masked', () => {
    expect(() => doors.data({ changes: [{}, { name: `x${key}` }] })).toThrow('at changes[1].name,');
    expect(() => doors.data({ pinned: { [`${key}`]: 'ptn_1' } })).toThrow('KEY_IN_DATA');
    expect(() => doors.file('partners.yaml', `a: ${key}`)).toThrow('partners.yaml would hold the API key');
    expect(JSON.parse(doors.report({ error: { message: `Introw said ${key}` } }))).toEqual({
      error: { message: 'Introw said [key]' },
    });
  });
});

test.each([
  'a ##vso[task.setvariable variable=x]y',
  '##[error]',
  '##TeamCity[x]',
  'section_start:1:a Section_end:1:a',
  '::error::x',
])('a sheet commands no CI system by %j, and reads the same', (cell) => {
  const printed = doors.sheet('The sheet', `${cell},2\n`);
  expect(printed).not.toMatch(/##(\[|vso|teamcity)|section_(start|end):|^::/i);
  expect(readCell(printed.split(',')[0] ?? '')).toBe(cell);
});
