/** The page of a plan in a real repository: places lead to the lines of its commit, where the remote says where they are. */
import { expect, test } from 'vitest';
import { environment, introwctl, sandbox } from './command.ts';
import { git, repository } from './repository.ts';

const files = {
  'crm/p.yaml': 'version: 1\npartners:\n  acme: { id: ptn_1, name: Acme, domain: new.example }\n',
};

test('a plan, a saved plan and an outcome as pages', async () => {
  const { url } = await sandbox({
    seed: { partners: [{ id: 'ptn_1', name: 'Acme', domain: 'old.example' }] },
  });
  const path = repository(files);
  const page = async (...line: string[]) => {
    const { exit, out } = await introwctl(path, line, environment(url));
    expect(exit).toBe(0);
    return out;
  };
  const planned = await page('plan', '-f', 'crm', '--format', 'html', '--out', 'plan.json');
  expect(planned).toContain('<h1>Plan: 0 to create, 1 to update, 0 unchanged.</h1>');
  expect(planned).toContain('<span class="place">crm/p.yaml:3</span>');

  git(path, 'remote', 'add', 'origin', 'https://user:secret@github.com/us/partners.git');
  const shown = await page('show', 'plan.json', '--format', 'html');
  const commit = git(path, 'rev-parse', 'HEAD').trim();
  expect(shown).toContain(
    `<a class="place" href="https://github.com/us/partners/blob/${commit}/crm/p.yaml#L3">crm/p.yaml:3</a>`,
  );
  expect(shown).not.toContain('secret');

  const outcome = await page('apply', '-f', 'crm', '--auto-approve', '--format', 'html');
  expect(outcome).toContain('<h1>Applied 1, failed 0, not tried 0.</h1>');
});
