/** The preview of a change (--changed) and the plan that applies it (--only proposed) judge the same handles alike. */
import { expect, test } from 'vitest';
import type { Plan } from '../../src/plan/plan.ts';
import { environment, introwctl, sandbox } from './command.ts';
import { commit, repository } from './repository.ts';

const files = (acme: string, more = '', settings = '') =>
  `version: 1\n${settings}partners:\n  acme: { ${acme} }\n  gone: { id: ptn_9, name: Gone }\n  twin: { name: Twin }\n${more}`;
const before = 'id: ptn_1, name: Acme, tierId: t1';
const seed = {
  partners: [
    { id: 'ptn_1', name: 'Acme', domain: 'acme.example', tierId: 't1' },
    { id: 'ptn_2', name: 'Twin' },
    { id: 'ptn_3', name: 'twin' },
    { id: 'ptn_4', name: 'Globex', domain: 'globex.example' },
    { id: 'ptn_5', name: 'Initech GmbH' },
  ],
};

type Case = {
  readonly name: string;
  readonly after: string;
  /** `code handle` of what blocks both. */
  readonly blocked: readonly string[];
  readonly changes: readonly string[];
  readonly warnings?: readonly string[];
};

const cases: readonly Case[] = [
  {
    name: 'a deleted and an ambiguous partner elsewhere',
    after: files('id: ptn_1, name: Acme, tierId: t2'),
    blocked: [],
    changes: ['update acme'],
  },
  {
    name: 'a partner in no file, where that is an error',
    after: files('id: ptn_1, name: Acme, tierId: t2', '', 'settings: { unmanaged: error }\n'),
    blocked: [],
    changes: ['update acme'],
  },
  {
    name: 'a name that another partner has',
    after: files('id: ptn_1, name: GLOBEX, tierId: t1'),
    blocked: ['WOULD_MAKE_TWINS acme'],
    changes: ['update acme'],
  },
  {
    name: 'a new handle with the name of a partner with another domain',
    after: files(before, '  new: { name: Globex, domain: new.example }\n'),
    blocked: ['MATCHED_BY_NAME new'],
    changes: [],
  },
  {
    name: 'a new handle that looks like a partner',
    after: files(before, '  new: { name: "Initech, Inc." }\n'),
    blocked: [],
    changes: ['create new'],
    warnings: ['LOOKS_LIKE'],
  },
  {
    name: 'a pin to a partner that is not there',
    after: files(before, '  new: { id: ptn_8, name: New }\n'),
    blocked: ['PIN_NOT_LIVE new'],
    changes: [],
  },
];

const actions = ({ changes }: Plan) =>
  changes.filter(({ action }) => action !== 'none').map(({ action, address }) => `${action} ${address}`);

test.each(cases)('$name: blocked $blocked', async ({ after, blocked, changes, warnings = [] }) => {
  const { url } = await sandbox({ seed });
  const path = repository({ 'partners.yaml': files(before) });
  commit(path, 'Change it', { 'partners.yaml': after });
  const planOf = async (...options: string[]): Promise<Plan> => {
    const args = ['plan', '--base', 'HEAD~1', '--format', 'json', ...options];
    return JSON.parse((await introwctl(path, args, environment(url))).out);
  };
  for (const plan of [await planOf('--changed'), await planOf('--only', 'proposed')]) {
    expect(plan.blocked.map(({ code, address }) => `${code} ${address}`)).toEqual(blocked);
    expect(actions(plan)).toEqual(changes);
    expect(plan.changes.flatMap((change) => change.warnings.map(({ code }) => code))).toEqual(warnings);
  }
  const apply = ['apply', '--base', 'HEAD~1', '--only', 'proposed', '--auto-approve'];
  expect((await introwctl(path, apply, environment(url))).exit).toBe(blocked.length === 0 ? 0 : 1);
});

test('doubts that the change has nothing to do with are warnings, and block a plan of everything', async () => {
  const { url } = await sandbox({ seed });
  const path = repository({ 'partners.yaml': files(before) });
  commit(path, 'Change it', { 'partners.yaml': files('id: ptn_1, name: Acme, tierId: t2') });
  const run = (...args: string[]) => introwctl(path, [...args, '--format', 'json'], environment(url));
  const proposed: Plan = JSON.parse((await run('plan', '--base', 'HEAD~1', '--only', 'proposed')).out);
  expect(proposed.warnings.map(({ code }) => code)).toEqual(['PIN_NOT_LIVE', 'AMBIGUOUS_MATCH']);
  const all = await run('plan', '--detailed-exitcode');
  const plan: Plan = JSON.parse(all.out);
  expect([all.exit, actions(plan), plan.blocked.map(({ address }) => address)]).toEqual([
    2,
    ['update acme'],
    ['gone', 'twin'],
  ]);
  // Drift reports the deleted partner as missing, and fails for the one that nobody can tell.
  const drift = await run('drift');
  expect([drift.exit, JSON.parse(drift.out).missing.length]).toEqual([1, 1]);
  expect((await run('apply', '--auto-approve', '--exclude', 'gone,twin')).exit).toBe(0);
});
