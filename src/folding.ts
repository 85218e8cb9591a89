/**
 * Spelling: when two domains or two names are the same.
 *
 * `fold…` gives the key by which partners are matched, generously, since a missed match makes a second partner that
 * nobody can delete. `spell…` gives what is compared, so that what differs only there is no change.
 */
import { domainToASCII } from 'node:url';

/** Most names and most domains are spelled so, and nothing but their case is to be folded. */
const plainText = /^[!-~]+(?: [!-~]+)*$/;
const plainDomain = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/;

/**
 * A domain as it is matched and compared: the host alone, as IDNA ASCII, in lower case. Scheme, credentials, port, path,
 * trailing dots, white space and invisible characters don't count. Text without a host is left as it is.
 */
export function foldDomain(domain: string): string {
  if (plainDomain.test(domain) && !domain.includes('xn--')) return domain;
  const bare = withSpaces(withoutInvisible(domain.normalize('NFC')), '').toLowerCase();
  const host = bare
    .replace(/^(?:[a-z][a-z0-9+.-]*:)?[/\\]{2,}/u, '')
    .replace(/[/\\?#].*$/su, '')
    .replace(/^.*@/su, '')
    .replace(/(?<=^\[[^\]]*\]|^[^:]*):\d*$/u, '');
  // The parser of URLs that domainToASCII uses would take "1.2" for an address, so plain ASCII doesn't go through it.
  const ascii = /^[\x21-\x7e]*$/u.test(host) && !host.includes('xn--') ? host : domainToASCII(host) || host;
  return ascii.replace(/[.。．｡]+$/u, '') || bare;
}

/**
 * A name as it is matched: NFKC, without invisible characters, white space folded and trimmed, full case folding. The
 * dotted and the dotless i are one, since Turkish names lose their dots in most systems.
 */
export function foldName(name: string): string {
  if (plainText.test(name)) return name.toLowerCase();
  const folded = foldCase(withoutInvisible(name.normalize('NFKC'))).normalize('NFKC');
  return foldSpace(folded) || name;
}

/** A name as it is compared: NFC, white space folded and trimmed. A change of case is a change. */
export function spellName(name: string): string {
  if (plainText.test(name)) return name;
  return foldSpace(name.normalize('NFC')) || name;
}

function foldSpace(text: string): string {
  return withSpaces(text, ' ').trim();
}

/** White space as Unicode has it; `\s` lacks U+0085, and takes an invisible mark (U+FEFF) for one. */
function withSpaces(text: string, space: string): string {
  return text.replace(/\p{White_Space}+/gu, space);
}

/** Without the characters that show nothing: zero-width, soft hyphens, marks of direction, variation selectors. */
function withoutInvisible(text: string): string {
  return text.replace(/[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu, '');
}

/**
 * Full case folding. JavaScript has none, and lower case alone leaves ß, ſ and ẞ apart from ss; through upper case and
 * back they meet. A word's last σ becomes ς in lower case, which is undone.
 */
function foldCase(text: string): string {
  if (/^\p{ASCII}*$/u.test(text)) return text.toLowerCase();
  const folded = text.toLowerCase().toUpperCase().toLowerCase();
  return folded.replaceAll('ς', 'σ').replaceAll('i\u0307', 'i');
}
