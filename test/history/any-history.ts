/** Random histories: what partners' files may go through, as commits of a real repository. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';

type Partner = { id?: string; name: string; domain: string | null; tier?: string; file: string };

type World = {
  tiers: Record<string, string>;
  defaultTier: string | null;
  shared: string;
  partners: Record<string, Partner>;
  isBroken: boolean;
  style: number;
};

/** A commit: its files, and whether it is on the first-parent line. */
export type Made = { readonly files: Readonly<Record<string, string>>; readonly isMainline: boolean };

type Op = { readonly kind: number; readonly a: number; readonly b: number };

/** Removes a handle, and reverts: after these, a file that isn't named any more may have held handles that no file has. */
const losing: readonly number[] = [4, 12];

const opsOf = (kinds: readonly number[]) =>
  fc.array(fc.record({ kind: fc.constantFrom(...kinds), a: fc.nat(30), b: fc.nat(30) }), {
    minLength: 3,
    maxLength: 25,
  });

const kinds = Array.from({ length: 16 }, (_, kind) => kind);

/** Everything that may happen to files, and what may happen without any handle going away. */
export const opsArbitrary = {
  all: opsOf(kinds),
  keeping: opsOf(kinds.filter((kind) => !losing.includes(kind))),
};

const pick = <T>(list: readonly T[], at: number): T | undefined => list[at % Math.max(1, list.length)];

/** The world after an op; the op that fits nothing changes nothing. */
function after(world: World, { kind, a, b }: Op, earlier: readonly World[], count: number): World {
  const next: World = structuredClone({ ...world, isBroken: false });
  const handles = Object.keys(next.partners);
  const handle = pick(handles, a) ?? '';
  const partner = next.partners[handle];
  const names = Object.keys(next.tiers);
  const files = [...new Set(Object.values(next.partners).map(({ file }) => file))];
  const move = (from: string, to: string) => {
    for (const each of Object.values(next.partners)) if (each.file === from) each.file = to;
    if (next.shared === from) next.shared = to;
  };
  const ops: readonly (() => void)[] = [
    () => {
      const file = pick(files, b) ?? next.shared;
      next.partners[`p${count}`] = {
        name: `Partner ${count}`,
        domain: b % 3 === 0 ? null : `p${count}.example`,
        file,
      };
      if (b % 2 === 0) Object.assign(next.partners[`p${count}`] ?? {}, { id: `ptn_${count}` });
    },
    () => {
      if (partner !== undefined) partner.tier = pick(names, b) ?? 'gold';
    },
    () => {
      if (partner !== undefined) partner.domain = `d${b}.example`;
    },
    () => void (partner !== undefined && delete partner.tier),
    () => void (handles.length > 1 && delete next.partners[handle]),
    () => {
      next.defaultTier = b % 3 === 0 ? null : (pick(names, b) ?? null);
    },
    // A catalog's key is renamed, and its id stays.
    () => {
      const old = pick(names, a) ?? 'gold';
      const key = `${old}x`;
      next.tiers = Object.fromEntries(
        Object.entries(next.tiers).map(([name, id]) => [name === old ? key : name, id]),
      );
      for (const each of Object.values(next.partners)) if (each.tier === old) each.tier = key;
      if (next.defaultTier === old) next.defaultTier = key;
    },
    () => {
      next.tiers[pick(names, a) ?? 'gold'] = `tier_${b}_${count}`;
    },
    () => move(pick([...files, next.shared], a) ?? '', `moved-${count}.yaml`),
    // Some handles move into a file of their own.
    () => {
      const from = pick(files, b);
      const moved = handles.filter(
        (each, index) => next.partners[each]?.file === from && index % 2 === a % 2,
      );
      for (const each of moved) Object.assign(next.partners[each] ?? {}, { file: `split-${count}.yaml` });
    },
    () => move(pick(files, a) ?? '', pick(files, b) ?? next.shared),
    () => {
      next.isBroken = true;
    },
    // A revert of everything since.
    () => void Object.assign(next, structuredClone(pick(earlier, a) ?? {}), { isBroken: false }),
    () => {
      if (partner === undefined) return;
      delete next.partners[handle];
      next.partners[`renamed-${count}`] = partner;
    },
    () => {
      next.style = b;
    },
    () => {
      if (partner !== undefined) partner.name = `Called ${b}`;
    },
  ];
  ops[kind]?.();
  return next;
}

