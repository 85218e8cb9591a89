/** The kinds of values that fields hold: how each is written in a file, read from an answer, and compared. */
import { type Json, sameJson } from './json.ts';

/** `null` is *none*. `undefined` is *not stated* (by the file: leave it alone; by Introw: can't be read). */
export type FieldValue = Json | undefined;

export type JsonSchema = { readonly [key: string]: Json | undefined };

/** What to tell people about text that the schema's `pattern` refuses. */
export type Mismatch = {
  readonly code: 'INVALID_VALUE' | 'NOT_A_DOMAIN';
  /** Follows the value in a sentence: `is not a bare domain`. */
  readonly says: (value: string) => string;
  readonly hint: (value: string) => string;
};

export type Shape = {
  /** What a file may give, as JSON schema. */
  readonly schema: JsonSchema;
  /** Null where the schema has no pattern. */
  readonly mismatch: Mismatch | null;
  /** The value in an answer or a saved plan; `undefined` where its form isn't known. */
  readonly read: (json: unknown) => FieldValue;
  /** The value with its parts in one order, where their order has no meaning. */
  readonly sorted: (value: Json) => Json;
  /** The value in the one spelling that all have which are the same to Introw. */
  readonly spelled: (value: Json) => Json;
  /** Whether two values are one to Introw. */
  readonly same: (one: Json, other: Json) => boolean;
  /** Why Introw refuses to be sent this value; null where it takes it. Limits as documented in its API reference. */
  readonly refusal: (value: Json) => string | null;
};

type TextRules = {
  /** In characters; null where Introw documents no limit. */
  readonly max?: number | null;
  readonly pattern?: string;
  readonly mismatch?: Mismatch;
  /** What is left of a text where different spellings are one value. */
  readonly spelled?: (text: string) => string;
};

const onOneLine = {
  pattern: '^[^\\p{Cc}\\p{Cs}]*$',
  mismatch: {
    code: 'INVALID_VALUE',
    says: () => 'holds a line break or another control character',
    hint: () => 'Write it on one line.',
  },
} as const satisfies TextRules;

/** Text of at least one character; without rules of its own on one line. */
export function text(rules: TextRules = {}): Shape {
  const { max = 255, pattern, mismatch, spelled = (same: string) => same } = { ...onOneLine, ...rules };
  return {
    schema: { type: 'string', minLength: 1, ...(max === null ? {} : { maxLength: max }), pattern },
    mismatch,
    read: (json) => (typeof json === 'string' || json === null ? json : undefined),
    sorted: (value) => value,
    spelled: (value) => (typeof value === 'string' ? spelled(value) : value),
    same: (one, other) =>
      typeof one === 'string' && typeof other === 'string' ? spelled(one) === spelled(other) : one === other,
    refusal: (value) => {
      if (typeof value !== 'string') return 'must be a string';
      if (/\p{Cs}/u.test(value)) return 'must not hold half of a character';
      const { length } = [...value];
      if (length > 0 && (max === null || length <= max)) return null;
      return max === null ? 'must not be empty' : `must have 1 to ${max} characters`;
    },
  };
}

/** One of Introw's opaque ids. */
export const id: Shape = { ...text({ max: null }), schema: { type: 'string', minLength: 1 }, mismatch: null };

/** One of a few words. */
export function oneOf(...choices: readonly [string, ...string[]]): Shape {
  return {
    ...text(),
    schema: { enum: choices },
    mismatch: null,
    refusal: (value) =>
      choices.some((choice) => choice === value) ? null : `must be one of ${choices.join(', ')}`,
  };
}

/** Texts without an order, each once. A list that Introw returns as null has no items. */
export function listOfTexts(rules: TextRules = {}): Shape {
  const item = text(rules);
  const sorted = (value: Json) => (isList(value) ? value.map(String).sort() : value);
  return {
    schema: { type: 'array', uniqueItems: true, items: item.schema },
    mismatch: item.mismatch,
    read: (json) => {
      if (json === null) return [];
      return Array.isArray(json) && json.every((each) => typeof each === 'string') ? json : undefined;
    },
    sorted,
    spelled: sorted,
    same: (one, other) => sameJson(sorted(one), sorted(other)),
    refusal: (value) => {
      if (!isList(value)) return 'must be a list';
      return value.map(item.refusal).find((why) => why !== null) ?? null;
    },
  };
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
