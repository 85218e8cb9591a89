/** What is valid and probably not meant: shown by validate and plan, and no reason to fail. */
import { expect, test } from 'vitest';
import { environment, folder, introwctl, sandbox } from './command.ts';

const files = {
  'partners.yaml': 'version: 1\npartners:\n  acme:\n    id: ptn_1\n    name: Acme #1 Partners\n',
};
const message =
  'The name of acme ends before the #, which begins a comment. If it is a part of the name, write "Acme #1 Partners".';

test('validate shows warnings on stderr, in its document, and at the lines of a merge request', async () => {
  const path = folder(files);
  const run = (format: string) => introwctl(path, ['validate', '--format', format], environment(null));
  expect(await run('text')).toMatchObject({
    exit: 0,
    out: '1 partner in 1 file: valid.\n',
    err: `partners.yaml:5:11  Warning: ${message}\n`,
  });
  const position = { file: 'partners.yaml', line: 5, column: 11 };
  const { out } = await run('json');
  expect(JSON.parse(out).warnings).toEqual([{ code: 'SUSPICIOUS_VALUE', message, position }]);
  const report = await run('gitlab');
  expect(JSON.parse(report.out)).toMatchObject([
    {
      check_name: 'SUSPICIOUS_VALUE',
      severity: 'info',
      location: { path: 'partners.yaml', lines: { begin: 5 } },
    },
  ]);
});

test('a plan carries them', async () => {
  const introw = await sandbox({ seed: { partners: [{ id: 'ptn_1', name: 'Acme' }] } });
  const { exit, out } = await introwctl(folder(files), ['plan'], environment(introw.url));
  expect(exit).toBe(0);
  expect(out).toContain('ends before the #');
});

test('two handles of one partner are a problem of validate, over two files as well', async () => {
  const path = folder({
    'a.yaml': 'version: 1\npartners:\n  acme: { name: Acme, domain: acme.example }\n',
    'b.yaml': 'version: 1\npartners:\n  acme-2: { name: Acme Inc, domain: ACME.example. }\n',
  });
  const { exit, err } = await introwctl(path, ['validate', 'a.yaml', 'b.yaml'], environment(null));
  expect(exit).toBe(1);
  expect(err).toContain(
    'b.yaml:3:37  SAME_PARTNER\n  acme-2 and acme (a.yaml:3) have the same domain: "ACME.example." and "acme.example".',
  );
});
