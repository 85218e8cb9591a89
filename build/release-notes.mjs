// Prints the section of CHANGELOG.md for a tag such as v1.2.3. Fails unless the tag is the version of package.json, and has a section.
import { readFileSync } from 'node:fs';

const tag = process.argv[2] ?? '';
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
if (tag !== `v${version}`) fail(`The tag is ${tag}, and package.json says ${version}.`);
const sections = readFileSync('CHANGELOG.md', 'utf8').split(/^## /m).slice(1);
const section = sections.find((text) => text.split(/\s/, 1)[0] === version);
const notes = section?.slice(version.length).trim();
if (!notes) fail(`CHANGELOG.md has nothing to say about ${version}.`);
console.log(notes);

function fail(why) {
  console.error(why);
  process.exit(1);
}
