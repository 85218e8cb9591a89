/** What the schema found wrong, in the words of people who edit YAML. */
import { pagingForms } from '../introw/paging-forms.ts';
import { type Position, type Problem, type ProblemCode, problem } from '../problem.ts';
import type { Tree } from '../yaml/positioned-data.ts';
import { keyPosition, kindOf, type Spot, shown, spotOf } from './error-location.ts';
import { didYouMean, nearest } from './nearest.ts';
import type { SchemaError } from './schema.ts';

type Explained = {
  readonly code: ProblemCode;
  readonly message: string;
  readonly hint?: string;
  readonly at?: Position;
} | null;

/** How each keyword of the schema is explained. Null: something else says it better. */
const explanations: Readonly<Record<string, (error: SchemaError, spot: Spot) => Explained>> = {
  type: (error, spot) => (spot.value === null ? nothingGiven(error, spot) : wrongType(error, spot)),
  const: (_, spot) => ({
    code: 'INVALID_VALUE',
    message: `${spot.label} is ${shown(spot)}; this version of introwctl reads version 1.`,
    hint: 'Write version: 1.',
  }),
  enum: (error, spot) => {
    const allowed = (error.params.allowedValues as unknown[]).map(String);
    const meant = typeof spot.value === 'string' ? nearest(spot.value, allowed) : null;
    return {
      code: 'INVALID_VALUE',
      message: `${spot.label} is ${shown(spot)}; it takes ${listed(allowed)}.${didYouMean(meant)}`,
    };
  },
  required: (error, spot) => {
    const missing = String(error.params.missingProperty);
    const hint = missing === 'version' ? 'Write version: 1 at the top.' : `Add ${missing}: under it.`;
    return {
      code: 'MISSING_KEY',
      message: `${spot.label} has no ${missing}.`,
      at: keyPosition(spot),
      hint,
    };
  },
  additionalProperties: (error, spot) => {
    const key = String(error.params.additionalProperty);
    const known = Object.keys((error.parentSchema?.properties as object | undefined) ?? {});
    const holder = typeof spot.value === 'object' && spot.value !== null ? spot.value : spot.parent;
    const message = `${spot.label} has no key ${JSON.stringify(key)}.${didYouMean(nearest(key, known))}`;
    return {
      code: 'UNKNOWN_KEY',
      message,
      hint: `Possible keys: ${known.join(', ')}.`,
      at: spot.tree.keyAt(holder, key),
    };
  },
  pattern: (error, spot) => badPattern(error, spot),
  minLength: (_, spot) => ({
    code: 'INVALID_VALUE',
    message: `${spot.label} is empty.`,
    hint: 'Give it a value, or leave the line out.',
  }),
  maxLength: (error, spot) => ({
    code: 'INVALID_VALUE',
    message: `${spot.label} has ${[...String(spot.value)].length} characters; Introw takes ${String(error.params.limit)} at most.`,
    hint: 'Shorten it.',
  }),
  minimum: (error, spot) => ({
    code: 'INVALID_VALUE',
    message: `${spot.label} is ${shown(spot)}; it must be at least ${String(error.params.limit)}.`,
  }),
  uniqueItems: (_, spot) => ({
    code: 'INVALID_VALUE',
    message: `${spot.label} has an item twice.`,
    hint: 'Keep one of the two.',
  }),
  // The names of handles: the pattern says it, once.
  propertyNames: () => null,
  // Two forms of one field: resolving says it, with both places.
  not: () => null,
  // What its then or else says.
  if: () => null,
};

/** The problem that an error of the schema stands for, or null where another one says the same. */
export function explain(error: SchemaError, tree: Tree): Problem | null {
  const spot = spotOf(error.instancePath, tree);
  const explained = explanations[error.keyword]?.(error, spot);
  if (explained === null) return null;
  if (explained === undefined)
    return problem('INVALID_VALUE', `${spot.label} is not right.`, {
      position: spot.tree.valueAt(spot.parent, spot.key),
    });
  const { code, message, hint, at } = explained;
  return problem(code, message, {
    position: at ?? tree.valueAt(spot.parent, spot.key),
    ...(hint === undefined ? {} : { hint }),
  });
}

