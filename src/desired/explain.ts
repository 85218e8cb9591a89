/** What the schema found wrong, in the words of people who edit YAML. */

import { problem } from '../problem.ts';
import type { Tree } from '../yaml/tree.ts';
import type { Found } from './condense.ts';
import { type Explain, type Explained, exampleFor, type Spot, shown, spotOf } from './error-location.ts';
import { badHandle, missingKey, unknownKey } from './explain-keys.ts';
import { nothingGiven, wrongType } from './explain-types.ts';
import { badPattern, notAmong, notUnique, tooSmall } from './explain-values.ts';
import type { SchemaError } from './schema.ts';
import { pathOf } from './sound-part.ts';

/** How each keyword of the schema is explained. Null: another keyword reports it better. */
const explanations: Readonly<Record<string, Explain>> = {
  type: (error, spot) => (spot.value === null ? nothingGiven(error, spot) : wrongType(error, spot)),
  const: (_, spot) => wrongVersion(spot),
  enum: notAmong,
  required: missingKey,
  additionalProperties: unknownKey,
  // minLength reports an empty text.
  pattern: (error, spot) => {
    if (error.propertyName !== undefined) return badHandle(error.propertyName, spot);
    return spot.value === '' ? null : badPattern(error, spot);
  },
  minLength: (_, spot) => emptyText(spot),
  maxLength: (error, spot) => ({
    code: 'INVALID_VALUE',
    message: `${spot.label} has ${[...String(spot.value)].length} characters; Introw takes ${String(error.params.limit)} at most.`,
    hint: 'Shorten it.',
  }),
  minimum: tooSmall,
  uniqueItems: notUnique,
  // Names of handles: the pattern reports them.
  propertyNames: () => null,
  // Two forms of one field: resolving reports them, with both places.
  not: () => null,
  // Its then or else reports it.
  if: () => null,
};

/** The problem that an error of the schema means, or null where another one says the same. */
export function explain(error: SchemaError, tree: Tree): Found | null {
  const spot = spotOf(pathOf(error), tree);
  const explained: Explained | undefined = explanations[error.keyword]?.(error, spot);
  if (explained === null) return null;
  const { code, message, hint, at } = explained ?? {
    code: 'INVALID_VALUE',
    message: `${spot.label} is not right.`,
  };
  const found = problem(code, message, {
    position: at ?? tree.valueAt(spot.parent, spot.key),
    ...(hint === undefined ? exampleFor(error, spot) : { hint }),
  });
  return { ...found, kind: kindOf(error, spot) };
}

/** What many partners or entries have wrong in the same way; values that are wrong are each wrong in their own. */
function kindOf({ keyword, params, propertyName }: SchemaError, { path }: Spot): string | null {
  const what = params.additionalProperty ?? params.missingProperty ?? params.type;
  if (propertyName !== undefined) return `handle ${path.join('.')}`;
  if (keyword !== 'additionalProperties' && keyword !== 'required' && keyword !== 'type') return null;
  const isEntry = path[0] === 'partners' || path[0] === 'catalog';
  const where = isEntry ? path.map((key, at) => (at === (path[0] === 'catalog' ? 2 : 1) ? '*' : key)) : path;
  return `${keyword} ${where.join('.')} ${path[0] === 'partners' && path.length > 1 ? String(what) : ''}`;
}

function wrongVersion(spot: Spot): Explained {
  const isQuoted = spot.value === '1';
  const is = spot.value === null ? 'has no number' : `is ${shown(spot)}`;
  return {
    code: 'INVALID_VALUE',
    message: `${spot.label} ${is}; this version of introwctl reads version 1.`,
    hint: isQuoted ? 'Write version: 1 without quotes.' : 'Write version: 1',
  };
}

function emptyText({ label, field }: Spot): Explained {
  const hints = {
    name: 'Write the name between the quotes.',
    domain: 'Write domain: null to clear it, or leave the line out.',
  } as const;
  const identity = field?.field.identity ?? null;
  return {
    code: 'INVALID_VALUE',
    message: `${label} is empty.`,
    hint: identity === null ? 'Give it a value, or leave the line out.' : hints[identity],
  };
}
