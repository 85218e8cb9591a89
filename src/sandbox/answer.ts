import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { isObject } from '../json.ts';
import type { Fault } from './faults.ts';

export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
};

/** An answer as it goes out: every header as often as it is sent. */
export type Wire = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string[]>>;
  readonly bytes: Buffer;
};

/** The fault of that kind, if it happens on this request. */
export type Struck = (kind: Fault['kind']) => Fault | undefined;

/** Finds the fault of a kind among those that happen on a request. */
export function striking(struck: readonly Fault[]): Struck {
  return (kind) => struck.find((fault) => fault.kind === kind);
}

const encoders: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  gzip: gzipSync,
  deflate: deflateSync,
  br: brotliCompressSync,
};

/** An error as Introw answers it. */
export function refusal(
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return { status, headers, body: { error: { code, message } } };
}

/** Sends an answer to its end, or as far as the faults let it. */
export async function send(
  response: ServerResponse,
  { status, headers, bytes }: Wire,
  has: Struck,
): Promise<void> {
  const drip = has('drip');
  response.writeHead(status, { ...headers, 'content-length': String(bytes.length) });
  if (drip !== undefined) {
    for (const byte of bytes) {
      if (response.destroyed) break;
      response.write(Buffer.of(byte));
      await sleep(Number(drip.value));
    }
  } else if (has('cut')) {
    await new Promise((resolve) => response.write(bytes.subarray(0, bytes.length / 2), resolve));
    response.socket?.destroy();
    return;
  } else {
    response.write(bytes);
  }
  response.end();
}

/** An answer, changed as the faults say. */
export function spoiled(answer: Answer, struck: readonly Fault[]): Wire {
  const has = striking(struck);
  const status = has('redirect') ? 302 : Number(has('status-after')?.value ?? answer.status);
  const type = has('html') ? 'text/html' : 'application/json; charset=utf-8';
  const headers: Record<string, string[]> = Object.fromEntries(
    Object.entries({ ...answer.headers, 'content-type': type }).map(([name, value]) => [name, [value]]),
  );
  const redirect = has('redirect')?.value;
  if (redirect !== undefined) headers.location = [redirect];
  for (const more of struck.filter(({ kind }) => kind === 'header')) {
    const [, name = '', value = ''] = /^([^:]+):(.*)$/s.exec(more.value) ?? [];
    headers[name.toLowerCase()] = [...(headers[name.toLowerCase()] ?? []), value.trim()];
  }
  const plain = Buffer.from(status === 204 ? '' : textOf(answer.body, has));
  const encoding = has('encoding')?.value;
  if (encoding === undefined) return { status, headers, bytes: plain };
  headers['content-encoding'] = [encoding];
  return { status, headers, bytes: encoders[encoding]?.(plain) ?? plain };
}

function textOf(body: unknown, has: Struck): string {
  if (has('html')) return '<!doctype html><html><body><h1>Please log in</h1></body></html>';
  const given = has('body');
  if (given !== undefined) return given.value;
  const text = JSON.stringify(aboutAnother(body, has));
  return has('half') ? text.slice(0, Math.floor(text.length / 2)) : text;
}

/** The same answer about another partner, or about something that isn't one. */
function aboutAnother(body: unknown, has: Struck): unknown {
  if (!isObject(body) || !isObject(body.data)) return body;
  if (has('odd-id')) return { ...body, data: { ...body.data, id: 7 } };
  if (!has('another')) return body;
  return { ...body, data: { ...body.data, id: 'ptn_another', name: 'Somebody Else', domain: null } };
}
