// Files of many partners, and an Introw that holds the same.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const numbers = (count) => Array.from({ length: count }, (_, index) => index);

/** Writes both into `home`: the path of the file, its text, and the path of the seed. */
export function writePartners(home, count) {
  const lines = numbers(count).map(
    (i) =>
      `  partner-${i}:\n    id: ptn_${i}\n    name: Partner ${i}\n    domain: partner${i}.example\n    tierId: tier_${i % 3}\n`,
  );
  const partners = numbers(count).map((i) => ({
    id: `ptn_${i}`,
    name: `Partner ${i}`,
    domain: `partner${i}.example`,
    tierId: `tier_${i % 3}`,
  }));
  const [file, seed] = [join(home, `partners-${count}.yaml`), join(home, `seed-${count}.json`)];
  const text = `version: 1\npartners:\n${lines.join('')}`;
  writeFileSync(file, text);
  writeFileSync(seed, JSON.stringify({ partners }));
  return { file, text, seed };
}

/** Writes a file of partners that Introw doesn't have. */
export function writeNewPartners(home, count) {
  const file = join(home, `new-${count}.yaml`);
  writeFileSync(
    file,
    `version: 1\nsettings: { maxChanges: 100% }\npartners:\n${numbers(count)
      .map((i) => `  partner-${i}: { name: Partner ${i} }\n`)
      .join('')}`,
  );
  return file;
}
