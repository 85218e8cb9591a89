/** Export, edit, set and rename through the built command: what comes out, what is written, what is refused. */
import { describe, expect, test } from 'vitest';
import { csvRecords } from '../../src/sheet/csv.ts';
import { environment, folder, introwctl, sandbox } from './command.ts';
import { commit, repository } from './repository.ts';

const offline = environment(null);

const catalog = `version: 1
catalog:
  tiers: { bronze: t0, silver: t1, gold: t2 }
  owners: { sarah: u1, robin: u2 }
defaults:
  tier: silver
`;
const partners = `version: 1
partners:
  acme: { id: ptn_1, name: "=Acme", domain: acme.example, tier: gold, owner: sarah } # key account
  # Dutch
  hooft:
    externalId: '12345678901'
    name: "'t Hooft"
    domain: null
  globex:
    name: Globex, Inc.
    ownerId: u2
    ignore: [tier]
`;
const files = { 'catalog.yaml': catalog, 'partners.yaml': partners };

/** The cells of a sheet without the last column. */
function table(csv: string): string[][] {
  return csvRecords(csv, 'review.csv').map((record) => record.slice(0, -1));
}

const header = 'handle,id,externalId,name,domain,tier,phase,owner,experience,access'.split(',');

describe('export', () => {
  test('every default and name resolved, in file order, harmless, without a request', async () => {
    const { exit, out } = await introwctl(folder(files), ['export', '-f', '.'], offline);
    expect(exit).toBe(0);
    expect(table(out)).toEqual([
      header,
      ['acme', 'ptn_1', '', "'=Acme", 'acme.example', 'gold', '', 'sarah', '', ''],
      ['hooft', '', '12345678901', "''t Hooft", '(none)', 'silver', '', '', '', ''],
      ['globex', '', '', 'Globex, Inc.', '', 'silver', '', 'robin', '', ''],
    ]);
    expect(out.split('\r\n')).toHaveLength(5);
  });

  test('with a byte order mark, and only the partners that meet all conditions', async () => {
    const args = ['export', '-f', '.', '--bom', '--where', 'tier=silver', '--where', 'owner='];
    const { out } = await introwctl(folder(files), args, offline);
    expect(out.startsWith('\uFEFFhandle,')).toBe(true);
    expect(table(out).map(([handle]) => handle)).toEqual(['handle', 'hooft']);
  });

  test('live and compared, for one list, with the handles that are known without a doubt', async () => {
    const introw = await sandbox({
      seed: {
        partners: [
          {
            id: 'ptn_1',
            name: 'Acme',
            domain: 'acme.example',
            tierId: 't1',
            createdAt: '2024-01-01T00:00:00Z',
          },
          { id: 'ptn_9', name: 'Other', tierId: 't2', createdAt: '2024-01-02T00:00:00Z' },
        ],
      },
    });
    const env = environment(introw.url);
    const path = folder(files);
    const live = await introwctl(path, ['export', '-f', '.', '--live', '--where', 'tier!='], env);
    expect(
      table(live.out)
        .slice(1)
        .map((row) => row.slice(0, 6)),
    ).toEqual([
      ['acme', 'ptn_1', '', 'Acme', 'acme.example', 'silver'],
      ['', 'ptn_9', '', 'Other', '(none)', 'gold'],
    ]);
    const both = await introwctl(path, ['export', '-f', '.', '--compare', '--format', 'json'], env);
    const { partners: rows } = JSON.parse(both.out);
    expect(
      rows.map(({ handle, tier, live: other }: Record<string, { tier: string }>) => [
        handle,
        tier,
        other?.tier,
      ]),
    ).toEqual([
      ['acme', 'gold', 'silver'],
      ['hooft', 'silver', undefined],
      ['globex', 'silver', undefined],
    ]);
    expect(introw.log).toHaveLength(2);
  });

  test('the files as they were at a git ref', async () => {
    const path = repository(files);
    commit(path, 'Review', { 'partners.yaml': partners.replace('tier: gold', 'tier: bronze') });
    const tierAt = async (...args: string[]) =>
      table((await introwctl(path, ['export', '-f', '.', ...args], offline)).out)[1]?.[5];
    expect(await Promise.all([tierAt(), tierAt('--at', 'HEAD~1')])).toEqual(['bronze', 'gold']);
  });

  test.each([
    [['--where', 'teir=gold'], '--where teir=gold: no field is called "teir". Did you mean tier?'],
    [['--where', 'tier=golf'], '--where tier=golf: catalog.tiers has no "golf". Did you mean gold?'],
    [['--where', 'gold'], '--where gold is not a condition.'],
    [['--live', '--compare'], '--compare shows the files and Introw; --live shows Introw alone.'],
    [['--at', 'nowhere'], 'This folder is not in a git repository'],
  ])('%j is refused', async (more, message) => {
    const { exit, out, err } = await introwctl(folder(files), ['export', '-f', '.', ...more], offline);
    expect({ exit, out }).toEqual({ exit: 1, out: '' });
    expect(err).toContain(message);
  });
});
