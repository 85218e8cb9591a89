// Prints how many tests passed and failed, from the report of the run.
import { readFileSync } from 'node:fs';

const text = readFileSync(process.argv[2], 'utf8');
if (text === '') {
  console.log('The tests did not run.');
  process.exit(1);
}
const { numPassedTests, numFailedTests } = JSON.parse(text);
console.log(`${numPassedTests} passed, ${numFailedTests} failed`);
