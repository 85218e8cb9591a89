// Bundles the command and the library with all that they need into dist/cli: the command starts several times faster than
// from a hundred files, and what both need is shipped once.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { chunks } from './chunks.mjs';
import { leftOutside } from './left-outside.mjs';
import { licences } from './licences.mjs';
import { patterns } from './patterns.mjs';
import { readyMadeCheckers } from './ready-made-checkers.mjs';

const path = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));

/** yargs' own platform is loaded by a path that an update may change, after which the command would only start later. */
let isReplaced = false;
const yargsPlatform = {
  name: 'platform of yargs',
  resolveId(id) {
    if (!id.endsWith('/platform-shims/esm.mjs')) return null;
    isReplaced = true;
    return path('build/yargs-platform.mjs');
  },
  buildEnd(error) {
    if (error === undefined && !isReplaced) this.error('yargs no longer imports platform-shims/esm.mjs.');
  },
};

const bundle = await rolldown({
  cwd: path('.'),
  input: { main: path('src/cli/main.ts'), library: path('src/index.ts') },
  platform: 'node',
  transform: {
    target: 'node20',
    define: {
      // yargs finds configurations that extend others with it; we have none.
      'import.meta.resolve': 'undefined',
    },
  },
  resolve: {
    alias: {
      // Its build for Node is CommonJS, of which a bundle must hold all.
      yaml: path('node_modules/yaml/browser/index.js'),
      // It spends a third of the time of --help on the widths of emoji; our help and progress are plain ASCII.
      'string-width': path('build/ascii-width.mjs'),
      'wrap-ansi': path('build/ascii-wrap.mjs'),
    },
  },
  plugins: [yargsPlatform, readyMadeCheckers, leftOutside, patterns, licences],
});
// Node starts CommonJS some 10 ms sooner than modules.
const { output } = await bundle.write({
  dir: path('dist/cli'),
  format: 'cjs',
  minify: true,
  entryFileNames: '[name].js',
  chunkFileNames: '[name].js',
  codeSplitting: { groups: chunks },
});
writeFileSync(path('dist/cli/package.json'), '{ "type": "commonjs" }\n');
await bundle.close();

// Programs import a module with the library's names, whatever Node makes of the names in minified CommonJS.
const names = output.find(({ name, isEntry }) => isEntry && name === 'library').exports.sort();
writeFileSync(
  path('dist/index.js'),
  `import library from './cli/library.js';\n\nexport const {\n${names.map((name) => `  ${name},\n`).join('')}} = library;\n`,
);
