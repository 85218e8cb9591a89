// Reads `npm audit --json` from stdin and prints the packages with an advisory that dist/cli has bundled: an update of
// what people have installed can't reach those, so that a new version must be built. Exit 1 when there are any.
import { readFileSync } from 'node:fs';

const bundled =
  readFileSync('dist/cli/LICENCES.txt', 'utf8').match(/^(?:@[\w.-]+\/)?[\w.-]+ \d+\.\d+\.\S+ \(/gm) ?? [];
const names = new Set(bundled.map((line) => line.split(' ')[0]));
const { vulnerabilities = {} } = JSON.parse(readFileSync(0, 'utf8'));
const found = Object.values(vulnerabilities).filter(({ name }) => names.has(name));
for (const { name, severity, range } of found) console.log(`${name} ${range}: ${severity}`);
process.exit(found.length > 0 ? 1 : 0);
