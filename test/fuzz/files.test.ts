/** Files of partners and sheets as damaged as they may come. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadDesired } from '../../src/desired/load.ts';
import { formatFile } from '../../src/edit/format/format.ts';
import { decodeText } from '../../src/files/decode.ts';
import { Failure } from '../../src/problem.ts';
import { endsWell, runs } from './ends-well.ts';
import { mutated } from './mutated.ts';

const example = readFileSync(new URL('../../examples/partners.yaml', import.meta.url), 'utf8');
const anchored = `version: 1
x-base: &base { tierId: t1, phaseId: p1 }
catalog:
  tiers: { gold: t1, "silver": 't2' }
defaults: { ownerId: u1 }
partners:
  acme: { <<: *base, name: Acme, domain: acme.example, portal: { published: true } }
  globex:
    name: |-
      Globex
    domain: null # none
    ignore: [tier]
pins: { acme: ptn_1 }
`;
const yamlTokens = [
  ...'\n|\t|\r\n|:|: |- |? |#| #|&a |*a|*base|<<: *base|[|]|{|}|,|"|\'|!!str |!x |%YAML 1.3\n|---\n|...\n|>|>-\n'.split(
    /(?<!\\)\|/,
  ),
  '|\n  ',
  '\uFEFF',
  '\u0000',
  '\u2028',
  '\uD800',
  '__proto__: ',
  'constructor: ',
  'partners:\n',
  'defaults: ',
  'null',
  '1e999',
  '0x10',
  '.inf',
  '~',
  '\n  acme: { name: Acme }',
];

test('a damaged file is read or refused with problems inside of it', async () => {
  await fc.assert(
    fc.asyncProperty(mutated([example, anchored], yamlTokens), async (text) => {
      const file = { path: 'partners.yaml', text };
      const lines = text.split(/\r\n|\r|\n/).length;
      const codes = await endsWell(() => {
        try {
          loadDesired([file]);
        } catch (error) {
          if (error instanceof Failure)
            for (const { position } of error.problems) {
              expect(position?.line ?? 1).toBeLessThanOrEqual(lines);
              expect(position?.column ?? 1).toBeGreaterThanOrEqual(1);
            }
          throw error;
        }
      });
      if (codes.length > 0) return;
      await endsWell(() => formatFile(file));
    }),
    runs(30),
  );
});

test('any bytes are text or a problem', async () => {
  const start = fc.constantFrom('', 'version: 1\n', 'PK\u0003\u0004', '\u00ff\u00fe', '\u001f\u008b');
  await fc.assert(
    fc.asyncProperty(start, fc.uint8Array({ maxLength: 200 }), async (head, bytes) => {
      const all = Buffer.concat([Buffer.from(head, 'latin1'), bytes]);
      await endsWell(() => {
        const text = decodeText('partners.yaml', all);
        if (typeof text !== 'string') throw new Failure([text]);
        loadDesired([{ path: 'partners.yaml', text }]);
      });
    }),
    runs(50),
  );
});
