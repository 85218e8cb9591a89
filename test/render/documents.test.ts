/** The JSON documents of the commands: their types, their schemas, and what the commands really print. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Static } from 'typebox';
import { afterAll, beforeAll, expect, expectTypeOf, test } from 'vitest';
import type { Json } from '../../src/json.ts';
import type { Handle, PartnerId } from '../../src/partner.ts';
import type { Diagnosis } from '../../src/plan/diagnosis.ts';
import type { Outcome } from '../../src/plan/outcome.ts';
import type { ProblemCode } from '../../src/problem.ts';
import type {
  AcceptDocument,
  EditDocument,
  ErrorDocument,
  FmtDocument,
  ImportDocument,
  PinDocument,
  ValidateDocument,
  WithFiles,
} from '../../src/render/documents.ts';
import { parseFault } from '../../src/sandbox/faults.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { type GivenArgs, runCommand } from '../cli/in-process.ts';
import { documentSchemas } from './document-schemas.ts';

type Documents = {
  outcome: Outcome;
  accept: WithFiles<AcceptDocument>;
  pin: WithFiles<PinDocument>;
  import: WithFiles<ImportDocument>;
  fmt: WithFiles<FmtDocument>;
  edit: WithFiles<EditDocument>;
  validate: ValidateDocument;
  doctor: Diagnosis;
  error: ErrorDocument;
};

/** A type as JSON knows it: nothing is readonly, ids and codes are text. */
type Plain<T> = [Json] extends [T]
  ? unknown
  : T extends Handle | PartnerId | ProblemCode
    ? string
    : T extends readonly (infer Item)[]
      ? Plain<Item>[]
      : T extends object
        ? { -readonly [Key in keyof T]: Plain<T[Key]> }
        : T;

type Described = { [Name in keyof typeof documentSchemas]: Static<(typeof documentSchemas)[Name]> };

test('the types of the documents and their schemas are the same', () => {
  expectTypeOf<Plain<Described>>().toEqualTypeOf<Plain<Documents>>();
});

test.each(Object.entries(documentSchemas))('schemas/%s.schema.json is up to date', async (name, schema) => {
  const { $schema, $id, title, description, ...rest } = JSON.parse(JSON.stringify(schema));
  const ordered = { $schema, $id, title, description, ...rest };
  await expect(`${JSON.stringify(ordered, null, 2)}\n`).toMatchFileSnapshot(
    `../../schemas/${name}.schema.json`,
  );
});

const key = 'documents-key';
const folder = mkdtempSync(join(tmpdir(), 'documents-'));
let introw: Sandbox;
const home = process.cwd();

beforeAll(async () => {
  const partner = (id: string, more: object) => ({
    id: `ptn_${id}`,
    name: id,
    domain: `${id}.example`,
    ...more,
  });
  introw = await startSandbox({
    seed: {
      partners: [
        partner('acme', { tierId: 'tier_2' }),
        partner('globex', {}),
        partner('hooli', {}),
        { id: 'ptn_twin', name: 'Twin', domain: 'twin.example' },
        { id: 'ptn_twin2', name: 'Twin', domain: 'twin2.example' },
      ],
    },
    faults: ['status=422@create:2', 'revoke@create:3'].map(parseFault),
    keys: [{ key, scopes: ['partners:read', 'partners:write'] }],
  });
  process.chdir(folder);
  const lines = [
    'version: 1',
    'catalog: { tiers: { gold: tier_1 } }',
    'partners:',
    '  acme: { id: ptn_acme,   name: acme, domain: acme.example, tier: gold } # ours',
    '  globex: { name: globex, domain: globex.example }',
    '  gone: { id: ptn_gone, name: Gone }',
    '  twin: { name: Twin }',
  ];
  writeFileSync('partners.yaml', `${lines.join('\n')}\n`);
  writeFileSync('pinned.yaml', 'version: 1\npartners:\n  acme: { id: ptn_acme, name: acme }\n');
  const created = ['one', 'two', 'three', 'four'].map((name) => `  ${name}: { name: ${name} }\n`);
  writeFileSync('new.yaml', `version: 1\npartners:\n${created.join('')}`);
  writeFileSync('invalid.yaml', 'version: 1\npartners: { acme: { nam: 1 } }\n');
  writeFileSync('review.csv', 'handle,domain,reason\nglobex,other.example,Q3\n');
  writeFileSync('next.key', 'another-key');
});

afterAll(async () => {
  process.chdir(home);
  await introw.close();
});

const ajv = new Ajv2020({ strict: true, allErrors: true });

test.each<[keyof Documents, string, GivenArgs, RegExp]>([
  ['accept', 'accept', { check: true }, /"why"|"how": "stated"/],
  ['pin', 'pin', { check: true }, /"globex": "ptn_globex"/],
  ['pin', 'pin', { check: true, file: ['pinned.yaml'] }, /"pinned": \{\}/],
  ['import', 'import', { 'dry-run': true, into: 'imported.yaml' }, /"imported": \[\n/],
  ['fmt', 'fmt', { check: true }, /"patch"/],
  ['edit', 'edit', { check: true, from: 'review.csv' }, /"reason": "Q3"/],
  ['validate', 'validate', {}, /"partners": 4/],
  ['doctor', 'doctor', { 'probe-write': true, 'next-key-file': 'next.key' }, /"UNAUTHORIZED"/],
  ['error', 'validate', { file: ['invalid.yaml'] }, /"line": 2/],
  ['error', 'plan', { file: ['none.yaml'] }, /"position": null/],
  ['outcome', 'apply', { 'auto-approve': true, file: ['new.yaml'] }, /"skipped": 1,?\n/],
])('%s is what %s prints with %j', async (name, command, given, shows) => {
  const env = { INTROW_API_KEY: key, INTROW_API_URL: introw.url };
  const { out } = await runCommand(command, { ...given, format: 'json' }, env);
  expect(out).toMatch(shows);
  const { $id: _, ...schema } = JSON.parse(JSON.stringify(documentSchemas[name]));
  const check = ajv.compile(schema);
  check(JSON.parse(out));
  expect(check.errors ?? []).toEqual([]);
  const described = Object.keys(schema.properties).sort();
  expect(Object.keys(JSON.parse(out)).sort()).toEqual(described);
});
