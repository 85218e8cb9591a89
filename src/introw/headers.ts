/** Headers that count something. A proxy may send one twice, or garbage: of several values, the most careful one counts. */
import type { RawAnswer } from './exchange.ts';

type Headers = Pick<RawAnswer, 'headers'>;

/** The values of a header, each as often as it was sent. */
function valuesOf(answer: Headers, name: string): string[] {
  return [answer.headers[name] ?? []].flat().map((value) => value.trim());
}

export function header(answer: Headers, name: string): string | undefined {
  const values = valuesOf(answer, name);
  return values.length === 0 ? undefined : values.join(', ');
}

/** The lowest figure that a header gives; null where it is absent or no number. */
export function figure(answer: Headers, name: string): number | null {
  const figures = valuesOf(answer, name)
    .flatMap((value) => value.split(','))
    .map((value) => value.trim())
    .filter((value) => /^\d{1,12}$/.test(value))
    .map(Number);
  return figures.length === 0 ? null : Math.min(...figures);
}

/**
 * The longest Retry-After in milliseconds, from seconds or a date; null where it is absent or no time. A date is read
 * against the answer's own Date, so that a clock that is wrong, here or there, doesn't matter.
 */
export function retryAfter(answer: Headers): number | null {
  const waits = valuesOf(answer, 'retry-after').flatMap((value) => waitsIn(value, serverNow(answer)));
  return waits.length === 0 ? null : Math.max(...waits);
}

function waitsIn(value: string, now: number): number[] {
  const seconds = value.split(',').map((each) => each.trim());
  if (seconds.every((each) => /^-?\d+(\.\d+)?$/.test(each)))
    return seconds.map((each) => Math.max(0, Number(each) * 1000));
  const date = Date.parse(value);
  return Number.isNaN(date) ? [] : [Math.max(0, date - now)];
}

function serverNow(answer: Headers): number {
  const date = Date.parse(header(answer, 'date') ?? '');
  return Number.isNaN(date) ? Date.now() : date;
}
