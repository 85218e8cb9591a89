/** What people read on a pull request, in an issue and in a log, from the command as it runs. The results are in expected/. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { environment, introwctl, sandbox, testKey } from './command.ts';
import { commit, git, repository } from './repository.ts';

const when = '2026-09-28T07:30:00.000Z';
const partner = (id: string, name: string, tierId: string, more: object = {}) => ({
  id: `ptn_${id}`,
  name,
  domain: `${id}.example`,
  tierId,
  phaseId: 'phase_1',
  updatedAt: when,
  ...more,
});

const head = `version: 1
organisation: { name: "Example Inc, sandbox" }
catalog:
  tiers: { gold: tier_2, silver: tier_1, bronze: tier_0 }
  experiences: { reseller: exp_1 }
partners:
`;

const before = `${head}
  globex:
    id: ptn_globex
    name: Globex
    tier: silver
  initech:
    id: ptn_initech
    name: Initech
    tier: silver
  hooli:
    id: ptn_hooli
    name: Hooli
    tier: gold
  stark:
    id: ptn_stark
    name: Stark Industries
  umbrella:
    id: ptn_umbrella
    name: Umbrella
`;

const after = `${head}
  acme:
    name: Acme Partners
    domain: acme.example
    tier: gold
  globex:
    id: ptn_globex
    name: Globex
    tier: gold
  initech:
    id: ptn_initech
    name: Initech
    tier: gold
  hooli:
    id: ptn_hooli
    name: Hooli
    tier: gold
  umbrella:
    id: ptn_umbrella
    name: Umbrella
    portal: { experience: reseller, access: RESTRICTED_USERS }
`;

/** Somebody has set Hooli and Initech to bronze by hand. */
const introw = {
  partners: [
    partner('globex', 'Globex', 'tier_1'),
    partner('initech', 'Initech', 'tier_0'),
    partner('hooli', 'Hooli', 'tier_0'),
    partner('stark', 'Stark Industries', 'tier_1'),
    partner('umbrella', 'Umbrella', 'tier_1'),
    partner('wayne', 'Wayne Enterprises', 'tier_1'),
  ],
};

async function expectOutput(path: string, url: string, args: string[], file: string, exit = 0) {
  const run = await introwctl(path, args, environment(url));
  expect({ exit: run.exit, err: run.exit === 1 ? run.err : '' }).toEqual({ exit, err: '' });
  await expect(run.out).toMatchFileSnapshot(`expected/${file}`);
  return run.out;
}

function pullRequest(): string {
  const path = repository({ 'partners.yaml': before });
  commit(path, 'Take on Acme, promote Globex and Initech, let Stark go', { 'partners.yaml': after });
  return path;
}

const fromPlan = ['plan', '--base', 'HEAD~1'];

test('a pull request with everything: created, updated, in conflict, published, released, and drift apart', async () => {
  const { url } = await sandbox({ seed: introw });
  const path = pullRequest();
  await expectOutput(path, url, [...fromPlan, '--out', 'plan.json'], 'preview.txt');
  await expectOutput(path, url, ['show', 'plan.json', '--format', 'markdown'], 'preview.md');
  const widget = await introwctl(path, ['show', 'plan.json', '--format', 'gitlab'], environment(null));
  expect(widget.out).toBe('{"create":1,"update":3,"delete":0}\n');
});

test('the same with --changed: nothing of what others have moved', async () => {
  const { url } = await sandbox({ seed: introw });
  await expectOutput(pullRequest(), url, [...fromPlan, '--changed', '--format', 'markdown'], 'changed.md');
});

async function setTier(on: Sandbox, id: string, tierId: string): Promise<void> {
  await fetch(`${on.url}/api/v1/partners/${id}`, {
    method: 'PATCH',
    headers: { 'x-api-key': testKey },
    body: JSON.stringify({ tierId }),
  });
}

const undated = (text: string) => text.replace(/on 20\d\d-\d\d-\d\d$/gm, 'on (today)');

test('drift with some of it known and some settled', async () => {
  const introwNow = await sandbox({ seed: introw });
  const path = repository({ 'partners.yaml': before });
  const { exit } = await introwctl(path, ['drift', '--out', 'known.json'], environment(introwNow.url));
  expect(exit).toBe(2);
  await setTier(introwNow, 'ptn_initech', 'tier_1');
  await setTier(introwNow, 'ptn_globex', 'tier_2');
  const args = ['drift', '--known', 'known.json'];
  for (const [format, file] of [
    ['markdown', 'drift.md'],
    ['text', 'drift.txt'],
  ] as const) {
    const drift = await introwctl(path, [...args, '--format', format], environment(introwNow.url));
    expect(drift.exit).toBe(2);
    await expect(undated(drift.out)).toMatchFileSnapshot(`expected/${file}`);
  }
});