function filesOf(world: World): Record<string, string> {
  const { tiers, defaultTier, shared, partners, isBroken, style } = world;
  const paths = new Set([shared, ...Object.values(partners).map(({ file }) => file)]);
  const files: Record<string, string> = {};
  for (const path of paths) {
    const lines = ['version: 1'];
    if (path === shared) {
      lines.push('catalog:', '  tiers:', ...Object.entries(tiers).map(([name, id]) => `    ${name}: ${id}`));
      if (defaultTier !== null) lines.push(`defaults: { tier: ${defaultTier} }`);
    }
    lines.push('# The partners', 'partners:');
    const own = Object.entries(partners).filter(([, { file }]) => file === path);
    if (own.length === 0) lines[lines.length - 1] = 'partners: {}';
    for (const [handle, { file: _, ...fields }] of own) {
      const given = Object.entries(fields).map(([key, value]) => `${key}: ${value ?? 'null'}`);
      if (style % 3 === 0) lines.push(`  ${handle}: { ${given.join(', ')} }`);
      else lines.push(`  ${handle}:`, ...given.map((each) => `    ${each}`));
    }
    if (isBroken) lines.push('partners: twice');
    files[path] = `${lines.join(style % 5 === 0 ? '\r\n' : '\n')}\n`;
  }
  return files;
}

/** The commits of a history, in order. Every third op is a branch of two commits that a merge brings. */
export function commitsOf(ops: readonly Op[]): Made[] {
  const begin: World = {
    tiers: { gold: 'tier_1', silver: 'tier_2' },
    defaultTier: null,
    shared: 'partners.yaml',
    partners: { acme: { id: 'ptn_0', name: 'Acme', domain: 'acme.example', file: 'partners.yaml' } },
    isBroken: false,
    style: 1,
  };
  const worlds = [begin];
  const made: Made[] = [{ files: filesOf(begin), isMainline: true }];
  ops.forEach((op, index) => {
    const next = after(worlds.at(-1) ?? begin, op, worlds, index);
    if (index % 3 === 2) made.push({ files: filesOf(next), isMainline: false });
    worlds.push(next);
    made.push({ files: filesOf(next), isMainline: true });
  });
  const last = { ...(worlds.at(-1) ?? begin), isBroken: false };
  return [...made, { files: filesOf(last), isMainline: true }];
}

/** A repository with these commits, by one process. Side commits branch off the mainline and are merged by the next. */
export function repositoryOf(commits: readonly Made[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'introwctl-history-'));
  execFileSync('git', ['init', '--quiet', '--bare', '-b', 'main', folder]);
  const lines: string[] = [];
  let mainline = 0;
  commits.forEach(({ files, isMainline }, index) => {
    const mark = index + 1;
    const when = `Pat <pat@example.com> ${1_760_000_000 + index * 60} +0000`;
    lines.push(`commit refs/heads/${isMainline ? 'main' : 'side'}`, `mark :${mark}`, `author ${when}`);
    lines.push(`committer ${when}`, `data ${String(index).length}`, String(index));
    if (mainline > 0) lines.push(`from :${mainline}`);
    if (isMainline && index > 0 && commits[index - 1]?.isMainline === false) lines.push(`merge :${mark - 1}`);
    lines.push('deleteall');
    for (const [path, text] of Object.entries(files))
      lines.push(`M 100644 inline ${path}`, `data ${Buffer.byteLength(text)}`, text);
    if (isMainline) mainline = mark;
  });
  execFileSync('git', ['fast-import', '--quiet', '--force'], {
    cwd: folder,
    input: `${lines.join('\n')}\n`,
    env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' },
  });
  return folder;
}
