/** What the commands print with --format json, held to the schemas of the documents. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { formatsOf } from '../../src/cli/command.ts';
import { commands } from '../../src/cli/commands/table.ts';
import { type ApplyRecord, recordLine } from '../../src/history/records.ts';
import { isObject, type Json } from '../../src/json.ts';
import { parseFault } from '../../src/sandbox/faults.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { documentSchemas } from '../render/schemas/all.ts';
import { type GivenArgs, runCommand } from './in-process.ts';
import { commit, git } from './repository.ts';

const key = 'documents-key';
const record: ApplyRecord = {
  startedAt: '2026-03-01T09:00:00Z',
  finishedAt: '2026-03-01T09:01:00Z',
  url: null,
  complete: true,
  stopped: null,
  results: [{ handle: 'acme', partnerId: 'ptn_acme', status: 'applied', fields: ['tier'], kept: ['tier'] }],
};
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
  git(folder, 'init', '--quiet', '-b', 'main');
  commit(folder, 'Begin');
  writeFileSync('partners.yaml', `${lines.join('\n')}\n  half:`);
  commit(folder, 'Stop halfway');
  writeFileSync('partners.yaml', `${lines.join('\n').replace('tier: gold', 'tierId: tier_2')}\n`);
  commit(folder, 'Try another tier');
  writeFileSync('partners.yaml', `${lines.join('\n')}\n`);
  commit(folder, 'Gold (#12)');
  git(folder, 'notes', '--ref=introw', 'add', '-m', recordLine(record));
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

/** What is printed may have no member that its schema doesn't describe; partners of an export have those of the fields. */
function closed(node: Json | undefined): Json | undefined {
  if (Array.isArray(node)) return node.map((each) => closed(each) ?? null);
  if (!isObject(node)) return node;
  const members = Object.entries(node).map(([key, value]) => [key, key === 'allOf' ? value : closed(value)]);
  const isShape = node.type === 'object' && isObject(node.properties);
  return { ...Object.fromEntries(members), ...(isShape ? { additionalProperties: false } : {}) };
}

const rows: readonly (readonly [keyof typeof documentSchemas, string, GivenArgs, RegExp])[] = [
  ['plan', 'plan', { base: 'HEAD~1', out: 'plan.json' }, /"origin": "proposed"/],
  ['plan', 'plan', { file: ['new.yaml'], verbose: true }, /"missing": 0|"action": "create"/],
  ['plan', 'plan', { base: 'HEAD', only: 'proposed' }, /"leftAlone": \[\n/],
  ['plan', 'drift', { base: 'HEAD', known: 'plan.json' }, /"blame": \{/],
  ['plan', 'show', { positionals: ['plan.json'] }, /"candidates": \[\n/],
  ['accept', 'accept', { check: true }, /"why"|"how": "stated"/],
  ['pin', 'pin', { check: true }, /"globex": "ptn_globex"/],
  ['pin', 'pin', { check: true, file: ['pinned.yaml'] }, /"pinned": \{\}/],
  ['import', 'import', { 'dry-run': true, into: 'imported.yaml' }, /"imported": \[\n/],
  ['fmt', 'fmt', { check: true }, /"patch"/],
  ['edit', 'edit', { check: true, from: 'review.csv' }, /"reason": "Q3"/],
  ['edit', 'set', { check: true, positionals: ['tier=gold', 'globex'] }, /"to": "gold"/],
  ['rename', 'rename', { check: true, positionals: ['tiers.gold', 'platinum'] }, /"kind": "tiers"/],
  ['rename', 'rename', { check: true, positionals: ['acme', 'acme-emea'] }, /"kind": "handle"/],
  ['export', 'export', {}, /"from": \{/],
  ['export', 'export', { compare: true }, /"live": null/],
  ['export', 'export', { live: true }, /"tier": "tier_2"/],
  ['history', 'history', {}, /"bridged": \[\n/],
  ['history', 'history', { positionals: ['acme'], runs: true, since: 'HEAD~1' }, /"status": "kept"/],
  ['validate', 'validate', {}, /"partners": 4/],
  ['doctor', 'doctor', { 'probe-write': true, 'next-key-file': 'next.key' }, /"UNAUTHORIZED"/],
  ['error', 'validate', { file: ['invalid.yaml'] }, /"line": 2/],
  ['error', 'plan', { file: ['none.yaml'] }, /"position": null/],
  ['outcome', 'apply', { 'auto-approve': true, file: ['new.yaml'], out: 'outcome.json' }, /"skipped": 1,?\n/],
  ['outcome', 'show', { positionals: ['outcome.json'] }, /"failed": 2,?\n/],
];

test.each(rows)('%s is what %s prints with %j', async (name, command, given, shows) => {
  const env = { INTROW_API_KEY: key, INTROW_API_URL: introw.url };
  const { out } = await runCommand(command, { ...given, format: 'json' }, env);
  expect(out).toMatch(shows);
  const { $id: _, ...schema } = JSON.parse(JSON.stringify(documentSchemas[name]));
  const open = ajv.compile(schema);
  open(JSON.parse(out));
  expect(open.errors ?? []).toEqual([]);
  const strict = ajv.compile({ ...schema, properties: closed(schema.properties) });
  strict(JSON.parse(out));
  expect(strict.errors ?? []).toEqual([]);
  expect(Object.keys(schema.properties)).toEqual(expect.arrayContaining(Object.keys(JSON.parse(out))));
});

test('every command that prints JSON is held to a schema', () => {
  const printing = commands.filter(
    (each) => each.options.includes('format') && formatsOf(each).includes('json'),
  );
  expect(new Set(rows.map(([, command]) => command))).toEqual(new Set(printing.map(({ name }) => name)));
});
