/**
 * stdout and stderr. Node's streams for them are opened only where they are needed: for a pipe it loads streams and the
 * network, which takes longer than to parse the options.
 */
import { fstatSync, writeSync } from 'node:fs';
import { systemCode } from '../system-error.ts';

const descriptors = { stdout: 1, stderr: 2 } as const;

type Name = keyof typeof descriptors;

/** A pipe that is empty takes as many bytes at once on every system; more would wait for its reader, deaf to Ctrl-C. */
const mostAtOnce = 16_384;

const opened = new Map<Name, NodeJS.WriteStream>();

/** Node's stream. That it was closed early is no error; `writeStdout` returns what others there are. */
export function streamOf(name: Name): NodeJS.WriteStream {
  const stream = opened.get(name) ?? process[name].on('error', () => undefined);
  opened.set(name, stream);
  return stream;
}

/** The stream where it leads to a terminal; null for a file, a pipe or a device. */
export function terminalOf(name: Name): NodeJS.WriteStream | null {
  if (isPlain(name)) return null;
  const stream = streamOf(name);
  return stream.isTTY === true ? stream : null;
}

/** Resolves when all of it is written, to what kept it from that, or null. Never rejects. */
export async function writeStdout(text: string): Promise<NodeJS.ErrnoException | null> {
  let left = Buffer.from(text);
  if (left.length <= mostAtOnce && !opened.has('stdout') && isPlain('stdout')) {
    try {
      while (left.length > 0) left = left.subarray(writeSync(descriptors.stdout, left));
    } catch (error) {
      // A pipe that is full, and that a program which shares it has asked not to wait for.
      if (systemCode(error) !== 'EAGAIN') return error as NodeJS.ErrnoException;
    }
    if (left.length === 0) return null;
  }
  return new Promise((resolve) => {
    streamOf('stdout').write(left, (error) => resolve(error ?? null));
  });
}

/** Whether the error says that nobody reads the stream any more. */
export function isClosed({ code = '' }: NodeJS.ErrnoException): boolean {
  return code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED';
}

/** Whether it leads to a file or another program, which is known without its stream. */
function isPlain(name: Name): boolean {
  try {
    const found = fstatSync(descriptors[name]);
    return found.isFile() || found.isFIFO() || found.isSocket();
  } catch {
    return false;
  }
}
