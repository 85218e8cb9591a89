/** The words for what went wrong: a closed set of codes, each with the hint that goes with it. */

/** A place in a file as people count it: line and column from 1. `file` is the path as the user gave it. */
export type Position = { readonly file: string; readonly line: number; readonly column: number };

/**
 * Every code that a problem can have, with what to do about it. Programs branch on the code, people read the hint;
 * whoever raises a problem may give a hint that knows more. A new error is a new row.
 */
export const hints = {
  // The command line
  USAGE: 'See introwctl --help.',
  KEY_MISSING: 'Set INTROW_API_KEY, or name a file that holds the key with --api-key-file.',
  KEY_MALFORMED:
    'A key is one line of plain characters; copy it again from Introw, without quotes or line breaks.',
  KEY_IN_DATA:
    'Remove it from where it is, such as a name in Introw or a file; then create another key and revoke this one.',
  NEEDS_APPROVAL: 'Look first with plan, accept --check or pin --check, then say --auto-approve.',
  DECLINED: 'Nothing was changed.',
  INSECURE_URL: 'Use https://, or say --insecure-http if this network may see your key.',
  UNKNOWN_HANDLE: 'Handles are the keys under partners: in your files.',

  // Files
  FILE_NOT_FOUND: 'Name your file or folder with -f; introwctl init writes one to begin with.',
  FILE_UNREADABLE: 'Check that it is a file and that you may read it.',
  FILE_TOO_LARGE: 'Split the partners over several files and give the folder with -f.',
  FILE_EMPTY: 'A file starts with version: 1 and lists partners under partners:.',
  NO_FILES: 'A folder must hold at least one .yaml or .yml file.',
  YAML_SYNTAX: 'Correct the YAML here; the files are YAML 1.2.',
  YAML_TABS: 'YAML indents with spaces: replace the tab.',
  DUPLICATE_KEY: 'Keep one of the two.',
  MANY_DOCUMENTS: 'Put each document into a file of its own and give the folder with -f.',
  ALIAS_BOMB: 'Write the values out instead of nesting aliases.',
  WRONG_TYPE: 'introwctl schema prints what the file may hold.',
  UNKNOWN_KEY: 'introwctl schema prints what the file may hold.',
  MISSING_KEY: 'introwctl schema prints what the file may hold.',
  INVALID_VALUE: 'introwctl schema prints what the file may hold.',
  NOT_CLEARABLE: 'Introw has no way to clear this field: give it a value, or leave the line out.',
  NOT_A_DOMAIN: 'Give the bare domain, such as acme.example.',
  UNKNOWN_NAME: 'Add it to catalog:, or use the …Id form with the id from Introw.',
  TWO_FORMS: 'Keep the catalog name or the id, not both.',
  DEFINED_TWICE: 'Keep one of the two: all files merge into one state.',
  SAME_PIN: 'Two handles point to the same partner: remove one, or correct its id.',

  // Who is who
  PIN_NOT_LIVE:
    'If it was deleted on purpose, remove the handle; without its pin, apply would create it again.',
  AMBIGUOUS_MATCH: 'Pin the handle to the right one.',
  MATCHED_BY_NAME: 'Correct the domain, or pin the handle if it is the same partner.',
  EXTERNAL_ID_MISMATCH: 'Correct the external id, or pin the handle by id if it is the same partner.',
  TWO_HANDLES:
    'Keep one of the handles, or pin each to its own partner; if one is a new partner, apply the change of the other first.',
  CREATE_WOULD_MERGE: 'Introw would merge the two: give it its own name and domain, or pin it.',
  WOULD_MAKE_TWINS: 'Nobody could tell the two apart again: give it its own name and domain.',
  WAS_MANAGED:
    'It was renamed or deleted in Introw: pin it, remove the handle, or pass --recreate to create it again.',
  BASE_AMBIGUOUS: 'Pin the handle, or choose a base at which one file has it.',
  WRONG_ORGANISATION: 'The key was probably created in another organisation than these files are for.',

  // Guards
  TOO_MANY_CHANGES: 'Read the plan; if it is what you mean, raise settings.maxChanges or say --max-changes.',
  UNMANAGED_PARTNERS: 'introwctl import adds them to a file; or set settings.unmanaged to report.',
  CONFLICT:
    'introwctl accept takes the live values into the files; --overwrite-conflicts lets the files win.',
  PUBLISH_NOT_ASKED: 'A portal that partners see would be published: say --publish with these handles.',
  CREDITS_SHORT: 'Wait for the 1st of the month (UTC), or say --partial to apply what fits.',
  CREDITS_RESERVED:
    'settings.reserveCredits keeps the last credits for others; wait for the 1st of the month (UTC).',

  // Saved plans
  PLAN_UNREADABLE: 'Make it again with introwctl plan --out.',
  PLAN_NEWER: 'Update introwctl, or make the plan with this version.',
  PLAN_NOT_APPLICABLE: 'Only what introwctl plan --out wrote can be applied.',
  PLAN_STALE: 'Introw has moved since the plan was made: make it again and read what changed.',

  // Git
  NOT_A_GIT_REPOSITORY: 'Run this inside the git repository that holds the files, or leave --base out.',
  UNKNOWN_REF: 'Fetch it first: git fetch --depth=1 origin <ref>.',
  GIT_FAILED: 'Run the git command by hand to see what it needs.',
  BASE_INVALID: 'Its files do not validate: choose a base whose files do.',
  SHALLOW_CLONE: 'Fetch more history: git fetch --unshallow.',
  BASE_NOT_ANCESTOR: 'Rebase onto it or merge it, so that the files here include what it has.',

  // Code hosts
  CODE_HOST_UNKNOWN: 'Run it in a CI system that introwctl knows, in a pull request where it is about one.',
  CODE_HOST_FAILED: 'Run it again; if it stays, look at the status page of the code host.',

  // Introw
  UNAUTHORIZED:
    'It is missing, invalid, expired or revoked: check INTROW_API_KEY or --api-key-file, or create a new key in Introw.',
  API_CREDITS_EXHAUSTED: "This month's API credits are spent; they come back on the 1st, UTC.",
  FORBIDDEN:
    "The key is valid but lacks this call's scope: reading needs partners:read, apply needs partners:write too.",
  PARTNER_NOT_FOUND:
    'The partner is gone from Introw, or the key was created in another organisation than expected.',
  VALIDATION_ERROR: 'Introw refused a value: correct it in the file; ids must exist in this organisation.',
  RATE_LIMIT_EXCEEDED:
    'Something else uses this key or organisation at the same time; try again in a minute.',
  PARTNER_BUSY: 'Somebody or something else is changing it: run this again in a minute.',
  ANSWER_LOST: 'Run the command again: it finds what was done and does the rest.',
  NOT_DONE: 'Run the command again to do it.',
  ANSWER_ABOUT_ANOTHER:
    'Nothing more was sent. Check --api-url and what is between here and Introw; if it is Introw that answers so, tell its support.',
  INTROW_UNAVAILABLE: 'Nothing more was sent: run the command again when Introw answers.',
  SERVER_ERROR: 'Introw failed on its side; try again later.',
  UNEXPECTED_STATUS: 'Check --api-url; Introw is at https://api.introw.io.',
  REDIRECTED: 'Give the final address with --api-url; the key is never sent on to where a redirect points.',
  NETWORK: 'Check the address and the network, then run this again.',
  TIMED_OUT: 'Check the network, then run this again; what was already applied is found again.',
  UNREADABLE_ANSWER: 'Check --api-url: is a proxy or a login page in between?',
  ANSWER_TOO_LARGE: 'Check --api-url; no page of partners is that large.',
  LIST_MAY_BE_CUT_OFF:
    'A plan made from part of it would create partners again. If you know that these are all, pass --assume-complete.',
  LIST_INCOMPLETE: 'Somebody may be changing partners right now; run this again.',
  LIST_NEVER_ENDS: 'The server sends the same pages again; nothing was planned.',

  // Ends
  INTERRUPTED: 'Run the command again: it finds what was done and goes on from there.',

  // Writing files
  OUTPUT_NOT_WRITABLE: 'Check what stdout leads to, and the free space there.',
  FILE_NOT_WRITABLE: 'Check the permissions and the free space.',
  FILE_CHANGED: 'Somebody else is writing it: run this again.',
  FILE_EXISTS: 'Name another file, or remove this one first.',
  EDIT_UNSAFE: 'Nothing was changed; make this change by hand.',
  FORMAT_UNSAFE: 'It was left as it is: write it more simply, or leave it out of fmt.',

  // Ours
  INTERNAL: 'This is a mistake in introwctl; please report it with the command that you ran.',
} as const;

