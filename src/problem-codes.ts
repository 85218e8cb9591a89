/**
 * The table of problems: what every code means to people and to the tool. A new problem is a new row.
 *
 * Programs branch on the code; people read the hint, which says what to do and never repeats what the message says.
 */

type Row = {
  /** What to do, for problems that are raised without a hint of their own. Empty where nothing is to be done. */
  readonly hint: string;
  /** Whether it stops the command, is only a warning, or one or the other, depending on what the command is to do. */
  readonly severity: 'error' | 'warning' | 'either';
  /** The HTTP statuses that mean it, each with what it says; `5xx` is every status from 500 on. */
  readonly statuses: Readonly<Record<string, string>>;
  /** Whether every further request would meet it too, so that none is sent. */
  readonly isFatal: boolean;
  /** Whether it is so rare and so far-reaching that every rendering of a plan begins with it. */
  readonly leads: boolean;
  /** The option that lets the command go on all the same. */
  readonly liftedBy: string | null;
  /** 130 is what a shell reports of a program that Ctrl-C ended. */
  readonly exitCode: 1 | 130;
};

function row(hint: string, more: Partial<Row> = {}): Row {
  const usual = { severity: 'error', statuses: {}, isFatal: false, leads: false, liftedBy: null } as const;
  return { hint, ...usual, exitCode: 1, ...more };
}

/** A doubt about who a handle is stops what would touch that handle, and is only a warning for the others. */
const doubt = { severity: 'either' } as const;

const seeSchema = 'Run introwctl schema to see what a file may hold.';
const checkAddress = 'Check INTROW_API_URL or --api-url; Introw is at https://api.introw.io.';

