import { readKey } from '../../introw/key.ts';
import { reader } from '../../introw/reader.ts';
import { writer } from '../../introw/writer.ts';
import type { LivePartner, PartnerId } from '../../partner.ts';
import { pagesOf } from '../../plan/read-strategy.ts';
import { Failure, type ProblemCode } from '../../problem.ts';
import { type Diagnosis, doctorText } from '../../render/doctor-text.ts';
import type { Run } from '../command.ts';
import { connectToWrite } from '../connect.ts';
import { readDesired } from '../load-files.ts';
import type { Args } from '../options.ts';
import type { Terminal } from '../terminal.ts';

/** Looks at the key, the organisation and the budget; exits 1 when something is missing. */
export const run: Run = async (args, terminal) => {
  const desired = await readDesired(args.file).catch((error: unknown) => {
    if (!(error instanceof Failure)) throw error;
    if (error.problems[0].code !== 'FILE_NOT_FOUND')
      terminal.note('The files are not valid, so they are left out here: introwctl validate says why.');
    return null;
  });
  const contains = desired?.organisation.contains ?? null;
  const key = await readKey({
    env: terminal.env,
    keyFile: args['api-key-file'],
    hide: terminal.doors.hide,
  });
  const current = await examine(args, terminal, contains);
  const next =
    args['next-key-file'] === undefined
      ? null
      : await examine({ ...args, 'api-key-file': args['next-key-file'] }, terminal, contains);
  const listed = current.partners ?? [];
  const diagnosis: Diagnosis = {
    key: key.slice(0, 4),
    read: current.read,
    write: current.write,
    contains: contains === null ? null : { id: contains, there: listed.some(({ id }) => id === contains) },
    partners: current.partners === null ? null : listed.length,
    creditsRemaining: current.creditsRemaining,
    creditsLimit: current.creditsLimit,
    requestsSpent: current.requestsSpent + (next?.requestsSpent ?? 0),
    planCost: Math.max(1, pagesOf(listed.length)),
    nextKey:
      next === null
        ? null
        : {
            read: next.read,
            write: next.write,
            sameOrganisation: sameOrganisation(current.partners, next.partners),
          },
  };
  const { doors, outStyle } = terminal;
  await terminal.out(
    args.format === 'json'
      ? doors.data(diagnosis)
      : doors.text(diagnosis, (clean) => doctorText(clean, outStyle)),
  );
  return isWell(diagnosis) ? 0 : 1;
};

type Examined = {
  readonly read: boolean;
  /** Null where it wasn't probed. */
  readonly write: boolean | null;
  readonly partners: readonly LivePartner[] | null;
  readonly creditsRemaining: number | null;
  readonly creditsLimit: number | null;
  readonly requestsSpent: number;
};

async function examine(args: Args, terminal: Terminal, contains: PartnerId | null): Promise<Examined> {
  const connection = await connectToWrite(args, terminal);
  try {
    const partners = await unless('FORBIDDEN', () => reader(connection).list());
    const write = args['probe-write'] ? await writer(connection).probe() : null;
    if (partners === null && contains !== null)
      terminal.note('Without partners:read nothing can be said about the organisation.');
    return { read: partners !== null, write, partners, ...connection.budget() };
  } finally {
    await connection.close();
  }
}

async function unless<T>(code: ProblemCode, work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Failure && error.problems[0].code === code) return null;
    throw error;
  }
}

/** Two keys open the same organisation when they see a partner in common; of two empty lists nothing can be said. */
function sameOrganisation(
  one: readonly LivePartner[] | null,
  other: readonly LivePartner[] | null,
): boolean | null {
  if (one === null || other === null || one.length === 0 || other.length === 0) return null;
  const ids = new Set(one.map(({ id }) => id));
  return other.some(({ id }) => ids.has(id));
}

function isWell({ read, write, contains, nextKey }: Diagnosis): boolean {
  const replaceable =
    nextKey === null ||
    (nextKey.read === read && nextKey.write === write && nextKey.sameOrganisation !== false);
  return read && write !== false && contains?.there !== false && replaceable;
}
