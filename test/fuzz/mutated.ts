/** Text that began as a good example and was damaged: cut, doubled, mixed with other text, or repeated without end. */
import fc from 'fast-check';

/** The most characters that a damaged text has; what takes longer than its length shows here too. */
const longest = 60_000;

/** One of the examples with up to eight damages; `tokens` are the pieces that matter to whoever reads the text. */
export function mutated(examples: readonly string[], tokens: readonly string[]): fc.Arbitrary<string> {
  const place = fc.double({ min: 0, max: 1, noNaN: true });
  const piece = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...tokens) },
    fc.string({ maxLength: 6, unit: 'binary' }),
    fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
  );
  const damage = fc.oneof(
    fc.record({ kind: fc.constant('insert' as const), at: place, piece }),
    fc.record({ kind: fc.constant('replace' as const), at: place, to: place, piece }),
    fc.record({ kind: fc.constant('double' as const), at: place, to: place }),
    fc.record({
      kind: fc.constant('repeat' as const),
      at: place,
      piece,
      times: fc.constantFrom(3, 50, 1000, 20_000),
    }),
  );
  return fc
    .tuple(fc.constantFrom(...examples), fc.array(damage, { maxLength: 8 }))
    .map(([example, damages]) => damages.reduce(damaged, example).slice(0, longest));
}

type Damage =
  | { readonly kind: 'insert'; readonly at: number; readonly piece: string }
  | { readonly kind: 'replace'; readonly at: number; readonly to: number; readonly piece: string }
  | { readonly kind: 'double'; readonly at: number; readonly to: number }
  | { readonly kind: 'repeat'; readonly at: number; readonly piece: string; readonly times: number };

function damaged(text: string, damage: Damage): string {
  const at = Math.floor(damage.at * text.length);
  const [before, after] = [text.slice(0, at), text.slice(at)];
  if (damage.kind === 'insert') return before + damage.piece + after;
  if (damage.kind === 'repeat')
    return (before + damage.piece.repeat(damage.times).slice(0, longest) + after).slice(0, longest);
  const length = Math.floor(damage.to * 40);
  if (damage.kind === 'replace') return before + damage.piece + after.slice(length);
  return before + after.slice(0, length) + after;
}
