/**
 * Records of applies: one line of JSON for each run, in the note of the commit that was applied. Lines can be merged as
 * lines (`git notes merge -s cat_sort_uniq`). Nothing is in them that the repository or a log of the run doesn't show.
 */
import { isObject } from '../json.ts';

export const recordFormatVersion = '1.0';

const statuses = ['applied', 'adopted', 'failed', 'unknown', 'skipped'] as const;

export type RecordedResult = {
  readonly handle: string;
  readonly partnerId: string | null;
  readonly status: (typeof statuses)[number];
  /** The fields that were sent, or were to be. */
  readonly fields: readonly string[];
  /** Fields of which Introw kept another value. */
  readonly kept: readonly string[];
};

export type ApplyRecord = {
  /** ISO 8601. */
  readonly startedAt: string;
  readonly finishedAt: string;
  /** The page of the run; null outside of CI systems that are known. */
  readonly url: string | null;
  /** Whether it was about all handles, left nothing alone, and came to its end: what it doesn't list was as it should be. */
  readonly complete: boolean;
  /** The code of what stopped it; null where nothing did. */
  readonly stopped: string | null;
  readonly results: readonly RecordedResult[];
};

/** The line of a record. */
export function recordLine(record: ApplyRecord): string {
  return JSON.stringify({ kind: 'introwctl-apply', formatVersion: recordFormatVersion, ...record });
}

/** The records in a note. Lines that are none, such as those of other tools, are left out. */
export function recordsIn(note: string): ApplyRecord[] {
  return note.split('\n').flatMap((line) => recordIn(line) ?? []);
}

function recordIn(line: string): ApplyRecord | null {
  let data: unknown;
  try {
    data = line.startsWith('{') ? JSON.parse(line) : null;
  } catch {
    return null;
  }
  if (!isObject(data) || data.kind !== 'introwctl-apply' || !/^1\./.test(String(data.formatVersion)))
    return null;
  const { startedAt, finishedAt, url, complete, stopped, results } = data;
  if (!isDate(startedAt) || !isDate(finishedAt) || !Array.isArray(results)) return null;
  return {
    startedAt,
    finishedAt,
    url: textOrNull(url),
    complete: complete === true,
    stopped: textOrNull(stopped),
    results: results.flatMap((each) => resultIn(each) ?? []),
  };
}

function resultIn(data: unknown): RecordedResult | null {
  if (!isObject(data) || typeof data.handle !== 'string') return null;
  const status = statuses.find((each) => each === data.status);
  if (status === undefined) return null;
  return {
    handle: data.handle,
    partnerId: textOrNull(data.partnerId),
    status,
    fields: texts(data.fields),
    kept: texts(data.kept),
  };
}

function isDate(value: unknown): value is string {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value));
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
