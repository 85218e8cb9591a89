// Bundles the command with all that it needs into dist/cli: it starts several times faster than from a hundred files.
// The library beside it stays as tsc wrote it and takes its packages from where it is installed.
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { licences } from './licences.mjs';
import { readyMadeCheckers } from './ready-made-checkers.mjs';

const path = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));

const bundle = await rolldown({
  cwd: path('.'),
  input: { main: path('src/cli/main.ts') },
  platform: 'node',
  transform: { target: 'node20' },
  resolve: {
    alias: {
      // Its build for Node is CommonJS and looks up environment variables at every token.
      yaml: path('node_modules/yaml/browser/index.js'),
      // It spends a third of the time of --help on the widths of emoji; our help and progress are plain ASCII.
      'string-width': path('build/ascii-width.mjs'),
    },
  },
  plugins: [readyMadeCheckers, licences],
});
await bundle.write({
  dir: path('dist/cli'),
  format: 'esm',
  minify: true,
  entryFileNames: '[name].js',
  chunkFileNames: '[name].js',
});
await bundle.close();