test('names that look like Markdown, mentions, ends of folds and line breaks are shown and do nothing', async () => {
  const hostile =
    '</details> @everyone | **x** #1 GH-2 :+1: ```` <!-- [a](javascript:b) https://evil.example';
  const { url } = await sandbox({
    seed: { partners: [{ id: 'ptn_1', name: `A\n</details>\n/close\n@team \u202etxet`, updatedAt: when }] },
  });
  const path = repository({ 'readme.md': '' });
  commit(path, 'Begin', {
    'partners.yaml': `version: 1\npartners:\n  evil: { id: ptn_1, name: ${JSON.stringify(hostile)} }\n`,
  });
  const out = await expectOutput(path, url, [...fromPlan, '--format', 'markdown'], 'hostile.md');
  const outside = out.replace(/^(`{3,})diff\n[\s\S]*?\n\1$/gm, '');
  expect(outside.match(/<\/details>/g)).toHaveLength(1);
  expect(outside).not.toMatch(/@|\*\*x|https:|\[|\u202e|^\/close/m);
});

test('a handle that is another partner now leads every rendering', async () => {
  const { url } = await sandbox({ seed: { partners: [partner('acme', 'Acme', 'tier_1')] } });
  const said = (name: string, domain: string) =>
    `version: 1\npartners:\n  acme: { name: ${name}, domain: ${domain} }\n`;
  const path = repository({ 'partners.yaml': said('Acme', 'acme.example') });
  commit(path, 'Acme is now Zenith', { 'partners.yaml': said('Zenith', 'zenith.example') });
  await expectOutput(path, url, [...fromPlan, '--format', 'markdown'], 'renamed.md');
  await expectOutput(path, url, fromPlan, 'renamed.txt');
});

test('a comment that would be too long is cut between changes and says how many are left out, and where they are', async () => {
  const count = 900;
  const handles = Array.from({ length: count }, (_, index) => `p${index}`);
  const said = (tier: string) =>
    `version: 1\npartners:\n${handles.map((handle) => `  ${handle}: { name: "Partner 🤝 ${handle}", tierId: ${tier} }\n`).join('')}`;
  const path = repository({ 'partners.yaml': said('tier_1') });
  commit(path, 'Promote everybody', { 'partners.yaml': said('tier_2') });
  const { url } = await sandbox({
    seed: {
      partners: handles.map((handle) => ({
        id: `ptn_${handle}`,
        name: `Partner 🤝 ${handle}`,
        tierId: 'tier_1',
      })),
    },
  });
  const { exit, out } = await introwctl(path, [...fromPlan, '--format', 'markdown'], environment(url));
  expect(exit).toBe(0);
  expect(out.length).toBeGreaterThan(60_000);
  expect(out.length).toBeLessThanOrEqual(65_536);
  const rows = out.match(/^\| update \| p\d+ .* \|$/gm) ?? [];
  const detailed = out.match(/^ {2}p\d+ {2}Partner .*\n-.*\n\+.*$/gm) ?? [];
  expect(detailed).toHaveLength(rows.length);
  expect(out).toContain(
    `\n\n${count - rows.length} more changes did not fit here; the plan in the job's log has them all.\n\n`,
  );
  expect(out).toMatch(/^### This change updates 900 partners\.$/m);
  expect(out.trimEnd().split('\n').at(-1)).toMatch(/^compared with HEAD&#126;&#8203;1 \([0-9a-f]{8}\)$/);
});

test('the pull request of the README, as its reviewers see it', async () => {
  const example = (name: string) => readFileSync(new URL(`../../examples/${name}`, import.meta.url), 'utf8');
  const now = example('partners.yaml');
  const was = now.replace(/tier: gold # .*/, 'tier: silver').replace(/\n {2}umbrella:[\s\S]*/, '');
  const seed = JSON.parse(example('introw.json'));
  const acme = { id: 'ptn_00000000000000000000000ACME', name: 'Acme Partners', domain: 'acme.example' };
  const live = [
    {
      ...acme,
      tierId: 'tier_123',
      phaseId: 'phase_2',
      owner: { id: 'user_456' },
      experienceTemplateId: 'exp_1',
    },
    ...seed.partners.map((partner: object) => ({ ...partner, owner: { id: 'user_789' } })),
  ];
  const { url } = await sandbox({ seed: { ...seed, partners: live } });
  const path = repository({ 'partners.yaml': was });
  git(path, 'checkout', '--quiet', '-b', 'umbrella');
  commit(path, 'Promote Globex, take on Umbrella', { 'partners.yaml': now });
  const preview = ['plan', '--base', 'main', '--format', 'markdown'];
  const out = await expectOutput(path, url, preview, 'readme.md');
  const [, , ...lines] = out.trimEnd().split('\n');
  const quoted = lines.map((line) => (line === '' ? '>' : `> ${line}`)).join('\n');
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  expect(readme.includes(quoted), 'the preview in README.md is not the one in expected/readme.md').toBe(true);
});
