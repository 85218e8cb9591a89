// Bundles the command with all that it needs into dist/cli: it starts several times faster than from a hundred files.
// The library next to it stays as tsc wrote it and takes its packages from where it is installed.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { leftOutside } from './left-outside.mjs';
import { licences } from './licences.mjs';
import { readyMadeCheckers } from './ready-made-checkers.mjs';

const path = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));

const bundle = await rolldown({
  cwd: path('.'),
  input: { main: path('src/cli/main.ts') },
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
    },
  },
  plugins: [readyMadeCheckers, leftOutside, licences],
});
// Node starts CommonJS some 10 ms sooner than modules.
await bundle.write({
  dir: path('dist/cli'),
  format: 'cjs',
  minify: true,
  entryFileNames: '[name].js',
  chunkFileNames: '[name].js',
});
writeFileSync(path('dist/cli/package.json'), '{ "type": "commonjs" }\n');
await bundle.close();
