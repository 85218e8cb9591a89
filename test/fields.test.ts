/** The table of fields: every row keeps what the rest of the tool takes for granted. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { partnersSchema } from '../src/desired/schema-json.ts';
import { fieldAt, fieldNamed, fields, identities } from '../src/fields.ts';
import { listOfTexts, text } from '../src/shapes.ts';

test.each(fields.map((field) => [field.name, field] as const))('%s', (_, field) => {
  const value = typeof field.example === 'string' ? field.example : [...field.example];
  expect(fieldNamed(field.name)).toBe(field);
  expect(fieldAt(field.path)).toEqual({ field, byId: false });
  if (field.idKey !== null)
    expect(fieldAt([...field.path.slice(0, -1), field.idKey])).toEqual({ field, byId: true });
  // What is written comes back, where Introw returns it at all.
  expect(field.read(field.answered(value))).toEqual(field.returned === 'no' ? undefined : value);
  expect(field.shape.refusal(value)).toBeNull();
  if (field.needs !== null) expect(fieldNamed(field.needs).path[0]).toBe(field.path[0]);
});

test('names, keys in files and names on the wire are unique', () => {
  for (const key of ['name', 'wire'] as const)
    expect(new Set(fields.map((field) => field[key])).size).toBe(fields.length);
  expect(identities.name).not.toBe(identities.domain);
});

test('no other module asks for a field by its name', () => {
  const src = new URL('../src/', import.meta.url);
  const asking =
    /(?:fieldNamed|findField|values\.get|values\.has|ignore\.has)\('|values\['|\.field [!=]== '|['"`]portal\./;
  const modules = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.ts'),
  );
  const found = modules.filter(
    (path) => path !== 'fields.ts' && asking.test(readFileSync(new URL(path, src), 'utf8')),
  );
  expect(found).toEqual([]);
});

test('schemas/partners.schema.json lists the fields of the table; npm run build writes it', () => {
  const file = readFileSync(new URL('../schemas/partners.schema.json', import.meta.url), 'utf8');
  expect(JSON.stringify(JSON.parse(file))).toBe(JSON.stringify(partnersSchema()));
});

describe('a list of texts', () => {
  const list = listOfTexts();

  test.each([
    [['a', 'b'], ['b', 'a'], true],
    [['a'], ['a', 'b'], false],
    [[], [], true],
    [['a,b'], ['a', 'b'], false],
  ])('%j and %j: the same is %s', (one, other, same) => expect(list.same(one, other)).toBe(same));

  test.each([
    [null, []],
    [['a'], ['a']],
    [['a', 1], undefined],
    ['a', undefined],
    [undefined, undefined],
  ])('%j is read as %j', (json, read) => expect(list.read(json)).toEqual(read));

  test.each([
    [['a'], null],
    ['a', 'must be a list'],
    [['a', ''], 'must have 1 to 255 characters'],
  ])('%j: Introw says %j', (value, why) => expect(list.refusal(value)).toBe(why));
});

test('text is counted in characters, not in code units', () => {
  expect(text({ max: 2 }).refusal('👍👍')).toBeNull();
  expect(text({ max: 2 }).refusal('👍👍👍')).toBe('must have 1 to 2 characters');
});