export const codes = {
  // The command line
  USAGE: row('See introwctl --help.'),
  KEY_MISSING: row('Set INTROW_API_KEY, or pass --api-key-file with a file that holds the key.'),
  KEY_MALFORMED: row('Copy the key again from Introw: one line of plain characters, without quotes.'),
  KEY_IN_DATA: row(
    'Remove it from where it is, such as a name in Introw or a file; then create another key and revoke this one.',
  ),
  NEEDS_APPROVAL: row('Look first with --check, then pass --auto-approve.', {
    liftedBy: 'auto-approve',
  }),
  DECLINED: row('Nothing was changed.'),
  INSECURE_URL: row('Use https://, or pass --insecure-http if this network may see your key.', {
    liftedBy: 'insecure-http',
  }),
  UNKNOWN_HANDLE: row('Use a handle: a key under partners: in your files.'),

  // Files
  FILE_NOT_FOUND: row('Pass your file or folder with -f, or run introwctl init to begin with a new file.'),
  FILE_UNREADABLE: row('Check that it is a file and that you may read it.'),
  FILE_TOO_LARGE: row('Split the partners over several files and pass their folder with -f.'),
  FILE_EMPTY: row('Begin it with version: 1 and list partners under partners:.'),
  NO_FILES: row('Pass a file, or another folder, with -f.'),
  YAML_SYNTAX: row('Correct the YAML here; the files are YAML 1.2.'),
  YAML_TABS: row('Use spaces instead.'),
  YAML_INDENT: row('Begin lines that belong together with the same number of spaces.'),
  NOT_YAML: row('Check whether another file was saved in its place.'),
  DUPLICATE_KEY: row('Rename one of the two, or keep only one.'),
  MANY_DOCUMENTS: row('Put each document into a file of its own and pass the folder with -f.'),
  ALIAS_BOMB: row('Write the values out instead of nesting aliases.'),
  WRONG_TYPE: row(seeSchema),
  UNKNOWN_KEY: row(seeSchema),
  MISSING_KEY: row(seeSchema),
  INVALID_VALUE: row(seeSchema),
  NOT_CLEARABLE: row('Give it a value, or leave the line out.'),
  NOT_A_DOMAIN: row('Write the domain alone, such as acme.example.'),
  UNKNOWN_NAME: row("Add it to catalog:, or use the key that ends in Id, with Introw's id."),
  TWO_FORMS: row('Keep the catalog name or the id, not both.'),
  DEFINED_TWICE: row('Keep one of the two: all files merge into one state.'),
  SAME_PARTNER: row('Keep one of the two handles; if they are two partners, pin each with id:.'),
  SUSPICIOUS_VALUE: row('', { severity: 'warning' }),
  SAME_PIN: row('Remove one of the two handles, or correct its id.'),

  // Sheets
  SHEET_CONFLICT: row('Export the sheet again, or leave the cell empty to keep what the files say.'),

  // Who is who
  PIN_NOT_LIVE: row(
    'If it was deleted on purpose, remove the handle; to create it again, remove its pin and, with a base, pass --recreate; to apply the others now, pass --exclude.',
    doubt,
  ),
  AMBIGUOUS_MATCH: row('Pin the handle to the right one.', doubt),
  MATCHED_BY_NAME: row('Correct the domain, or pin the handle if it is the same partner.', doubt),
  EXTERNAL_ID_MISMATCH: row(
    'Correct the external id, or pin the handle by id if it is the same partner.',
    doubt,
  ),
  TWO_HANDLES: row(
    'Keep one of the handles, or pin each to its own partner; if one is a new partner, apply the change of the other first.',
    doubt,
  ),
  CREATE_WOULD_MERGE: row('Give it its own name and domain, or pin it; Introw would merge the two.', doubt),
  WOULD_MAKE_TWINS: row('Give it its own name and domain; the two could not be distinguished again.', doubt),
  WAS_MANAGED: row(
    'Pin it if it was renamed, remove the handle if it was deleted, or pass --recreate to create it again; to apply the others now, pass --exclude.',
    { ...doubt, liftedBy: 'recreate' },
  ),
  BASE_AMBIGUOUS: row(
    'Choose a base at which one file has it, or leave it out with --exclude and apply it without --base.',
    doubt,
  ),
  WRONG_SERVER: row(
    'Use the --api-url (or INTROW_API_URL) that the plan was made with, or make the plan again.',
  ),
  WRONG_ORGANISATION: row('Use a key that was created in the organisation that these files are for.'),
  RENAMED_ENTIRELY: row('', { severity: 'warning', leads: true }),
  LOOKS_LIKE: row('', { severity: 'warning', leads: true }),
  NOT_READABLE: row('', { severity: 'warning' }),

  // Guards
  TOO_MANY_CHANGES: row('Read the plan; if it is right, raise settings.maxChanges or pass --max-changes.', {
    liftedBy: 'max-changes',
  }),
  UNMANAGED_PARTNERS: row('Add them to a file with introwctl import, or set settings.unmanaged to report.'),
  CONFLICT: row(
    'Run introwctl accept to take the live values into the files, or pass --overwrite-conflicts to let the files win.',
    { liftedBy: 'overwrite-conflicts' },
  ),
  PUBLISH_NOT_ASKED: row('Partners would see them: if that is right, pass --publish with these handles.', {
    liftedBy: 'publish',
  }),
  CREDITS_SHORT: row('Wait for the 1st of the month (UTC), or pass --partial to apply what fits.', {
    severity: 'either',
    liftedBy: 'partial',
  }),
  CREDITS_RESERVED: row('Wait for the 1st of the month (UTC), or lower settings.reserveCredits.'),

  // Saved plans
  PLAN_UNREADABLE: row('Make it again with introwctl plan --out.'),
  PLAN_NEWER: row('Update introwctl, or make the plan again with this version.'),
  PLAN_NOT_APPLICABLE: row('Pass a file that introwctl plan --out wrote.'),
  PLAN_STALE: row('Make the plan again and read what changed.'),

  // Git
  NOT_A_GIT_REPOSITORY: row(
    'Run this inside the git repository that holds the files, or leave out the option that asks git.',
  ),
  UNKNOWN_REF: row('Fetch it first: git fetch --depth=1 origin <ref>.'),
  GIT_FAILED: row('Run the git command by hand to see what it needs.'),
  NOT_COMMITTED: row('Commit the files and plan again, or do without the record.'),
  NO_HISTORY: row('Pass the files with -f as they are called in git.'),
  BASE_INVALID: row('Choose a base whose files validate.', { severity: 'either' }),
  BASE_NOT_ANCESTOR: row('Rebase onto it or merge it, so that the files here include what it has.', {
    severity: 'either',
  }),
  SHALLOW_CLONE: row('Fetch more history: git fetch --unshallow.', { severity: 'either' }),
  BASE_WITHOUT_FILES: row('', { severity: 'warning' }),
  SUBFOLDER_NOT_READ: row('Name each subfolder with -f too.', { severity: 'warning' }),
  NOTHING_APPLIED_YET: row('', { severity: 'warning' }),

  // Code hosts
  CODE_HOST_UNKNOWN: row(
    'Run it in a CI system that introwctl knows, in a pull request where it is about one.',
  ),
  CODE_HOST_FAILED: row('Run it again; if it keeps failing, check the status page of the code host.'),

  // Introw; what 401, 402, 403 and wrong data mean is from its troubleshooting table
  UNAUTHORIZED: row(
    'The key is missing, invalid, expired or revoked: check INTROW_API_KEY or --api-key-file, or create a new key in Introw.',
    { statuses: { 401: 'Introw refused the key' }, isFatal: true },
  ),
  API_CREDITS_EXHAUSTED: row('Credits are renewed on the 1st of the month (UTC).', {
    statuses: { 402: "This month's API credits are spent" },
    isFatal: true,
  }),
  FORBIDDEN: row('Reading needs the scope partners:read, and apply needs partners:write too.', {
    statuses: { 403: 'The key is valid but lacks the scope for this' },
    isFatal: true,
  }),
  PARTNER_NOT_FOUND: row('It was deleted, or the key was created in another organisation than expected.', {
    statuses: { 404: 'Introw has no such partner' },
  }),
  VALIDATION_ERROR: row('Correct the value in the file; ids must exist in this organisation.', {
    statuses: { 400: 'Introw refused what was sent', 422: 'Introw refused what was sent' },
  }),
  RATE_LIMIT_EXCEEDED: row('Try again in a minute; something else uses this key at the same time.', {
    statuses: { 429: 'Introw received too many requests' },
  }),
  PARTNER_BUSY: row('Run this again in a minute.', {
    statuses: {
      409: 'Introw says that this conflicts with another change or another partner',
      423: 'Introw has locked this partner',
    },
  }),
  SERVER_ERROR: row('Try again later.', {
    statuses: {
      408: 'Introw gave up waiting for the request',
      425: 'Introw was not ready for the request',
      '5xx': 'Introw failed',
    },
  }),
  UNEXPECTED_STATUS: row(checkAddress),
  ANSWER_LOST: row('Run the command again: it finds what was done and does the rest.'),
  NOT_DONE: row('Run the command again to do it.'),
  ANSWER_ABOUT_ANOTHER: row(
    'Check INTROW_API_URL or --api-url and what is between here and Introw; if it is Introw that answers so, tell its support. Nothing more was sent.',
    { isFatal: true },
  ),
  INTROW_UNAVAILABLE: row('Run the command again when Introw answers; nothing more was sent.', {
    isFatal: true,
  }),
  REDIRECTED: row(
    'Give the final address in INTROW_API_URL or --api-url; the key is never sent on to where a redirect points.',
  ),
  NETWORK: row('Check the address and the network, then run this again.'),
  TIMED_OUT: row('Check the network, then run this again: it finds what was already applied.'),
  UNREADABLE_ANSWER: row(
    'Check INTROW_API_URL or --api-url, and whether a proxy or a login page is in between.',
  ),
  ANSWER_TOO_LARGE: row(checkAddress),
  LIST_MAY_BE_CUT_OFF: row(
    'A plan made from part of it would create partners again. If you know how the list pages, pass --paging; if you know that these are all, --assume-complete.',
    {
      liftedBy: 'assume-complete',
    },
  ),
  LIST_INCOMPLETE: row('Run this again; somebody may be changing partners right now.'),
  LIST_NEVER_ENDS: row('The server sends the same pages again; nothing was planned.'),

  // Ends
  INTERRUPTED: row('Run the command again: it finds what was done and goes on from there.', {
    isFatal: true,
    exitCode: 130,
  }),

  // Writing files
  OUTPUT_NOT_WRITABLE: row('Check what stdout leads to, and the free space there.'),
  FILE_NOT_WRITABLE: row('Check the permissions and the free space.'),
  FILE_LOCKED: row('Wait for the other command; if none is running, delete the .lock file.'),
  FILE_CHANGED: row('Run this again; something else is writing it.'),
  FILE_EXISTS: row('Name another file, or remove this one first.'),
  EDIT_UNSAFE: row('Make this change by hand; nothing was written.'),
  FORMAT_UNSAFE: row('Write it more simply, or leave it out of fmt; it was left as it is.'),

  // Ours
  INTERNAL: row('This is a bug in introwctl; please report it with the command that you ran.'),
} as const satisfies Record<string, Row>;

export type ProblemCode = keyof typeof codes;

const table: Readonly<Record<string, Row>> = codes;

/** The row of a code; undefined for one that only a newer version has, in a plan that it saved. */
export function findCode(code: string): Row | undefined {
  return Object.hasOwn(table, code) ? table[code] : undefined;
}

/** Whether every rendering of a plan begins with a warning of that code. */
export function leads(code: string): boolean {
  return findCode(code)?.leads ?? false;
}

const byStatus = new Map(
  (Object.keys(codes) as ProblemCode[]).flatMap((code) =>
    Object.entries(codes[code].statuses).map(([status, says]) => [status, { code, says }] as const),
  ),
);

/** What an HTTP status means, and how its message begins; null for a status that is in no row. */
export function meaningOfStatus(
  status: number,
): { readonly code: ProblemCode; readonly says: string } | null {
  return byStatus.get(String(status)) ?? (status >= 500 ? (byStatus.get('5xx') ?? null) : null);
}
