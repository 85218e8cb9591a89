/** A key of another organisation is found out before anything is planned. */
import { describe, expect, test } from 'vitest';
import type { Handle } from '../../src/partner.ts';
import { Failure } from '../../src/problem.ts';
import { desiredOf, type Files, liveOf, planOf } from './world.ts';

const live = [
  { id: 'p0', name: 'Acme', domain: null },
  { id: 'p1', name: 'Globex', domain: null },
];

type Asked = {
  readonly files: Files;
  readonly organisation?: { readonly contains?: string; readonly name?: string };
  readonly live?: readonly Record<string, unknown>[];
  readonly chosen?: readonly string[];
  readonly complete?: boolean;
  readonly only?: 'proposed';
  readonly base?: Files;
};

function refusal(asked: Asked): string | null {
  const { files, organisation = {}, chosen, complete = true, only = 'all', base } = asked;
  const partners = liveOf(asked.live ?? live);
  try {
    planOf(desiredOf(files, { organisation }), partners, {
      base: base === undefined ? null : desiredOf(base),
      live: { partners, complete },
      selection: chosen === undefined ? null : new Set(chosen as readonly Handle[]),
      options: { only },
    });
    return null;
  } catch (error) {
    if (error instanceof Failure) return error.problems.map(({ message }) => message).join('\n');
    throw error;
  }
}

describe('the partner that must be there', () => {
  const files = { a: { id: 'p0', name: 'Acme' } };
  const none = "This key opens an organisation without p9, so it isn't the organisation of these files.";
  test.each<[string, Asked, string | null]>([
    ['is there', { files, organisation: { contains: 'p1' } }, null],
    ['is not there', { files, organisation: { contains: 'p9' } }, none],
    [
      'is not there, in files that have a name',
      { files, organisation: { contains: 'p9', name: 'Acme, production' } },
      "This key opens an organisation without p9, so it isn't Acme, production.",
    ],
    [
      'is not there, where single partners were read',
      { files, organisation: { contains: 'p9' }, chosen: ['a'], complete: false },
      none,
    ],
    [
      'may be there, where nothing was read',
      { files, organisation: { contains: 'p9' }, chosen: [], complete: false, live: [] },
      null,
    ],
    [
      'is not there, where all was read and no handle chosen',
      { files, organisation: { contains: 'p9' }, chosen: [] },
      none,
    ],
  ])('%s: %j: %s', (_, asked, says) => {
    expect(refusal(asked)).toBe(says);
  });
});

describe('pins that are not live', () => {
  const gone = (...handles: readonly string[]): Files =>
    Object.fromEntries(handles.map((handle) => [handle, { id: `gone-${handle}`, name: handle }]));
  const a = { id: 'p0', name: 'Acme' };
  const b = { name: 'Globex' };
  const says = (count: number, pinned: number) =>
    `${count} of the ${pinned} pinned partners aren't in Introw, so this key probably isn't for the organisation of these files.`;
  test.each<[string, Asked, string | null]>([
    ['one, which is all', { files: gone('x') }, null],
    ['two, which are all', { files: gone('x', 'y') }, says(2, 2)],
    ['two of three', { files: { ...gone('x', 'y'), a } }, says(2, 3)],
    ['two of four', { files: { ...gone('x', 'y'), a, b } }, null],
    ['three, and a new partner', { files: { ...gone('x', 'y', 'z'), new: { name: 'New' } } }, says(3, 3)],
    [
      'external ids',
      { files: { x: { externalId: 'x', name: 'X' }, y: { externalId: 'y', name: 'Y' } } },
      says(2, 2),
    ],
    ['two that are not chosen', { files: { ...gone('x', 'y'), a }, chosen: ['a'] }, null],
    [
      'two that the change leaves alone',
      { files: gone('x', 'y'), base: gone('x', 'y'), only: 'proposed' },
      null,
    ],
  ])('%s: %j: %s', (_, asked, expected) => {
    expect(refusal(asked)).toBe(expected);
  });
});
