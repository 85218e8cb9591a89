// Writes into schemas/partners.schema.json what the table of fields says; the rest of that file is written by hand.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { partnersSchema } from '../.emitted/desired/schema-json.js';

const file = fileURLToPath(new URL('../schemas/partners.schema.json', import.meta.url));
const biome = fileURLToPath(new URL('../node_modules/@biomejs/biome/bin/biome', import.meta.url));

const schema = JSON.stringify(partnersSchema());
if (JSON.stringify(JSON.parse(readFileSync(file, 'utf8'))) !== schema) {
  // On one line, so that the formatter breaks only what is too long.
  writeFileSync(file, schema);
  execFileSync(process.execPath, [biome, 'format', '--write', '--vcs-enabled=false', file], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    stdio: 'ignore',
  });
}
