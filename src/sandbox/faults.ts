/** What can be made to go wrong, so that people can rehearse it: `kind[=value][@call[:which]]`. */
import { isKeyOf } from '../json.ts';
import { failure } from '../problem.ts';

export type Call = 'list' | 'get' | 'create' | 'update';

type Kind = { readonly describe: string; readonly takes: 'nothing' | 'number' | 'text' };

/** Every fault with its one line of help. */
export const faultKinds = {
  slow: { describe: 'slow=500: the answer takes so many milliseconds longer', takes: 'number' },
  status: { describe: 'status=503: answers with that status, the work not done', takes: 'number' },
  'drop-before': { describe: 'closes the connection, the work not done', takes: 'nothing' },
  'drop-after': { describe: 'closes the connection after the work, the answer lost', takes: 'nothing' },
  hang: { describe: 'never answers, the work not done', takes: 'nothing' },
  'hang-after': { describe: 'never answers, the work done', takes: 'nothing' },
  'status-after': { describe: 'status-after=504: answers with that status, the work done', takes: 'number' },
  dead: { describe: 'from here on nothing listens any more', takes: 'nothing' },
  cut: { describe: 'closes the connection in the middle of the answer', takes: 'nothing' },
  drip: { describe: 'drip=1000: sends a byte of the answer every so many milliseconds', takes: 'number' },
  body: { describe: 'body={}: answers with that body, empty included (body=)', takes: 'text' },
  header: {
    describe: 'header=retry-after:0: sends that header too, though it was sent already',
    takes: 'text',
  },
  encoding: { describe: 'encoding=gzip: compresses the answer (gzip, deflate, br)', takes: 'text' },
  another: { describe: 'answers with a partner that was not asked for', takes: 'nothing' },
  'odd-id': { describe: 'answers with a partner whose id is a number', takes: 'nothing' },
  'crm-first': {
    describe: 'the CRM makes the partner of a create just before',
    takes: 'nothing',
  },
  html: { describe: 'answers with a page of HTML', takes: 'nothing' },
  half: { describe: 'answers with half of the JSON', takes: 'nothing' },
  'bad-error': { describe: 'answers 422 with a body that no documentation knows', takes: 'nothing' },
  redirect: { describe: 'redirect=https://example.com: points elsewhere', takes: 'text' },
  revoke: { describe: 'from here on the key is refused', takes: 'nothing' },
  spend: { describe: "from here on the month's credits are spent", takes: 'nothing' },
  rate: { describe: 'rate=30: somebody else takes so many requests of this minute', takes: 'number' },
  insert: { describe: 'insert=Acme: somebody else first creates a partner of that name', takes: 'text' },
  remove: { describe: 'remove=ptn_1: somebody else first deletes that partner', takes: 'text' },
  extra: { describe: 'answers carry fields that are new, and categories null', takes: 'nothing' },
} as const satisfies Readonly<Record<string, Kind>>;

export type FaultKind = keyof typeof faultKinds;

/** When a fault happens: on calls of that kind, all of them, the nth, every nth, or all after the nth. */
export type Fault = {
  readonly kind: FaultKind;
  readonly value: string;
  readonly calls: readonly Call[];
  readonly which: { readonly rule: 'all' } | { readonly rule: 'nth' | 'every' | 'after'; readonly n: number };
};

const callNames: Readonly<Record<string, readonly Call[]>> = {
  any: ['list', 'get', 'create', 'update'],
  read: ['list', 'get'],
  write: ['create', 'update'],
  list: ['list'],
  get: ['get'],
  create: ['create'],
  update: ['update'],
};

/** Reads what --fault takes; throws a problem that shows how it is written. */
export function parseFault(text: string): Fault {
  const match = /^([a-z-]+)(?:=(.*?))?(?:@([a-z]+)(?::(?:(every|after):)?(\d+))?)?$/.exec(text);
  const [, kind = '', value, call = 'any', rule, n] = match ?? [];
  if (!isKeyOf(faultKinds, kind)) throw refused(text, `Faults: ${Object.keys(faultKinds).join(', ')}.`);
  const calls = callNames[call];
  if (calls === undefined) throw refused(text, `Calls: ${Object.keys(callNames).join(', ')}.`);
  const { takes } = faultKinds[kind];
  if ((takes === 'nothing') !== (value === undefined) || (takes === 'number' && !/^\d+$/.test(value ?? ''))) {
    throw refused(
      text,
      `${kind} takes ${takes === 'nothing' ? 'no value' : `a ${takes === 'number' ? 'number' : 'value'}: ${kind}=…`}.`,
    );
  }
  const which =
    n === undefined
      ? { rule: 'all' as const }
      : { rule: (rule ?? 'nth') as 'nth' | 'every' | 'after', n: Number(n) };
  return { kind, value: value ?? '', calls, which };
}

function refused(text: string, hint: string) {
  return failure('USAGE', `--fault ${JSON.stringify(text)} is not kind[=value][@call[:which]].`, { hint });
}

/** Finds for each request the faults that apply to it, and counts the calls that each fault is about. */
export function faultCounter(faults: readonly Fault[]): (call: Call) => readonly Fault[] {
  const seen = new Map<Fault, number>();
  return (call) =>
    faults.filter((fault) => {
      if (!fault.calls.includes(call)) return false;
      const count = (seen.get(fault) ?? 0) + 1;
      seen.set(fault, count);
      return strikes(fault.which, count);
    });
}

function strikes(which: Fault['which'], count: number): boolean {
  switch (which.rule) {
    case 'all':
      return true;
    case 'nth':
      return count === which.n;
    case 'every':
      return which.n > 0 && count % which.n === 0;
    case 'after':
      return count > which.n;
  }
}

/** The faults as --help shows them. */
export function faultHelp(): string {
  const rows = Object.entries(faultKinds).map(([kind, { describe }]) => `  ${kind.padEnd(12)} ${describe}`);
  const grammar = [
    'Faults are written kind[=value][@call[:which]]:',
    `  call         ${Object.keys(callNames).join(', ')} (any when left out)`,
    '  which        2 (the second), every:3, after:5 (all when left out)',
    '  example      --fault status=503@list:1 --fault drop-after@create:every:2',
  ];
  return [...grammar, ...rows].join('\n');
}
