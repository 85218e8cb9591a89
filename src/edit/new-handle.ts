import anyAscii from 'any-ascii';
import { validatePartners } from '../desired/schema.ts';
import type { Handle } from '../partner.ts';

const longest = 100;

/**
 * A handle made from a partner's name, or its domain where the name has no letter or digit, that `taken` doesn't hold;
 * it is added to `taken`.
 */
export function newHandle(name: string | null, domain: string | null, taken: Set<string>): Handle {
  const stem = slug(name ?? '') || slug(domain ?? '') || 'partner';
  let handle = stem;
  for (let number = 2; taken.has(handle); number++) {
    const suffix = `-${number}`;
    handle = `${stem.slice(0, longest - suffix.length)}${suffix}`;
  }
  taken.add(handle);
  return handle as Handle;
}

/** `Müller & Söhne GmbH` → `muller-sohne-gmbh`. */
function slug(text: string): string {
  return anyAscii(text.normalize('NFC').replace(/\p{Extended_Pictographic}/gu, ' '))
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-/, '')
    .slice(0, longest)
    .replace(/-$/, '');
}

/** Whether the schema of files takes it for a handle. */
export function canBeHandle(text: string): boolean {
  return validatePartners({ version: 1, partners: { [text]: { name: 'any' } } }).length === 0;
}
