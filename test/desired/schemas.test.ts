/** The schemas as others read them: in the strict mode of Ajv, which SchemaStore demands, and by another validator. */
import { readFileSync } from 'node:fs';
import { Validator } from '@cfworker/json-schema';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { validatePartners } from '../../src/desired/schema.ts';

const read = (name: string) => JSON.parse(readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8'));

/** SchemaStore takes drafts up to 07, and lists the files' schema; plans and outcomes are for programs. */
const drafts = {
  partners: { Validator: Ajv, uri: 'http://json-schema.org/draft-07/schema#' },
  plan: { Validator: Ajv2020, uri: 'https://json-schema.org/draft/2020-12/schema' },
  outcome: { Validator: Ajv2020, uri: 'https://json-schema.org/draft/2020-12/schema' },
  history: { Validator: Ajv2020, uri: 'https://json-schema.org/draft/2020-12/schema' },
  accept: { Validator: Ajv2020, uri: 'https://json-schema.org/draft/2020-12/schema' },
  pin: { Validator: Ajv2020, uri: 'https://json-schema.org/draft/2020-12/schema' },
  import: { Validator: Ajv2020, uri: 'https://json-schema.org/draft/2020-12/schema' },
  fmt: { Validator: Ajv2020, uri: 'https://json-schema.org/draft/2020-12/schema' },
  validate: { Validator: Ajv2020, uri: 'https://json-schema.org/draft/2020-12/schema' },
  doctor: { Validator: Ajv2020, uri: 'https://json-schema.org/draft/2020-12/schema' },
  error: { Validator: Ajv2020, uri: 'https://json-schema.org/draft/2020-12/schema' },
} as const;

test.each(Object.entries(drafts))(
  '%s compiles strictly, and its $id is where the package is served',
  (name, draft) => {
    const schema = read(`schemas/${name}.schema.json`);
    expect(schema.$schema).toBe(draft.uri);
    expect(() => new draft.Validator({ strict: true }).compile(schema)).not.toThrow();
    const { name: pack, version } = read('package.json');
    const major = version.split('.')[0];
    expect(schema.$id).toBe(`https://cdn.jsdelivr.net/npm/${pack}@${major}/schemas/${name}.schema.json`);
  },
);

const partner = { name: 'Acme' };
const file = (more: object) => ({ version: 1, ...more });

test.each([
  [true, file({})],
  [true, file({ partners: { acme: { ...partner, domain: null, tier: 'gold', ignore: ['tier'] } } })],
  [true, file({ settings: { maxChanges: '30%', reserveCredits: 3 }, 'x-anything': [1] })],
  [true, file({ settings: { maxChanges: 0 }, pins: { acme: 'ptn_1' } })],
  [false, {}],
  [false, file({ version: 2 })],
  [false, file({ other: 1 })],
  [false, file({ settings: { maxChanges: '30' } })],
  [false, file({ settings: { maxChanges: -1 } })],
  [false, file({ settings: { maxChanges: true } })],
  [false, file({ partners: { Acme: partner } })],
  [false, file({ partners: { acme: {} } })],
  [false, file({ partners: { acme: { ...partner, tier: 'gold', tierId: 't1' } } })],
  [false, file({ partners: { acme: { ...partner, id: 'a', externalId: 'b' } } })],
  [false, file({ partners: { acme: { ...partner, domain: 'https://acme.example' } } })],
  [false, file({ partners: { acme: { ...partner, portal: { experience: 'a', experienceId: 'b' } } } })],
  [false, file({ partners: { acme: { ...partner, ignore: ['tier', 'tier'] } } })],
])('another validator agrees: %j, %j', (valid, data) => {
  const other = new Validator(read('schemas/partners.schema.json'), '7');
  expect([validatePartners(data).length === 0, other.validate(data).valid]).toEqual([valid, valid]);
});
