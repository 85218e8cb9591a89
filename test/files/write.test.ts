import { spawnSync } from 'node:child_process';
import {
  chownSync,
  linkSync,
  lstatSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { writeFiles } from '../../src/files/write.ts';
import { environment, folder, introwctl, sandbox, tool } from '../cli/command.ts';

const read = (path: string, name: string) => readFileSync(join(path, name), 'utf8');
const write = (path: string, before: string | null, after = 'new') =>
  writeFiles([{ path, before, after }], () => undefined);
const isRoot = process.getuid?.() === 0;

describe('two writers', () => {
  test('of sixty edits at once, those that report success are all there, and nothing is left behind', async () => {
    const handles = Array.from({ length: 60 }, (_, index) => `p${index}`);
    const path = folder({
      'partners.yaml': `version: 1\npartners:\n${handles.map((each) => `  ${each}: { name: ${each} }\n`).join('')}`,
    });
    const file = join(path, 'partners.yaml');
    let done: string[] = [];
    const edit = async (handle: string) => {
      const before = readFileSync(file, 'utf8');
      const after = before.replace(
        `${handle}: { name: ${handle} }`,
        `${handle}: { name: ${handle}, tierId: t }`,
      );
      await write(file, before, after);
      done = [...done, handle];
    };
    const failures = (await Promise.allSettled(handles.map(edit))).flatMap((each) =>
      each.status === 'rejected' ? [String(each.reason)] : [],
    );
    expect(done.length).toBeGreaterThan(0);
    for (const handle of done) expect(read(path, 'partners.yaml')).toContain(`name: ${handle}, tierId`);
    expect(failures.filter((each) => !/^Failure: FILE_(CHANGED|LOCKED)/.test(each))).toEqual([]);
    expect(readdirSync(path)).toEqual(['partners.yaml']);
  });

  test('of six commands at once, none loses what another wrote', async () => {
    const handles = Array.from({ length: 6 }, (_, index) => `p${index}`);
    const live = (id: string) => ({ id, name: `${id} Inc`, tierId: 'moved' });
    const introw = await sandbox({ seed: { partners: handles.map(live) } });
    const row = (id: string) => `  ${id}: { id: ${id}, name: ${id} Inc, tierId: old }\n`;
    const path = folder({ 'partners.yaml': `version: 1\npartners:\n${handles.map(row).join('')}` });
    const runs = await Promise.all(
      handles.map((each) => introwctl(path, ['accept', each, '--auto-approve'], environment(introw.url))),
    );
    const text = read(path, 'partners.yaml');
    const written = handles.map((each) => text.includes(row(each).replace('old', 'moved')));
    expect(written).toEqual(runs.map(({ exit }) => exit === 0));
    expect(written).toContain(true);
    for (const { exit, err } of runs) if (exit !== 0) expect(err).toMatch(/FILE_(CHANGED|LOCKED)/);
    expect(readdirSync(path)).toEqual(['partners.yaml']);
  });

  test('a new file is never put over one that somebody has made meanwhile', async () => {
    const path = folder({});
    const file = join(path, 'new.yaml');
    const all = await Promise.allSettled(['a', 'b', 'c'].map((text) => write(file, null, text)));
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(readdirSync(path)).toEqual(['new.yaml']);
    await expect(write(file, null)).rejects.toThrow('FILE_EXISTS');
  });

  test('a lock that a killed command has left is explained, with what to do', async () => {
    const path = folder({
      'partners.yaml': 'version: 1\npartners: { b:   { name: B } }\n',
      'partners.yaml.lock': '',
    });
    const hourAgo = Date.now() / 1000 - 3600;
    utimesSync(join(path, 'partners.yaml.lock'), hourAgo, hourAgo);
    const run = await introwctl(path, ['fmt'], environment(null));
    expect(run).toEqual({
      exit: 1,
      out: '',
      err: 'FILE_LOCKED\n  partners.yaml is being written: partners.yaml.lock is there, for 60 minutes already.\n  Wait for the other command; if none is running, it was killed: delete partners.yaml.lock.\n',
    });
    rmSync(join(path, 'partners.yaml.lock'));
    expect((await introwctl(path, ['fmt'], environment(null))).exit).toBe(0);
  });
});

describe('what a file is besides its text', () => {
  test.skipIf(!isRoot)('its owner and its mode stay', async () => {
    const path = folder({ 'partners.yaml': 'old' });
    const file = join(path, 'partners.yaml');
    chownSync(file, 1234, 2345);
    await write(file, 'old');
    const { uid, gid, mode } = statSync(file);
    expect({ uid, gid, mode: mode & 0o777, text: read(path, 'partners.yaml') }).toEqual({
      uid: 1234,
      gid: 2345,
      mode: 0o644,
      text: 'new',
    });
  });

  test('its other names stay names of it, and a link stays a link', async () => {
    const path = folder({ 'partners.yaml': 'old, and longer' });
    linkSync(join(path, 'partners.yaml'), join(path, 'other.yaml'));
    symlinkSync('partners.yaml', join(path, 'link.yaml'));
    await write(join(path, 'link.yaml'), 'old, and longer');
    expect([read(path, 'partners.yaml'), read(path, 'other.yaml')]).toEqual(['new', 'new']);
    expect(lstatSync(join(path, 'link.yaml')).isSymbolicLink()).toBe(true);
    expect(readdirSync(path).toSorted()).toEqual(['link.yaml', 'other.yaml', 'partners.yaml']);
  });
});

test('where one file of several cannot be put in place, the others are as they were', async () => {
  const path = folder({ 'a.yaml': 'a', 'c.yaml': 'c' });
  const both = [
    { path: join(path, 'a.yaml'), before: 'a', after: 'new' },
    { path: join(path, 'b/b.yaml'), before: null, after: 'new' },
    { path: join(path, 'c.yaml'), before: 'not c', after: 'new' },
  ];
  await expect(writeFiles(both, () => undefined)).rejects.toThrow('FILE_CHANGED');
  expect([read(path, 'a.yaml'), read(path, 'c.yaml')]).toEqual(['a', 'c']);
  expect(readdirSync(path, { recursive: true })).toEqual(['a.yaml', 'b', 'c.yaml']);
});

const canMount = isRoot && spawnSync('unshare', ['-m', 'true']).status === 0;

/** Runs fmt in `path` after the mounts of a script, in a mount namespace of its own; what it leaves can be read in it. */
function formattedIn(path: string, mounts: string) {
  const script = `${mounts}; "${process.execPath}" "${tool}" fmt; echo "exit $?"; cat partners.yaml; ls -A`;
  const { stdout, stderr } = spawnSync('unshare', ['-m', 'sh', '-c', script], {
    cwd: path,
    encoding: 'utf8',
  });
  return { stdout, stderr };
}

const unformatted = 'version: 1\npartners: { b:   { name: B } }\n';

describe.skipIf(!canMount)('a file that nothing can take the place of', () => {
  test.each([
    ['mounted by itself, as into a container', 'mount --bind original partners.yaml'],
    [
      'mounted by itself into a folder that is read-only',
      'mount --bind . . && cd "$PWD" && mount --bind original partners.yaml && mount -o remount,ro,bind .',
    ],
  ])('%s is written over', (_, mounts) => {
    const path = folder({ original: unformatted, 'partners.yaml': '' });
    const { stdout, stderr } = formattedIn(path, mounts);
    expect(stderr).toBe('');
    const written = read(path, 'original');
    expect(written).not.toBe(unformatted);
    expect(stdout).toContain(`exit 0\n${written}original\npartners.yaml\n`);
  });

  test('is as it was where the disk is full', () => {
    const large = `version: 1\npartners: {${Array.from({ length: 900 }, (_, i) => `p${i}: {name: P}`)}}\n`;
    const path = folder({ text: large, 'partners.yaml': '' });
    const mounts =
      'mkdir small && mount -t tmpfs -o size=16k none small && cp text small/original && mount --bind small/original partners.yaml';
    const { stdout, stderr } = formattedIn(path, mounts);
    expect(stderr).toContain('partners.yaml could not be written: the disk is full.');
    expect(stdout).toBe(`exit 1\n${large}partners.yaml\nsmall\ntext\n`);
  });
});
