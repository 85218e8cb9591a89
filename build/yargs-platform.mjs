// What yargs asks of Node, in place of its own platform-shims/esm.mjs. That one reads the folders up to the root for a
// package.json with yargs' settings, and the texts of a language, each time that it starts; here there are neither. cliui and
// yargs-parser are yargs' own dependencies.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, join, relative, resolve } from 'node:path';
import { format, inspect } from 'node:util';
import cliui from 'cliui';
import Parser from 'yargs-parser';
import stringWidth from './ascii-width.mjs';

/** yargs checks its own calls with these; Node takes milliseconds to load node:assert. */
const assert = {
  strictEqual(one, other, message) {
    if (!Object.is(one, other)) throw new TypeError(message);
  },
  notStrictEqual(one, other, message) {
    if (Object.is(one, other)) throw new TypeError(message);
  },
};

/** The texts are English as they come. */
const y18n = {
  __: (text, ...values) => format(text, ...values),
  __n: (one, other, count, ...values) => format(count === 1 ? one : other, ...values),
  getLocale: () => 'en',
  locale: 'en',
  setLocale: () => undefined,
  updateLocale: () => undefined,
};

export default {
  assert,
  cliui,
  findUp: () => undefined,
  getCallerFile: () => '',
  getEnv: (name) => process.env[name],
  getProcessArgvBin: () => process.argv[1],
  inspect,
  mainFilename: '',
  Parser,
  path: { basename, dirname, extname, join, relative, resolve },
  process: {
    argv: () => process.argv,
    cwd: process.cwd,
    emitWarning: process.emitWarning,
    execPath: () => process.execPath,
    exit: process.exit,
    nextTick: process.nextTick,
    // The program names its width itself; to ask for stdout here would open it before anything is written.
    stdColumns: null,
  },
  readdirSync,
  readFileSync,
  require: () => undefined,
  stringWidth,
  y18n,
};
