/** What a bare domain is, and what people write in its place. */
import { domainToASCII } from 'node:url';
import { asSeen, invisibleIn } from './invisible.ts';

const label = '[^\\s\\p{Cc}\\p{Cf}.。．｡/:@?#,;*\\\\|"\'<>()\\[\\]{}]+';

/** For the schema: labels with dots between them. What is left to IDNA, `domainFault` knows. */
export const domainPattern = `^${label}(?:[.。．｡]${label})+[.。．｡]?$`;

export type DomainFault = { readonly says: string; readonly hint: string };

type Row = {
  readonly fits: (domain: string) => boolean;
  readonly says: string | ((domain: string) => string);
  readonly meant?: (domain: string) => string;
  readonly hint?: string;
};

/** What is wrong with a domain, the most telling first. */
const rows: readonly Row[] = [
  { fits: (domain) => domain.trim() === '', says: 'is empty', meant: () => '' },
  {
    fits: (domain) => invisibleIn(domain) !== null,
    says: (domain) => `holds ${invisibleIn(domain)?.name}`,
    meant: asSeen,
  },
  {
    fits: isPlaceholder,
    says: 'is a placeholder',
    hint: 'Leave the line out, or write domain: null to clear it.',
  },
  {
    fits: (domain) => /^!?\[[^\]]*\]\([^)]*\)$/u.test(domain),
    says: 'is a link in Markdown',
    meant: (domain) => hostIn(domain.replace(/^.*\]\(|\)$/gu, '')),
  },
  {
    fits: (domain) => /^<.*>$/u.test(domain),
    says: 'is in angle brackets',
    meant: (domain) => hostIn(domain.slice(1, -1)),
  },
  { fits: (domain) => /^(?:mailto:)?[^@\s]+@[^@\s]+$/iu.test(domain), says: 'is an email address' },
  { fits: (domain) => /^[a-z]+:\/\//iu.test(domain), says: 'is a web address' },
  { fits: (domain) => domain !== domain.trim(), says: 'has white space around it' },
  { fits: (domain) => /[^\s,;|]\s*[,;|\s]\s*[^\s,;|]/u.test(domain), says: 'is more than one domain' },
  { fits: (domain) => /[,;]$/u.test(domain), says: 'ends in a character that is no part of a domain' },
  {
    fits: (domain) => domain.includes('*'),
    says: 'holds a wildcard',
    meant: (domain) => domain.replace(/^\*+\.?/u, ''),
  },
  { fits: (domain) => domain.includes('\\'), says: 'holds a backslash', meant: () => '' },
  {
    fits: (domain) => /^\.|\.\./u.test(domain),
    says: 'has nothing before one of its dots',
    meant: (domain) => domain.replace(/\.{2,}/gu, '.').replace(/^\./u, ''),
  },
  { fits: (domain) => /[/?#]/u.test(domain), says: 'has a path after the domain' },
  { fits: (domain) => /:\d*$/u.test(domain), says: 'has a port after the domain' },
  {
    fits: (domain) => /^[^.。．｡]+[.。．｡]?$/u.test(domain),
    says: 'is not a complete domain',
    meant: () => '',
  },
];

/** Why a text isn't a bare domain, to follow it in a sentence, and what to write; null where it is one. */
export function domainFault(domain: string): DomainFault | null {
  if (isDomain(domain)) return null;
  const row = rows.find(({ fits }) => fits(domain));
  const says = row?.says ?? 'is not a bare domain';
  const meant = (row?.meant ?? hostIn)(domain);
  return {
    says: typeof says === 'string' ? says : says(domain),
    hint: row?.hint ?? (isDomain(meant) ? `Write ${meant}` : 'Give the bare domain, such as acme.example.'),
  };
}

function isDomain(text: string): boolean {
  // Plain ASCII needs no IDNA, whose parser takes long and refuses underscores.
  const isPlain = /^[\x21-\x7e]*$/u.test(text) && !text.includes('xn--');
  return (
    new RegExp(domainPattern, 'u').test(text) && (isPlain || domainToASCII(text.normalize('NFC')) !== '')
  );
}

/** The first domain in a text. */
function hostIn(text: string): string {
  const host = /^\s*(?:[a-z]+:[/\\]{2})?(?:[^@\s/]*@)?([^\s/:?#@,;|\\]+\.[^\s/:?#@,;|\\]+)/iu.exec(text);
  return host?.[1] ?? '';
}

/** What people write where they have nothing to write: `-`, `n/a`, `tbd`. */
export function isPlaceholder(text: string): boolean {
  return /^(?:[-–—?.…_/]+|n\/?\.?a\.?|none|nil|null|tbd|tba|todo|unknown|empty|missing|no|x+|keine[rs]?|aucune?|ninguno|なし)$/iu.test(
    text.trim(),
  );
}
