/** The Link header (RFC 8288), and where the address of a next page may lead. */
import { describe, expect, test } from 'vitest';
import { parseLinkHeader } from '../../src/introw/link-header.ts';
import { queryOf } from '../../src/introw/next-address.ts';
import { Failure } from '../../src/problem.ts';

test.each<[string, string | null]>([
  ['', ''],
  [' , ,', ''],
  ['<a>; rel="next"', 'a next'],
  [' , <a>; rel=next', 'a next'],
  ['<a>;rel=next,<b>;rel=prev', 'a next; b prev'],
  ['<a>\t ;\t rel \t=\t "next" \t , <b>', 'a next; b '],
  ['<a>;   rel="next"', 'a next'],
  ['<a,b;c>; rel="next"', 'a,b;c next'],
  ['<a>; title="x, <b>; rel=next"; rel="prev"', 'a prev'],
  ['<a>; title="a \\" quote"; rel=next', 'a next'],
  ['<a>; rel="next  last"', 'a next last'],
  ['<a>; REL="NEXT"', 'a next'],
  ['<a>; rel="prev"; rel="next"', 'a prev'],
  ['<a>; rel="nextpage"', 'a nextpage'],
  ['<a>; crossorigin; rel=next', 'a next'],
  ['<a>; rel=', 'a '],
  ['<a>; rel', 'a '],
  ['<>', ' '],
  ['a; rel="next"', null],
  ['x <a>; rel="next"', null],
  ['<a; rel="next"', null],
  ['<a> rel="next"', null],
  ['<a>; rel="next" x', null],
  ['<a>; rel="next', null],
  ['<a>x, <b>', null],
  ['<a> <b>; rel=next', null],
  ['xx;a=<>', null],
  ['<a>; rel=next; =x', null],
])('%j says %s', (header, says) => {
  const links = parseLinkHeader(header)?.map(({ target, rels }) => `${target} ${rels.join(' ')}`);
  expect(links?.join('; ') ?? null).toBe(says);
});

describe('the next page', () => {
  const list = 'https://api.introw.io/api/v1/partners';

  test.each([
    ['?cursor=a&limit=100', { cursor: 'a' }],
    ['/api/v1/partners?page=2', { page: '2' }],
    ['/api/v1/partners/?page=2', { page: '2' }],
    [`${list}?offset=100`, { offset: '100' }],
    ['https://api.introw.io/proxy/api/v1/partners?page=2', { page: '2' }],
    ['', {}],
  ])('at %s is asked for with %j', (target, query) => {
    expect(queryOf(target, list)).toEqual(query);
  });

  test.each([
    ['https://evil.example/api/v1/partners?page=2', 'https://evil.example/api/v1/partners'],
    ['http://api.introw.io/api/v1/partners?page=2', 'http://api.introw.io/api/v1/partners'],
    ['//evil.example/api/v1/partners', 'https://evil.example/api/v1/partners'],
    ['/api/v1/users?page=2', 'https://api.introw.io/api/v1/users'],
    ['/api/v1/partners/more', 'https://api.introw.io/api/v1/partners/more'],
    ['http://[', 'an address that is none'],
  ])('at %s is not asked for: the key would go there', (target, where) => {
    try {
      queryOf(target, list);
      expect.unreachable();
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      const [{ code, message }] = error.problems;
      expect(`${code}: ${message}`).toBe(
        `UNREADABLE_ANSWER: The next page of partners is at ${where}, not at ${list}.`,
      );
    }
  });
});
