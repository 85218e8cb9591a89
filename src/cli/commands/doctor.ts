import { shapeOf } from '../../introw/answer-shape.ts';
import type { Connection } from '../../introw/connection.ts';
import { fingerprintOf, readKey } from '../../introw/key.ts';
import { pagingText } from '../../introw/paging-name.ts';
import { reader, readWholeList } from '../../introw/reader.ts';
import { writer } from '../../introw/writer.ts';
import type { PartnerId } from '../../partner.ts';
import { type CurrentFound, diagnose, isWell, type NextFound } from '../../plan/diagnosis.ts';
import { Failure, type ProblemCode } from '../../problem.ts';
import { doctorText } from '../../render/doctor-text.ts';
import type { Args, Run } from '../command.ts';
import { connectToWrite } from '../connect.ts';
import { readDesired } from '../load-files.ts';
import { repeatFiles } from '../repeat-files.ts';
import type { Terminal } from '../terminal.ts';

/** Looks at the key, the organisation and the budget; exits 1 when something is missing. All files are read first. */
export const run: Run<'doctor'> = async (args, terminal) => {
  const desired = await readDesired(args.file).catch((error: unknown) => {
    if (!(error instanceof Failure)) throw error;
    const message = 'The files are not valid, so they are left out here: introwctl validate says why.';
    if (error.problems[0].code !== 'FILE_NOT_FOUND') terminal.note(repeatFiles(message, args));
    return null;
  });
  const contains = desired?.organisation.contains ?? null;
  const { key, nextKey } = await readKeys(args, terminal);
  const open = (which: string) => connectToWrite(args, terminal, desired?.settings, which);
  const current = await withConnection(await open(key), (connection) => examine(connection, key, args));
  if (current.listed === null && contains !== null)
    terminal.note('Without partners:read, the organisation cannot be checked.');
  const next =
    nextKey === null
      ? null
      : await withConnection(await open(nextKey), (connection) =>
          examineNext(connection, nextKey, current, contains, args),
        );
  const diagnosis = diagnose(current, next, contains);
  const { doors, outStyle } = terminal;
  await terminal.out(
    args.format === 'json'
      ? doors.data(diagnosis)
      : doors.text(diagnosis, (clean) => doctorText(clean, outStyle)),
  );
  return isWell(diagnosis) ? 0 : 1;
};

/** Both keys, each read once, since what comes through a pipe is gone when it has been read. */
async function readKeys(
  args: Args<'doctor'>,
  terminal: Terminal,
): Promise<{ key: string; nextKey: string | null }> {
  const { 'api-key-file': keyFile, 'next-key-file': nextFile } = args;
  const from = { env: terminal.env, hide: terminal.doors.hide };
  const key = await readKey({ ...from, keyFile });
  if (nextFile === undefined) return { key, nextKey: null };
  if (nextFile === keyFile) return { key, nextKey: key };
  return { key, nextKey: await readKey({ ...from, keyFile: nextFile, option: '--next-key-file' }) };
}

async function withConnection<T>(
  connection: Connection,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  try {
    return await work(connection);
  } finally {
    await connection.close();
  }
}

async function examine(connection: Connection, key: string, args: Args<'doctor'>): Promise<CurrentFound> {
  const bodies: unknown[] = [];
  const listing = await unless('FORBIDDEN', () => readWholeList(connection, (body) => bodies.push(body)));
  const shape = shapeOf(bodies);
  const { proxy } = connection;
  return {
    fingerprint: fingerprintOf(key),
    proxy: proxy === null ? null : { url: proxy.shown, from: proxy.from },
    listed:
      listing === null
        ? null
        : {
            ids: listing.partners.map(({ id }) => id),
            requests: listing.oneReading,
            list: {
              paging: listing.paging === null ? null : pagingText(listing.paging),
              probes: listing.probes,
              pageSize: listing.pageSize,
              ...shape,
            },
          },
    write: args['probe-write'] ? await writer(connection).probe() : null,
    budget: connection.budget(),
  };
}

/** Tries the next key with as few requests as possible: a partner that the current key sees shows whether both see it. */
async function examineNext(
  connection: Connection,
  key: string,
  current: CurrentFound,
  contains: PartnerId | null,
  args: Args<'doctor'>,
): Promise<NextFound> {
  const fingerprint = fingerprintOf(key);
  const unknown = {
    fingerprint,
    read: null,
    write: null,
    sameOrganisation: null,
    problem: null,
    requestsSpent: 0,
  };
  if (fingerprint === current.fingerprint) return unknown;
  const ids = current.listed?.ids ?? null;
  const witness = ids?.find((id) => id === contains) ?? ids?.[0];
  try {
    const seen = await unless('FORBIDDEN', () =>
      witness === undefined
        ? reader(connection).list()
        : reader(connection)
            .get(witness)
            .then((partner) => (partner === null ? [] : [partner])),
    );
    const write = args['probe-write'] ? await writer(connection).probe() : null;
    const { requestsSpent } = connection.budget();
    const sameOrganisation =
      seen === null || ids === null
        ? null
        : isSame(
            ids,
            seen.map(({ id }) => id),
          );
    return { ...unknown, read: seen !== null, write, sameOrganisation, requestsSpent };
  } catch (error) {
    if (!(error instanceof Failure) || error.problems[0].code === 'INTERRUPTED') throw error;
    const { code, message, hint } = error.problems[0];
    const { requestsSpent } = connection.budget();
    return { ...unknown, problem: { code, message, hint }, requestsSpent };
  }
}

/** Whether two keys see a partner in common; of two that see none nothing can be said. */
function isSame(ids: readonly string[], seen: readonly string[]): boolean | null {
  if (ids.length === 0 && seen.length === 0) return null;
  return seen.some((id) => ids.includes(id));
}

async function unless<T>(code: ProblemCode, work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Failure && error.problems[0].code === code) return null;
    throw error;
  }
}
