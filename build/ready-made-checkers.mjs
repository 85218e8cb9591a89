// Compiles the checkers of schemas when the bundle is built, instead of each time that it runs.
import { basename, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import standaloneCode from 'ajv/dist/standalone/index.js';

const folder = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));

/** A module src/…-check.ts exports `ajv` and `checker`; tsc has written it to .emitted before. */
export const readyMadeCheckers = {
  name: 'ready-made checkers',
  async load(id) {
    if (!basename(id).endsWith('-check.ts')) return null;
    const emitted = join(folder('.emitted'), relative(folder('src'), id)).replace(/\.ts$/, '.js');
    const { ajv, checker } = await import(pathToFileURL(emitted));
    const code = standaloneCode.default(ajv, checker());
    return { code: `${code}\nexport const checker = () => validate;`, moduleType: 'js' };
  },
};
