// Copies the types that the library's own mention from .emitted to dist. They may name no package but those that people
// have: the others are in the bundle or were only for building.
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));

const copied = new Set();
copy('index.d.ts');

function copy(file) {
  if (copied.has(file)) return;
  copied.add(file);
  const from = join(folder('.emitted'), file);
  const to = join(folder('dist'), file);
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
  for (const [, name] of readFileSync(from, 'utf8').matchAll(/(?:\bfrom |\bimport ?\(?)'([^'\n]+)'/g)) {
    if (name.startsWith('.')) copy(join(dirname(file), name.replace(/\.ts$/, '.d.ts')));
    else if (!name.startsWith('node:')) throw new Error(`${resolve(from)} names the package ${name}.`);
  }
}