export type ProblemCode = keyof typeof hints;

/** One thing that is wrong: what programs branch on, what happened, what to do, and where, if it is in a file. */
export type Problem = {
  readonly code: ProblemCode;
  readonly message: string;
  readonly hint: string;
  readonly position: Position | null;
};

/** Something to know that stops nothing. `code` is open, since warnings may come from a saved plan of another version. */
export type Warning = { readonly code: string; readonly message: string; readonly position: Position | null };

export function problem(
  code: ProblemCode,
  message: string,
  more: { position?: Position | null; hint?: string } = {},
): Problem {
  return { code, message, hint: more.hint ?? hints[code], position: more.position ?? null };
}

/**
 * What is thrown for every expected failure: never empty, all problems together. `sources` holds the text of the files
 * that positions point into, so that whoever shows the problems can frame the line.
 */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly problems: readonly [Problem, ...Problem[]];
  readonly sources: ReadonlyMap<string, string>;
  /** The status of the answer that it is about; null where there was none. */
  readonly httpStatus: number | null;

  constructor(
    problems: readonly [Problem, ...Problem[]],
    options: { sources?: ReadonlyMap<string, string>; httpStatus?: number | null; cause?: unknown } = {},
  ) {
    super(problems.map((each) => `${each.code}: ${each.message}`).join('\n'), { cause: options.cause });
    this.problems = problems;
    this.sources = options.sources ?? new Map();
    this.httpStatus = options.httpStatus ?? null;
  }
}

/** A failure with one problem. */
export function failure(
  code: ProblemCode,
  message: string,
  more: { position?: Position | null; hint?: string; httpStatus?: number; cause?: unknown } = {},
): Failure {
  return new Failure([problem(code, message, more)], {
    httpStatus: more.httpStatus ?? null,
    cause: more.cause,
  });
}

/** Throws all problems together, if there are any. */
export function throwOnAny(
  problems: readonly Problem[],
  sources: ReadonlyMap<string, string> = new Map(),
): void {
  const [first, ...rest] = problems;
  if (first !== undefined) throw new Failure([first, ...rest], { sources });
}
