import { type Failure, failure } from '../problem.ts';
import { writeHint } from '../system-error.ts';

/** The failure of a path that can't be written: why, and what to do by the system's code. It is apart from writing, which few runs load. */
export function notWritable(path: string, code: string, why: string, cause?: unknown): Failure {
  const message = `${path} could not be written: ${why}.`;
  return failure('FILE_NOT_WRITABLE', message, { ...writeHint(code), cause });
}