function nothingGiven(error: SchemaError, spot: Spot): Explained {
  const type = [error.params.type].flat();
  if (type.includes('object')) {
    return {
      code: 'WRONG_TYPE',
      message: `There is nothing under ${spot.label}.`,
      hint:
        (error.parentSchema?.required as unknown) === undefined
          ? `Write ${spot.key}: {} for none, or leave the line out.`
          : 'Give it a name: at least.',
    };
  }
  if (type.includes('array')) {
    return {
      code: 'WRONG_TYPE',
      message: `There is nothing under ${spot.label}.`,
      hint: `Write ${spot.key}: [] for none, or leave the line out.`,
    };
  }
  return {
    code: 'NOT_CLEARABLE',
    message: `${spot.label} is ${spot.tree.spelled(spot.parent, spot.key) ? 'null' : 'empty'}, and Introw can't clear it.`,
  };
}

function wrongType(error: SchemaError, spot: Spot): Explained {
  const wanted = [error.params.type].flat().map(String);
  const spelled = spot.tree.spelled(spot.parent, spot.key);
  if (
    wanted.includes('string') &&
    spelled !== null &&
    (typeof spot.value === 'number' || typeof spot.value === 'boolean')
  ) {
    const reads = `${typeof spot.value === 'number' ? 'the number' : 'the truth value'} ${String(spot.value)}`;
    return {
      code: 'WRONG_TYPE',
      message: `${spot.label} is ${reads} to YAML; it must be text.`,
      hint: `Write it in quotes: "${spelled}".`,
    };
  }
  const takes = settingTakes[spot.key];
  if (takes !== undefined)
    return { code: 'INVALID_VALUE', message: `${spot.label} is ${shown(spot)}; it takes ${takes}.` };
  const names: Readonly<Record<string, string>> = {
    object: 'a map (key: value)',
    array: 'a list',
    string: 'text',
    integer: 'a whole number',
  };
  const want = wanted.filter((type) => type !== 'null').map((type) => names[type] ?? type);
  return {
    code: 'WRONG_TYPE',
    message: `${spot.label} is ${kindOf(spot.value)}; it must be ${want.join(' or ')}.`,
  };
}

function badPattern(error: SchemaError, spot: Spot): Explained {
  const handle = error.propertyName;
  if (handle !== undefined) {
    const holder = typeof spot.value === 'object' && spot.value !== null ? spot.value : spot.parent;
    const message = `${JSON.stringify(handle)} can't be a handle.`;
    const hint =
      'Handles are lower-case letters, digits, dots, dashes and underscores, beginning with a letter or digit, up to 100.';
    return { code: 'INVALID_VALUE', message, hint, at: spot.tree.keyAt(holder, handle) };
  }
  const mismatch = spot.field === null || spot.field.byId ? null : spot.field.field.shape.mismatch;
  if (mismatch !== null) {
    const { code, says, hint } = mismatch;
    return {
      code,
      message: `${spot.label} is ${shown(spot)}, which ${says}.`,
      hint: hint(String(spot.value)),
    };
  }
  const takes = settingTakes[spot.key];
  if (takes !== undefined) {
    return { code: 'INVALID_VALUE', message: `${spot.label} is ${shown(spot)}; it takes ${takes}.` };
  }
  return {
    code: 'INVALID_VALUE',
    message: `${spot.label} is ${shown(spot)}, which is not an id.`,
    hint: 'An id has no spaces; copy it from Introw.',
  };
}

/** What a setting takes whose text has a form. */
const settingTakes: Readonly<Record<string, string>> = {
  maxChanges: 'a number or a share such as 30%',
  paging: `${listed(pagingForms.map(({ name }) => name))}, with the parameter behind a colon where it has another name`,
};

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
