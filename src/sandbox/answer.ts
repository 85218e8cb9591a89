import type { ServerResponse } from 'node:http';
import type { Fault } from './faults.ts';

export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
};

/** Sends an answer, disfigured as the faults want it; returns the status that was sent. */
export function send(response: ServerResponse, answer: Answer, struck: readonly Fault[]): number {
  const has = (kind: Fault['kind']) => struck.find((fault) => fault.kind === kind);
  const redirect = has('redirect');
  if (redirect !== undefined)
    return finish(response, 302, { ...answer.headers, location: redirect.value }, '');
  if (has('html')) {
    const page = '<!doctype html><html><body><h1>Please log in</h1></body></html>';
    return finish(response, answer.status, { ...answer.headers, 'content-type': 'text/html' }, page);
  }
  const headers = { ...answer.headers, 'content-type': 'application/json; charset=utf-8' };
  if (has('bad-error'))
    return finish(
      response,
      422,
      headers,
      JSON.stringify({ errors: [{ path: ['tierId'], messages: ['unknown'] }] }),
    );
  const text = JSON.stringify(answer.body);
  return finish(
    response,
    answer.status,
    headers,
    has('half') ? text.slice(0, Math.floor(text.length / 2)) : text,
  );
}

function finish(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  text: string,
): number {
  response.writeHead(status, headers);
  response.end(text);
  return status;
}
