/** Variables of the environment: what they name is found, or a problem says which of them is wrong. Nothing is sent. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { filesOf } from '../../src/cli/options.ts';
import { codeHostTokens, detectCodeHost, detectPushAccess } from '../../src/code-host/detect.ts';
import { openConnection } from '../../src/introw/connection.ts';
import { readKey } from '../../src/introw/key.ts';
import { readPaging } from '../../src/introw/paging-name.ts';
import { endsWell, runs } from './ends-well.ts';
import { mutated } from './mutated.ts';

const folder = mkdtempSync(join(tmpdir(), 'introwctl-fuzz-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const secret = 'a-secret-of-tests';
const value = mutated(
  [
    'https://api.introw.io',
    `http://user:${secret}@proxy.internal:8080`,
    'https://github.com/acme/partners/pull/7',
    'https://gitlab.com/acme/sub/partners/-/merge_requests/7',
    'localhost,.internal,10.0.0.0/8,[::1]:80,*.example:443',
    'refs/pull/7/merge',
    'acme/partners',
    '7',
    'true',
  ],
  [
    ...[
      'http://',
      'https://',
      '://',
      '[',
      ']',
      '::1',
      '%',
      '%00',
      '@',
      ':',
      '/',
      '?',
      '#',
      '\\',
      '..',
      ' ',
      '\n',
    ],
    ...[
      '0',
      '-1',
      '1e999',
      '65536',
      '/33',
      '/129',
      '*',
      '.',
      ',',
      '\u0000',
      '\r\nx: y',
      'ß',
      'xn--',
      '\ud800',
    ],
  ],
);
const names = [
  ...['INTROW_API_URL', 'INTROW_FILES', 'HTTPS_PROXY', 'http_proxy', 'NO_PROXY', 'GITHUB_ACTIONS'],
  ...[
    'GITHUB_API_URL',
    'GITHUB_SERVER_URL',
    'GITHUB_REPOSITORY',
    'GITHUB_REF',
    'GITHUB_REF_NAME',
    'GITHUB_RUN_ID',
  ],
  ...[
    'GITLAB_CI',
    'CI_API_V4_URL',
    'CI_PROJECT_ID',
    'CI_MERGE_REQUEST_IID',
    'CI_PROJECT_URL',
    'CI_SERVER_URL',
  ],
  ...['CI_REPOSITORY_URL', 'GITLAB_USER_EMAIL', 'TF_BUILD', 'SYSTEM_COLLECTIONURI', 'SYSTEM_TEAMPROJECT'],
  ...['SYSTEM_PULLREQUEST_PULLREQUESTID', 'BUILD_REPOSITORY_ID', 'BITBUCKET_BUILD_NUMBER', 'BITBUCKET_PR_ID'],
  ...['BITBUCKET_REPO_FULL_NAME', 'INTROW_BITBUCKET_URL', 'CHANGE_URL', 'BUILD_URL'],
  ...['GH_TOKEN', 'GITHUB_TOKEN', 'INTROW_GITLAB_TOKEN', 'SYSTEM_ACCESSTOKEN', 'INTROW_BITBUCKET_TOKEN'],
];
const environment = fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 12 });

test('any environment names a server, files and a code host, or is a problem', async () => {
  await fc.assert(
    fc.asyncProperty(environment, async (env) => {
      await endsWell(() => filesOf(env));
      await endsWell(() => detectCodeHost(env));
      await endsWell(() => detectPushAccess(env));
      await endsWell(() => codeHostTokens(env));
      await endsWell(() => readPaging(env.INTROW_API_URL ?? ''));
      await endsWell(() => connected(env));
    }),
    runs(60),
  );
});

/** Opens a connection and closes it: nothing is sent. A password of a proxy is in no problem. */
async function connected(env: Readonly<Record<string, string>>): Promise<void> {
  try {
    const url = env.INTROW_API_URL ?? 'https://api.introw.io';
    const connection = openConnection({ url, key: 'a-key-of-tests', userAgent: 'test', env });
    expect(connection.proxy?.shown ?? '').not.toContain(secret);
    await connection.close();
  } catch (error) {
    if (error instanceof Error) expect(error.message).not.toContain(secret);
    throw error;
  }
}

test('any key, from the environment or a file, is one that a header can hold, or a problem that shows none of it', async () => {
  const file = join(folder, 'key');
  const key = fc.oneof(
    value,
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.string({ maxLength: 9000, minLength: 8000 }),
  );
  await fc.assert(
    fc.asyncProperty(key, async (text) => {
      writeFileSync(file, text);
      for (const keyFile of [undefined, file])
        await endsWell(async () => {
          const read = await readKey({ env: { INTROW_API_KEY: text }, keyFile, hide: () => undefined });
          expect(read).toMatch(/^[\x21-\x7e]+$/);
        });
    }),
    runs(60),
  );
});
